// Names that the language itself gives a meaning to, so that no declaration may take them.
import { isBuiltinTypeName } from "../types/builtin-types.ts";

const ROOTS: ReadonlySet<string> = new Set(["args", "agent", "context", "result", "session", "tenant"]);
const BUILTIN: ReadonlySet<string> = new Set(["origin", "sources", "Origin"]);

export const isReservedName = (name: string): boolean =>
  ROOTS.has(name) || BUILTIN.has(name) || isBuiltinTypeName(name);
