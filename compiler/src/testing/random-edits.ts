// Random edits of a policy, as people and machines make them: words typed and deleted, lines moved, things pasted.
export const EDITED_POLICY = `package acme.codegen
import std.tools.{git, http, web, mail}
import std.net.{is_internal}
enum Env { dev, prod }
type Small = int in 1..5
agent { team: string, clearance: Small }
context { environment: Env }

const protected: set<git_ref> = { "main", "master" }
const other = 3
param most: int in 1..500 = 50
/// Ships.
fn ships(branch: git_ref): bool = branch in protected or branch.starts_with("release/")
fn both(branch: git_ref): bool = ships(branch) and not ships(branch)
pattern key = re"AKIA[0-9A-Z]{16}"
group egress = http.*, web.*, mail.send
label untrusted set on call web.fetch per session
label seen(to: email) set on result mail.send key args.to when result.status == ok per session max 9
limit mails: mail.send to 3 per session else require approval by role "owner"

policy codegen for agent.id == "a" {
  allow read: web.fetch // reads
  /// Posts.
  allow post: http.post when not is_internal(args.url.host)
  require approval push: git.push when ships(args.branch) by 2 of role "release" within 30m because "to {args.branch}"
  sanitize leaked: @egress when args matches key redact args.** matching key with mask
  shadow until 2099-12-31 deny tainted: @egress when session has untrusted
}
deny force: git.push when args.force and context.environment == prod
allow commit: git.commit when args.repo == "acme/app" unless context.environment == dev
deny late: git.commit when agent.clearance < 3
@owner("team")
deny deep: git.push when any segment in args.branch.segments: segment == "x"
policy writer(repo: string) { allow write: git.commit when args.repo == repo }
use writer("acme/app") as app
test "t" { agent { id: "a", team: "p", clearance: 1 } step git.push { repo: "r", branch: "main" } expect approval_needed by push }
property "p" { for all call git.push where ships(args.branch) expect deny or approval_needed }
`;

const PIECES = [
  "",
  "",
  "",
  " ",
  "\n",
  "x",
  "a",
  "0",
  "_",
  ".",
  ",",
  ":",
  '"',
  "{",
  "}",
  "{}",
  "(",
  ")",
  "@",
  "//",
  "// note\n",
  "/// doc\n",
  " and ",
  " or ",
  " not ",
  "== 1",
  "args.",
  "args.branch",
  "args.url",
  "ships(args.branch)",
  " when true",
  "\ndeny z: git.push\n",
  "\nconst extra = 1\n",
  "deny",
  "policy q {\n}\n",
  "git.",
  "git.push",
  "context.environment == dev",
  "session has untrusted",
  "\nimport std.secrets\n",
  "\r\n",
  "é",
  "😀",
  "\u200b",
  "<>",
  "&&",
  ";",
];

/** Small, fast and the same everywhere (mulberry32). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export interface RandomEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Mostly small; half of them take back part of what was typed, so that a text does not go to pieces for good. */
export function randomEdit(text: string, original: string, next: (below: number) => number): RandomEdit {
  const kind = next(10);
  const start = next(text.length + 1);
  if (kind === 0) return { start: 0, end: text.length, text: original };
  if (kind === 1) {
    // A line that is cut and put in somewhere else comes in two edits: here one of them.
    const lineStart = text.lastIndexOf("\n", start - 1) + 1;
    const lineEnd = text.indexOf("\n", start);
    return { start: lineStart, end: lineEnd < 0 ? text.length : lineEnd + 1, text: "" };
  }
  if (kind === 2) {
    const from = next(original.length);
    return { start, end: start, text: original.slice(from, from + 1 + next(60)) };
  }
  const length = kind < 6 ? 0 : next(4);
  return { start, end: Math.min(text.length, start + length), text: PIECES[next(PIECES.length)] ?? "" };
}

export const applyEdit = (text: string, { start, end, text: put }: RandomEdit): string =>
  text.slice(0, start) + put + text.slice(end);
