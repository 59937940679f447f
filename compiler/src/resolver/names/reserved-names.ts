// Names that the language itself gives a meaning to, so that no declaration may take them.
import { isBuiltinTypeName } from "../types/builtin-types.ts";

const WORDS: ReadonlySet<string> = new Set([
  "args",
  "agent",
  "context",
  "result",
  "session",
  "tenant",
  "origin",
  "sources",
  "Origin",
]);

export const isReservedName = (name: string): boolean => WORDS.has(name) || isBuiltinTypeName(name);
