// The parsed type `git_ref`: a branch by its plain or full name, or a tag by its full name.
import { BOOL, STRING } from "../../../core/types/type.ts";
import type { ParsedTypeDefinition, ParsedValue } from "../../../core/types/parsed-type.ts";
import { grammar } from "../grammar.ts";
import { mustParse, parsedText } from "../parsed-text.ts";

const WORD = "[A-Za-z0-9_@#=,-]+";
/** No leading, doubled or trailing dot. */
const COMPONENT = `${WORD}(?:\\.${WORD})*`;
const PLAIN_OR_FULL = "(?:refs/(?:heads|tags)/)?";

export const gitRefGrammar = grammar({
  pattern: `${PLAIN_OR_FULL}${COMPONENT}(?:/${COMPONENT})*`,
  except: [
    // What real git takes for something else than the branch of this name.
    `^${PLAIN_OR_FULL}-`,
    "\\.lock(?:/|$)",
    `^${PLAIN_OR_FULL}(?:heads|remotes|tags)(?:/|$)`,
    // `refs` stands in front only as `refs/heads/` or `refs/tags/`.
    "^refs(?:/[^/]*)?$",
    "^refs/(?:[^ht]|h[^e]|he[^a]|hea[^d]|head[^s]|heads[^/]|t[^a]|ta[^g]|tag[^s]|tags[^/])",
    "^refs/(?:heads|tags)/refs(?:/|$)",
    `^${PLAIN_OR_FULL}@$`,
    `^${PLAIN_OR_FULL}(?:[A-Z_-]*HEAD|[A-Z-]*_[A-Z_-]*)$`,
    `^${PLAIN_OR_FULL}(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64})$`,
  ],
  maxLength: 244,
});

const HEADS = "refs/heads/";
const TAGS = "refs/tags/";

export function parseGitRef(text: string): ParsedValue | undefined {
  if (!gitRefGrammar.accepts(text)) return undefined;
  const canonical = text.startsWith(HEADS) ? text.slice(HEADS.length) : text;
  const tag = canonical.startsWith(TAGS);
  return parsedText(text, canonical, () => ({ name: tag ? canonical.slice(TAGS.length) : canonical, tag }));
}

export const gitRef: ParsedTypeDefinition = {
  name: "git_ref",
  doc: "A branch by its plain name or as `refs/heads/…`, or a tag as `refs/tags/…`: nothing that git takes for a refspec, an option, a commit or another branch.",
  parts: {
    name: { type: STRING, doc: "The name of the branch or tag." },
    tag: { type: BOOL, doc: "Whether it is a tag." },
  },
  grammar: gitRefGrammar,
  examples: {
    valid: [
      { text: "main", canonical: "main" },
      { text: "refs/heads/main", canonical: "main" },
      { text: "release/1.2.x", canonical: "release/1.2.x" },
      { text: "refs/tags/v1.0", canonical: "refs/tags/v1.0" },
      { text: "dependabot/npm_and_yarn/a-1", canonical: "dependabot/npm_and_yarn/a-1" },
    ],
    invalid: [
      "",
      "+main",
      ":main",
      "HEAD:main",
      "main:main",
      "-f",
      "HEAD",
      "@",
      "FETCH_HEAD",
      "ORIG_HEAD",
      "heads/main",
      "remotes/origin/main",
      "tags/v1",
      "refs/main",
      "refs/remotes/origin/main",
      "refs/heads/",
      "refs/heads",
      "refs",
      "refs/heads/refs/heads/main",
      "refs/heads/HEAD",
      "refs/heads/heads/main",
      "a..b",
      "a.lock",
      "a.lock/b",
      ".a",
      "a.",
      "a/",
      "/a",
      "a//b",
      "a b",
      "a~1",
      "a^",
      "main@{1}",
      "*",
      "a?",
      "a[b",
      "a\\b",
      "0123456789abcdef0123456789abcdef01234567",
    ],
  },
  parse: parseGitRef,
  get zero() {
    return mustParse(parseGitRef, "main");
  },
};
