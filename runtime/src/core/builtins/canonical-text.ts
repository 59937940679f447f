// The text that text builtins look at: a string as it is, a parsed value in canonical form.
import type { ParsedValue } from "../types/parsed-type.ts";

export const canonicalText = (value: string | ParsedValue): string =>
  typeof value === "string" ? value : value.canonical;
