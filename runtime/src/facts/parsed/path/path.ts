// The parsed type `path`: an absolute POSIX path, read as text.
import type { ParsedTypeDefinition, ParsedValue } from "../../../core/types/parsed-type.ts";
import { grammar } from "../grammar.ts";
import { mustParse, parsedText } from "../parsed-text.ts";
import { MAX_PATH_LENGTH, SEGMENT } from "./path-grammar.ts";
import { PATH_PARTS, pathParts } from "./path-parts.ts";

export const pathGrammar = grammar({ pattern: `/|(?:/${SEGMENT})+/?`, maxLength: MAX_PATH_LENGTH });

export function parsePath(text: string): ParsedValue | undefined {
  if (!pathGrammar.accepts(text)) return undefined;
  const canonical = text.length > 1 && text.endsWith("/") ? text.slice(0, -1) : text;
  return parsedText(text, canonical, () => pathParts(canonical));
}

export const path: ParsedTypeDefinition = {
  name: "path",
  doc: "An absolute POSIX path, lexically: no `.`, `..` or empty segment, no backslash, colon, tilde or invisible character. Links are not followed: the enforcement point supplies the resolved path where that matters.",
  parts: PATH_PARTS,
  grammar: pathGrammar,
  examples: {
    valid: [
      { text: "/", canonical: "/" },
      { text: "/workspace/src/a.ts", canonical: "/workspace/src/a.ts" },
      { text: "/workspace/", canonical: "/workspace" },
      { text: "/home/ann/.ssh/id_rsa", canonical: "/home/ann/.ssh/id_rsa" },
      { text: "/a b/ü", canonical: "/a b/ü" },
    ],
    invalid: [
      "",
      "a",
      "./a",
      "~/a",
      "/a/../b",
      "/a/./b",
      "/a//b",
      "//",
      "/..",
      "/a\\b",
      "/a\u0000",
      "/a\n",
      "C:/a",
      "/a:b",
      "/a~1",
      "/a.",
      "/a ",
      "/a/.\u200b./b",
      "/\u202ea",
    ],
  },
  parse: parsePath,
  get zero() {
    return mustParse(parsePath, "/");
  },
};
