// Words that are never bare names in an expression; everywhere else in the language words are names.
export const RESERVED_OPERATORS = [
  "and",
  "or",
  "not",
  "in",
  "is",
  "if",
  "then",
  "else",
  "any",
  "all",
  "count",
] as const;
export const RESERVED_CONSTANTS = ["true", "false"] as const;

const RESERVED: ReadonlySet<string> = new Set<string>([...RESERVED_OPERATORS, ...RESERVED_CONSTANTS]);

export const isReservedWord = (word: string): boolean => RESERVED.has(word);
