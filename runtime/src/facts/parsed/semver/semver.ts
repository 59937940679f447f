// The parsed type `semver`: a version by Semantic Versioning 2.0.
import { INT, optional, STRING } from "../../../core/types/type.ts";
import type { ParsedTypeDefinition, ParsedValue } from "../../../core/types/parsed-type.ts";
import { grammar } from "../grammar.ts";
import { mustParse, parsedText } from "../parsed-text.ts";

const NUMBER = "(?:0|[1-9][0-9]{0,14})";
const PRERELEASE = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
const BUILD = "[0-9A-Za-z-]+";

export const semverGrammar = grammar({
  pattern: `${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-${PRERELEASE}(?:\\.${PRERELEASE})*)?(?:\\+${BUILD}(?:\\.${BUILD})*)?`,
  maxLength: 256,
});

/** Unambiguous for a text of the grammar: major, minor, patch, pre-release, build. */
export const SEMVER_GROUPS = "^([0-9]+)\\.([0-9]+)\\.([0-9]+)(-[^+]*)?(\\+.*)?$";
const groups = new RegExp(SEMVER_GROUPS);

export function parseSemver(text: string): ParsedValue | undefined {
  const found = semverGrammar.accepts(text) ? groups.exec(text) : null;
  if (found === null) return undefined;
  const [, major, minor, patch, prerelease, build] = found;
  return parsedText(text, text, () => ({
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    prerelease: prerelease?.slice(1),
    build: build?.slice(1),
  }));
}

export const semver: ParsedTypeDefinition = {
  name: "semver",
  doc: "A version by Semantic Versioning 2.0, without a leading `v`; each number has at most 15 digits.",
  parts: {
    major: { type: INT, doc: "The first number." },
    minor: { type: INT, doc: "The second number." },
    patch: { type: INT, doc: "The third number." },
    prerelease: { type: optional(STRING), doc: "What follows the hyphen." },
    build: { type: optional(STRING), doc: "What follows the plus sign." },
  },
  grammar: semverGrammar,
  examples: {
    valid: ["0.0.0", "1.2.3", "1.0.0-rc.1", "1.0.0-0a.b--c+build.001", "1.0.0+20260101"].map((text) => ({
      text,
      canonical: text,
    })),
    invalid: [
      "",
      "1",
      "1.2",
      "v1.2.3",
      "01.2.3",
      "1.2.3-",
      "1.2.3-01",
      "1.2.3-a..b",
      "1.2.3+",
      "1.2.3.4",
      " 1.2.3",
      "1.2.x",
      "1234567890123456.0.0",
    ],
  },
  parse: parseSemver,
  get zero() {
    return mustParse(parseSemver, "0.0.0");
  },
};
