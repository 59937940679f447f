// What a word of the language does, where it is no name.
import type { SourceFile } from "@aegis/compiler";
import { frontEndOf } from "@aegis/compiler";
import type { Hover } from "./hover-part.ts";

const DOCS: ReadonlyMap<string, string> = new Map([
  ["allow", "Grants the actions when its conditions hold. Only `allow` grants; every other rule restricts."],
  ["deny", "Refuses the call, whatever is granted elsewhere."],
  ["sanitize", "Lets the call run with the named parameters redacted."],
  ["withhold", "Keeps back the result of a call that has run: it cannot be undone."],
  ["approval", "The call waits for people; what they see is exactly what would run."],
  ["when", "The rule matches where this condition holds."],
  ["unless", "The rule does not match where this condition holds."],
  ["having", "Selects only the actions that have this argument."],
  ["because", "The reason for people and logs; `{args.x}` puts a value in."],
  ["hint", "What the agent itself is told."],
  ["for", "Whom the policy is about: conditions on agent and context."],
  ["except", "Takes actions away from those selected."],
  ["label", "Something remembered about a session, an agent or a tenant: set and cleared by calls."],
  ["limit", "A bound on how often or how much, this call included."],
  ["group", "A name for a set of actions, used as `@name`."],
  ["shadow", "Watched and reported, without effect until its date."],
  ["has", "Whether a label is set. In flight a restriction reads it as set, a grant as unset."],
  ["present", "Whether an optional value is there."],
  ["absent", "Whether an optional value is not there."],
  ["property", "A statement about all calls, tried on many."],
  ["test", "Calls in order, each with the decision that is expected."],
  ["redact", "Which places are rewritten, and how: `remove`, `replace`, `mask`, `hash` or `truncate`."],
  ["data", "A value that comes with the bundle, given in aegis.json."],
  ["param", "A value set for each environment in aegis.json."],
  ["exception", "Waives one restriction, up to a date."],
  ["fact", "Something that the enforcement point finds out about a value."],
]);

export function describeKeyword(file: SourceFile, offset: number): Hover | null {
  if (frontEndOf(file.path).name !== "aegis") return null;
  const before = /\w*$/.exec(file.text.slice(Math.max(0, offset - 40), offset))?.[0] ?? "";
  const after = /^\w*/.exec(file.text.slice(offset, offset + 40))?.[0] ?? "";
  const text = DOCS.get(before + after);
  const lineStart = file.text.lastIndexOf("\n", offset - 1) + 1;
  // In a comment a word is a word; in a text too.
  if (text === undefined || /\/\/|"/.test(file.text.slice(lineStart, offset))) return null;
  const start = offset - before.length;
  return { span: { file: file.path, start, end: offset + after.length }, parts: [{ kind: "text", text }] };
}
