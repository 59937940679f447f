// A session says the same as an analysis from nothing, whatever was edited before.
import { describe, expect, test } from "vitest";
import { SourceFile } from "../source/source-file.ts";
import { applyEdit, EDITED_POLICY, randomEdit, randomNumbers } from "../testing/random-edits.ts";
import { NO_INPUTS } from "../testing/resolve-text.ts";
import { analyse } from "./analyse.ts";
import { AnalysisSession } from "./analysis-session.ts";

const SECOND = `package acme.other
import acme.codegen.{ships, Env}
import std.tools.{git}
deny second: git.push when ships(args.branch)
`;

const anew = (texts: Readonly<Record<string, string>>) =>
  analyse(
    Object.entries(texts).map(([path, text]) => new SourceFile(path, text)),
    NO_INPUTS,
    { keepGoing: true },
  );

function editing() {
  const session = new AnalysisSession();
  const files = new Map<string, SourceFile>();
  return (texts: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(texts))
      if (files.get(path)?.text !== text) files.set(path, new SourceFile(path, text));
    return session.analyse([...files.values()], NO_INPUTS, { keepGoing: true });
  };
}

/** What can be compared: trees by value, diagnostics, types of rules by what they are about. */
const comparable = (analysis: ReturnType<typeof anew>) => ({
  diagnostics: analysis.diagnostics,
  modules: analysis.modules,
  rules: analysis.checked.rules.map((rule) => ({
    id: rule.id,
    phase: rule.phase,
    groups: rule.groups.map((group) => ({
      actions: group.actions,
      types: [...group.types].map(([node, info]) => [node.span, info.type]),
    })),
  })),
});

describe("edits one after the other", () => {
  const steps: readonly [what: string, edit: (text: string) => string][] = [
    ["a name in a condition", (text) => text.replace("args.force and", "args.forc and")],
    ["back again", (text) => text.replace("args.forc and", "args.force and")],
    ["a rule before others", (text) => text.replace("deny force", "deny new: git.commit\ndeny force")],
    [
      "a condition that is not finished",
      (text) => text.replace("deny new: git.commit", "deny new: git.commit when "),
    ],
    ["finished", (text) => text.replace("git.commit when \n", "git.commit when args.repo == protected\n")],
    ["a function", (text) => text.replace('"release/"', '"rel/"')],
    ["a rule's name that a test uses", (text) => text.replace("approval push:", "approval pushes:")],
    ["a constant that a function reads", (text) => text.replace('"master" }', '"trunk" }')],
    ["a label that rules ask for", (text) => text.replace("label untrusted", "label unsafe")],
    ["its name again", (text) => text.replace("label unsafe", "label untrusted")],
    [
      "half a line that swallows the next",
      (text) => text.replace("deny force", "deny new: git.push when args.\ndeny force"),
    ],
    ["taken back", (text) => text.replace("deny new: git.push when args.\n", "")],
    ["an import that fails", (text) => text.replace("{git, http,", "{gitt, http,")],
    ["another in its place", (text) => text.replace("{gitt, http,", "{fs, http,")],
    ["the right one", (text) => text.replace("{fs, http,", "{git, http,")],
    ["an open brace", (text) => text.replace("policy codegen for", "policy x { policy codegen for")],
    ["closed", (text) => text.replace("policy x { policy codegen", "policy codegen")],
    ["documentation", (text) => text.replace("/// Posts.", "/// Posts to others.\n  // plainly")],
    ["an import", (text) => text.replace("{git, http,", "{git,")],
    ["a comment that takes a line away", (text) => text.replace("allow read", "// allow read")],
    ["the last declaration", (text) => text.replace("expect deny or approval_needed", "expect den")],
    ["an unknown name that becomes a rule", (text) => text.replace("args.force and", "later and")],
    ["the rule", (text) => text.replace("deny late:", "deny later:")],
    ["everything", () => EDITED_POLICY],
  ];
  const run = editing();
  let text = EDITED_POLICY;
  run({ "a.aegis": text, "b.aegis": SECOND });
  test.each(steps)("%s", (_what, edit) => {
    const before = text;
    text = edit(text);
    expect(text).not.toBe(before);
    const texts = { "a.aegis": text, "b.aegis": SECOND };
    expect(comparable(run(texts))).toEqual(comparable(anew(texts)));
  });
});

test("what closes nothing is told as long as nothing before it is wrong", () => {
  const run = editing();
  const sound = EDITED_POLICY.replace(
    "deny late: git.commit when agent.clearance < 3",
    "deny late: git.commit when agent.clearance < 3)",
  );
  for (const text of [sound, sound.replace("const other = 3", "const other = = 3"), sound]) {
    const texts = { "a.aegis": text, "b.aegis": SECOND };
    expect(run(texts).diagnostics).toEqual(anew(texts).diagnostics);
  }
});

test("random edits", () => {
  const next = randomNumbers(20_261_127);
  const run = editing();
  let text = EDITED_POLICY;
  for (let edit = 0; edit < 120; edit += 1) {
    text = applyEdit(text, randomEdit(text, EDITED_POLICY, next));
    const texts = { "a.aegis": text, "b.aegis": SECOND };
    const found = run(texts);
    // Comparing costs more than editing: the diagnostics each time, the trees now and then.
    const fresh = anew(texts);
    expect(found.diagnostics).toEqual(fresh.diagnostics);
    if (edit % 10 === 0) expect(comparable(found)).toEqual(comparable(fresh));
  }
});

test("what has not changed stays the same object", () => {
  const run = editing();
  const first = run({ "a.aegis": EDITED_POLICY });
  const last = first.modules[0]?.items.at(-1);
  const start = last?.span.start ?? 0;
  const second = run({ "a.aegis": EDITED_POLICY.replace("args.force and", "args.force or") });
  expect(second.modules[0]?.items.at(-1)).toBe(last);
  expect(last?.span.start).toBe(start - 1);
});
