// The parsed type `relpath`: a path inside some folder, such as a repository.
import type { ParsedTypeDefinition, ParsedValue } from "../../../core/types/parsed-type.ts";
import { grammar } from "../grammar.ts";
import { mustParse, parsedText } from "../parsed-text.ts";
import { MAX_PATH_LENGTH, SEGMENT } from "../path/path-grammar.ts";
import { PATH_PARTS, pathParts } from "../path/path-parts.ts";

export const relpathGrammar = grammar({
  pattern: `${SEGMENT}(?:/${SEGMENT})*/?`,
  except: ["^-"],
  maxLength: MAX_PATH_LENGTH,
});

export function parseRelpath(text: string): ParsedValue | undefined {
  if (!relpathGrammar.accepts(text)) return undefined;
  const canonical = text.endsWith("/") ? text.slice(0, -1) : text;
  return parsedText(text, canonical, () => pathParts(canonical));
}

export const relpath: ParsedTypeDefinition = {
  name: "relpath",
  doc: "A relative POSIX path that stays inside its folder: the segments of `path`, no slash in front, and no hyphen, so that no program takes it for an option.",
  parts: PATH_PARTS,
  grammar: relpathGrammar,
  examples: {
    valid: [
      { text: "a.ts", canonical: "a.ts" },
      { text: "src/core/a.test.ts", canonical: "src/core/a.test.ts" },
      { text: "docs/", canonical: "docs" },
      { text: ".github/workflows", canonical: ".github/workflows" },
    ],
    invalid: [
      "",
      ".",
      "./a",
      "..",
      "../a",
      "a/../b",
      "a//b",
      "/a",
      "~/a",
      "-rf",
      "a\\b",
      "C:a",
      "a/.",
      "a\u0000",
    ],
  },
  parse: parseRelpath,
  get zero() {
    return mustParse(parseRelpath, "a");
  },
};
