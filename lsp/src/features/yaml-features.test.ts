// Features on policies in YAML, whole and broken: what is told, found or changed at the mark.
import { expect, test } from "vitest";
import { markedView } from "../testing/marked-source.ts";
import { definitions } from "./definition/definition.ts";
import { documentSymbols } from "./document-symbols/document-symbols.ts";
import { folds } from "./folding/folding.ts";
import { hover } from "./hover/hover.ts";
import { references } from "./references/references.ts";
import { prepareRename, rename } from "./rename/rename.ts";
import { selectionRanges } from "./selection-ranges/selection-ranges.ts";
import { semanticTokens } from "./semantic-tokens/semantic-tokens.ts";
import { signatureHelp } from "./signature-help/signature-help.ts";

const HEAD = `package: acme.y
enums: { Env: [dev, prod] }
attributes:
  context: { environment: Env }
functions:
  ships: { doc: Branches that ship., params: { branch: git_ref }, result: bool, body: branch == "main" }
tools:
  bank: { actions: { pay: { params: { amount: decimal, to: string } } } }
groups: { egress: [web.*, mail.send] }
labels:
  - { label: untrusted, set: { call: [web.fetch] }, per: session }
rules:
  - { allow: push, call: git.push, when: ships(branch) }
`;

const marked = (source: string) => markedView(HEAD + source, "policy.yaml");

test.each<[what: string, source: string, told: readonly string[]]>([
  ["a function", "  - { deny: x, call: git.push, when: sh‸ips(branch) }\n", ["Branches that ship."]],
  [
    "a bare argument",
    "  - { deny: x, call: git.push, when: ships(bra‸nch) }\n",
    ["git.push  branch: git_ref"],
  ],
  [
    "an argument of a tool of the file",
    "  - { deny: x, call: bank.pay, when: amo‸unt > 5.00 }\n",
    ["amount: decimal"],
  ],
  ["an action", "  - { deny: x, call: git.pu‸sh }\n", ["git.push(repo: string"]],
  [
    "an action in a test",
    "tests:\n  - { test: t, steps: [{ step: git.pu‸sh }] }\n",
    ["git.push(repo: string"],
  ],
  ["what a rule decides", "  - { deny: fo‸rce, call: git.push, when: force }\n", ["acme.y.force", "Denies"]],
  ["a member", "  - { deny: x, call: git.push, when: context.environment == pr‸od }\n", ["prod: Env"]],
  ["a key of a rule", "  - { deny: x, call: git.push, wh‸en: force }\n", ["matches only when this holds"]],
  ["a key of the file", "allow‸ed_tools: []\n", ["What may be called."]],
  ["a key of who approves", "  - { require_approval: x, call: git.push, wi‸thin: 5m }\n", ["waited for"]],
])("hover: %s", (_what, source, told) => {
  const { view, offset } = marked(source);
  const text = (hover(view, offset)?.parts ?? []).map((each) => each.text).join("\n");
  for (const each of told) expect(text).toContain(each);
});

test("hover: nothing in a comment, a plain value or a broken file", () => {
  for (const source of ["# wh‸en\n", "doc: wo‸rds\n", "rul‸es: [\n"]) {
    const { view, offset } = markedView(source, "policy.yaml");
    expect(hover(view, offset)).toBeNull();
  }
});

test.each<[what: string, source: string, found: readonly string[]]>([
  ["a function", "  - { deny: x, call: git.push, when: sh‸ips(branch) }\n", ["policy.yaml:6 ships"]],
  ["an argument", "  - { deny: x, call: bank.pay, when: amo‸unt > 5.00 }\n", ["policy.yaml:8 amount"]],
  ["an action of the library", "  - { deny: x, call: git.pu‸sh }\n", ["std:tools push"]],
  ["a group", '  - { deny: x, call: "@eg‸ress" }\n', ["policy.yaml:9 egress"]],
  [
    "a label",
    "  - { deny: x, call: git.push, when: session has un‸trusted }\n",
    ["policy.yaml:11 untrusted"],
  ],
  [
    "a rule",
    "tests:\n  - { test: t, steps: [{ step: git.push, expect: allow by pu‸sh }] }\n",
    ["policy.yaml:13 push"],
  ],
  [
    "an argument in a test",
    "tests:\n  - { test: t, steps: [{ step: bank.pay, args: { amo‸unt: 1 } }] }\n",
    ["policy.yaml:8 amount"],
  ],
])("definition: %s", (_what, source, found) => {
  const { view, offset, show } = marked(source);
  expect(definitions(view, offset).map(({ target }) => show(target).replace(/^(std:\w+):\d+/, "$1"))).toEqual(
    found,
  );
});

test("references and rename: names alone, whatever stands around them", () => {
  const source =
    "  - { deny: x, call: git.push, when: force }\ntests:\n  - { test: t, steps: [{ step: git.push, expect: 'allow or deny by pu‸sh, x code y' }] }\n";
  const { view, offset, show } = marked(source);
  expect(references(view, offset, true).map(({ span }) => show(span))).toEqual([
    "policy.yaml:13 push",
    "policy.yaml:16 push",
  ]);
  const renamed = rename(view, offset, "publish");
  expect(renamed.ok && renamed.edits.map(({ span }) => view.file.text.slice(span.start, span.end))).toEqual([
    "push",
    "push",
  ]);
  expect(rename(view, offset, "not plain")).toMatchObject({ ok: false });
  expect(prepareRename(view, view.file.text.indexOf("git.push"))).toMatchObject({ ok: false });
});

test("rename of an argument: in its declaration, bare, and in a test", () => {
  const { view, offset } = marked(
    "  - { deny: x, call: bank.pay, when: amo‸unt > 5.00 and args.amount < 9.00 }\ntests:\n  - { test: t, steps: [{ step: bank.pay, args: { amount: 1 } }] }\n",
  );
  const renamed = rename(view, offset, "sum");
  expect(renamed.ok && renamed.edits.map(({ span }) => view.file.text.slice(span.start, span.end))).toEqual(
    Array.from({ length: 4 }, () => "amount"),
  );
});

test("outline, folding, selection, colours", () => {
  const { view, offset } = marked("  - deny: x\n    call: git.push\n    when: ships(bra‸nch)\n");
  expect(documentSymbols(view).map((each) => each.name)).toEqual(
    expect.arrayContaining(["bank", "Env", "ships", "egress", "untrusted", "push", "x"]),
  );
  expect(folds(view).length).toBeGreaterThan(0);
  const pieces = selectionRanges(view, offset).map(({ start, end }) => view.file.text.slice(start, end));
  expect(pieces.slice(0, 2)).toEqual(["branch", "ships(branch)"]);
  const types = semanticTokens(view).map(
    ({ start, end, type }) => `${view.file.text.slice(start, end)} ${type}`,
  );
  expect(types).toEqual(expect.arrayContaining(["ships function", "push method", "untrusted event"]));
});

test("signature help, in a file that is being written", () => {
  const help = (source: string) => {
    const { view, offset } = marked(source);
    return signatureHelp(view, offset)?.signatures[0]?.label ?? null;
  };
  expect(help("  - deny: x\n    call: git.push\n    when: ships(‸)\n")).toBe("ships(branch: git_ref): bool");
  expect(help("  - deny: x\n    call: git.push\n    when: repo.starts_with(‸)\n")).toMatch(
    /starts_with\(prefix/,
  );
  expect(help("  - deny: x\n    call: git.push\n    when: ‸\n")).toBeNull();
});
