// Features on marked sources, whole and broken: what is told, offered or changed at the mark.
import { expect, test } from "vitest";
import { SourceFile } from "@aegis/compiler";
import { markedView, type MarkedView } from "../testing/marked-source.ts";
import { callable, callsFrom, callsTo } from "./call-hierarchy/call-hierarchy.ts";
import { codeActions } from "./code-actions/code-actions.ts";
import { codeLenses } from "./code-lenses/code-lenses.ts";
import { definitions } from "./definition/definition.ts";
import { documentLinks } from "./document-links/document-links.ts";
import { documentSymbols } from "./document-symbols/document-symbols.ts";
import { folds } from "./folding/folding.ts";
import { formatFile, formatRange, formatTyped, lineEdits } from "./formatting/formatting.ts";
import { hover } from "./hover/hover.ts";
import { inlayHints } from "./inlay-hints/inlay-hints.ts";
import { references } from "./references/references.ts";
import { prepareRename, rename } from "./rename/rename.ts";
import { selectionRanges } from "./selection-ranges/selection-ranges.ts";
import { semanticTokens } from "./semantic-tokens/semantic-tokens.ts";
import { signatureHelp } from "./signature-help/signature-help.ts";
import { workspaceSymbols } from "./workspace-symbols/workspace-symbols.ts";

const HEAD = `package acme.policy
import std.tools.{git, web}
/// Where it runs.
enum Env { dev, prod }
context { environment: Env }
/// Branches that ship.
fn ships(branch: git_ref): bool = branch in protected
const protected: set<git_ref> = { "main" }
const small = 3
label tainted set on call web.fetch per session
tools "files.tools.json" as files { write_file { path: relpath } }
`;
/** The same with a declaration after it that does not parse. */
const BROKEN = "\nconst oops = = 1\nlabel\n";

const hoverText = (source: string) => {
  const { view, offset } = markedView(HEAD + source);
  return (hover(view, offset)?.parts ?? []).map((each) => each.text).join("\n");
};

test.each<[what: string, source: string, told: readonly string[]]>([
  [
    "a function",
    "allow x: git.push when sh‸ips(args.branch)",
    ["fn ships(branch: git_ref): bool", "Branches that ship."],
  ],
  [
    "an argument",
    'allow x: git.push when args.br‸anch == "dev"',
    ["args.branch: git_ref", "git.push  branch: git_ref"],
  ],
  ["a part of a parsed type", "allow x: web.fetch when args.url.ho‸st.qualified", ["args.url.host: host"]],
  ["a builtin", 'allow x: git.push when args.repo.starts‸_with("a")', ["(text: ", "begins with `prefix`"]],
  ["an action", "allow x: git.pu‸sh", ["git.push(", "branch: git_ref"]],
  [
    "an action of a manifest, as text",
    "allow x: files.write‸_file",
    ["<img src=x> [click](command:evil) **bold**"],
  ],
  [
    "an argument of a manifest, as text",
    "allow x: files.write_file when args.pa‸th.extension is present",
    ["Where to write. [link](https://evil.example)"],
  ],
  [
    "what a rule decides",
    "deny fo‸rce: git.push, web.* when session has tainted",
    ["acme.policy.force", "Denies", "git.push", "when session has tainted"],
  ],
  ["a rule in the shadow", "shadow deny fo‸rce: git.push", ["In the shadow only"]],
  ["a constant", "allow x: git.push when args.branch in prot‸ected", ["protected: set<git_ref>"]],
  ["the type of a constant without one", "const other = sma‸ll", ["small: int"]],
  ["a member", "allow x: git.push when context.environment == pr‸od", ["enum Env { dev, prod }"]],
  ["an attribute", "allow x: git.push when context.envi‸ronment == prod", ["context.environment: Env"]],
  [
    "a label",
    "allow x: git.push unless session has taint‸ed",
    ["label tainted set on call web.fetch per session"],
  ],
  ["a type", "type U = u‸rl", ["url.host: host"]],
  ["a keyword", "al‸low x: git.push", ["Grants the actions"]],
])("hover: %s", (_what, source, told) => {
  for (const text of [source, source + BROKEN])
    for (const each of told) expect(hoverText(text)).toContain(each);
});

test("hover: nothing in a comment, and nothing where there is nothing", () => {
  expect(hoverText("// al‸low")).toBe("");
  expect(hoverText("\n‸\n")).toBe("");
});

type Place = Parameters<MarkedView["show"]>[0];
const showAll = ({ show }: MarkedView, places: readonly { readonly span: Place }[]) =>
  places.map(({ span }) => show(span));

test.each<[what: string, source: string, found: readonly string[]]>([
  [
    "a function in another file",
    `--- a.aegis\npackage a\nfn f(x: int): bool = x == 1\n--- b.aegis\npackage b\nimport a.{f}\nimport std.tools.{git}\nallow r: git.push when ‸f(1)\n`,
    ["a.aegis:2 f"],
  ],
  [
    "by the name of a package",
    `--- a.aegis\npackage a.x\nconst c = 1\n--- b.aegis\npackage b\nimport a.x\nconst d = x.‸c\n`,
    ["a.aegis:2 c"],
  ],
  [
    "an argument of a declared tool",
    `package p\ntool t { go(far: int) }\nallow r: t.go when args.‸far == 1\n`,
    ["policy.aegis:2 far"],
  ],
  [
    "an argument of two actions",
    `package p\ntool t { go(far: int) run(far: int) }\nallow r: t.* when args.‸far == 1\n`,
    ["policy.aegis:2 far", "policy.aegis:2 far"],
  ],
  [
    "a field of a record",
    `package p\ntool t { go(to: { street: string }) }\nallow r: t.go when args.to.str‸eet == "x"\n`,
    ["policy.aegis:2 street"],
  ],
  ["a variable", `package p\nfn f(xs: list<int> max 3): bool = any x in xs: ‸x == 1\n`, ["policy.aegis:2 x"]],
  ["a parameter", `package p\nfn f(abc: int): bool = a‸bc == 1\n`, ["policy.aegis:2 abc"]],
  ["a group", `package p\nimport std.tools.{git}\ngroup g = git.*\ndeny r: @‸g\n`, ["policy.aegis:3 g"]],
  [
    "a rule in a test",
    `package p\nimport std.tools.{git}\nallow ok: git.push\ntest "t" { step git.push { repo: "r", branch: "b" } expect allow by o‸k }\n`,
    ["policy.aegis:3 ok"],
  ],
  [
    "an argument in a test",
    `package p\ntool t { go(far: int) }\nallow ok: t.go\ntest "t" { step t.go { f‸ar: 1 } }\n`,
    ["policy.aegis:2 far"],
  ],
  [
    "a label",
    `package p\nimport std.tools.{git}\nlabel l set on call git.push per session\ndeny r: git.push when session has ‸l\n`,
    ["policy.aegis:3 l"],
  ],
  ["a type", `package p\ntype T = int\nconst c: ‸T = 1\n`, ["policy.aegis:2 T"]],
  [
    "an action of a manifest",
    `package p\ntools "files.tools.json" as files { write_file { path: relpath } }\nallow r: files.wri‸te_file\n`,
    ["policy.aegis:2 write_file"],
  ],
])("definition: %s", (_what, source, found) => {
  for (const text of [source, source + BROKEN]) {
    const marked = markedView(text);
    expect(definitions(marked.view, marked.offset).map(({ target }) => marked.show(target))).toEqual(found);
  }
});

test("references and rename over files, aliases kept", () => {
  const source = `--- a.aegis
package a
fn is_‸fine(x: int): bool = x == 1
fn other(x: int): bool = is_fine(x)
--- b.aegis
package b
import a.{is_fine}
import std.tools.{git}
allow r: git.push when is_fine(1)
--- c.aegis
package c
import a.{is_fine} as good
import std.tools.{git}
allow r: git.push when good(1)
`;
  const marked = markedView(source);
  expect(showAll(marked, references(marked.view, marked.offset, true))).toEqual([
    "a.aegis:2 is_fine",
    "a.aegis:3 is_fine",
    "b.aegis:2 is_fine",
    "b.aegis:4 is_fine",
    "c.aegis:2 is_fine",
    "c.aegis:2 good",
    "c.aegis:4 good",
  ]);
  const renamed = rename(marked.view, marked.offset, "ok now");
  expect(renamed.ok && renamed.edits.map(({ span, newText }) => `${span.file} ${newText}`)).toEqual([
    "a.aegis `ok now`",
    "a.aegis `ok now`",
    "b.aegis `ok now`",
    "b.aegis `ok now`",
    "c.aegis `ok now`",
  ]);
});

test.each([
  ["of the library", "allow r: git.pu‸sh", "belongs to the standard library"],
  ["of a manifest", "allow r: files.write_file when args.mo‸de is present", "named by a manifest"],
])("rename refuses names %s", (_what, source, reason) => {
  const { view, offset } = markedView(HEAD + source);
  expect(prepareRename(view, offset)).toMatchObject({
    ok: false,
    reason: expect.stringContaining(reason) as string,
  });
});

const after = (source: string, title: string) => {
  const { view, range, offset, analysis } = markedView(HEAD + source);
  const at = range.end > range.start ? range : { start: offset, end: offset };
  const action = codeActions(view, at, analysis.diagnostics).find((each) => each.title.includes(title));
  if (action === undefined) return null;
  let { text } = view.file;
  for (const { span, newText } of [...action.edits].sort((a, b) => b.span.start - a.span.start))
    text = text.slice(0, span.start) + newText + text.slice(span.end);
  return text;
};

test.each<[what: string, source: string, title: string, becomes: string]>([
  ["the nearest name", "deny x: git.pu‸hs", "Change to `push`", "deny x: git.push"],
  ["the nearest argument", "deny x: git.push when args.for‸c", "Change to `force`", "args.force"],
  ["an import of a tool", "deny x: ma‸il.send", "import", "import std.tools.{mail}"],
  [
    "an import of a function",
    "deny x: web.fetch when is_int‸ernal(args.url.host)",
    "Import `is_internal`",
    "import std.net.{is_internal}",
  ],
  [
    "an optional that is compared",
    "deny x: files.write_file when args.mo‸de == create",
    "present first",
    "args.mode is present and args.mode == create",
  ],
  [
    "an optional, only where present",
    "deny x: files.write_file when args.mo‸de == create",
    "Hold only where",
    "args.mode where present == create",
  ],
  ["an import that is not used", "\n", "Remove the import", "import std.tools.{git}\n"],
  ["a wrong sign", "deny x: git.push when args.force &‸& true", "Write `and`", "args.force and true"],
])("quick fix: %s", (what, source, title, becomes) => {
  const text =
    what === "an import that is not used"
      ? (() => {
          const { view, analysis } = markedView(
            "package p\nimport std.tools.{git, w‸eb}\nallow x: git.push\n",
          );
          const [action] = codeActions(view, { start: 30, end: 35 }, analysis.diagnostics);
          const [edit] = action?.edits ?? [];
          return (
            view.file.text.slice(0, edit?.span.start) +
            (edit?.newText ?? "") +
            view.file.text.slice(edit?.span.end)
          );
        })()
      : after(source, title);
  expect(text).toContain(becomes);
});

test("extract: what is read of the call becomes parameters", () => {
  const text = after(
    '/// Doc.\ndeny x: git.push when «args.repo == "a" and args.branch in protected»\n',
    "Make a function",
  );
  expect(text).toContain(
    'fn extracted(repo: string, branch: git_ref): bool = repo == "a" and branch in protected\n\n/// Doc.\ndeny x: git.push when extracted(args.repo, args.branch)\n',
  );
  expect(after("deny x: git.push when «session has tainted»\n", "Make a function")).toBeNull();
});

test("a YAML policy is offered as Aegis text", () => {
  const { view, analysis } = markedView(
    "package: acme.y\nrules:\n  - name: read\n    effect: allow\n    tools: [web.fetch]\n‸",
    "policy.aegis.yaml",
  );
  const actions = codeActions(view, { start: 0, end: 0 }, analysis.diagnostics);
  if (analysis.diagnostics.some((each) => each.severity === "error")) expect(actions).toEqual([]);
  else expect(actions[0]?.create?.path).toBe("policy.aegis");
});

test("signature help", () => {
  const help = (source: string) => {
    const { view, offset } = markedView(HEAD + source);
    const found = signatureHelp(view, offset);
    return found === null ? null : `${found.signatures[0]?.label ?? ""} ${String(found.active)}`;
  };
  expect(help("deny x: git.push when ships(‸")).toBe("ships(branch: git_ref): bool 0");
  expect(help("deny x: git.push when args.repo.starts_with(‸)")).toMatch(
    /starts_with\(prefix: string\): bool 0/,
  );
  expect(help("deny x: git.push when min(1, ‸")).toMatch(/^min\(.*\).* 1$/);
  expect(help("deny x: git.push when ‸")).toBeNull();
});

test("inlay hints", () => {
  const { view } = markedView(`${HEAD}deny x: git.* when any s in args.branch.segments: s == "x"\n${BROKEN}`);
  const hints = inlayHints(view, 0, view.file.text.length).map((each) => each.text);
  expect(hints).toContain(": int");
  expect(hints.some((each) => /^\d+ actions$/.test(each))).toBe(true);
});

test("outline, workspace symbols, links, lenses", () => {
  const { view, analysis } = markedView(
    `${HEAD}policy p {\n  allow a: git.push\n}\ntest "works" { step git.push { repo: "r", branch: "b" } }\ntest "too" {}\n${BROKEN}`,
  );
  const outline = documentSymbols(view);
  expect(outline.map((each) => each.name)).toContain("works");
  expect(
    outline.find((each) => each.name === "p")?.children.map((each) => `${each.detail} ${each.name}`),
  ).toEqual(["allow a"]);
  expect(workspaceSymbols(analysis, "shp").map((each) => each.name)).toEqual(["ships"]);
  expect(documentLinks(view).map((each) => each.path)).toEqual(["std:tools", "files.tools.json"]);
  expect(codeLenses(view).map((each) => each.title)).toEqual(["Run all 2", "Run", "Debug", "Run", "Debug"]);
});

test("folding by the text alone", () => {
  const { view } = markedView(
    `package p\nimport std.tools\nimport std.net\n\npolicy p {\n  allow a: "{\n  // {\n}\n`,
  );
  expect(folds(view)).toEqual([
    { startLine: 1, endLine: 2, kind: "imports" },
    { startLine: 4, endLine: 6, kind: "region" },
  ]);
});

test("selection grows from the word to the file", () => {
  const { view, offset } = markedView(`${HEAD}deny x: git.push when args.br‸anch == "a" and args.force\n`);
  const pieces = selectionRanges(view, offset).map(({ start, end }) => view.file.text.slice(start, end));
  expect(pieces.slice(0, 4)).toEqual([
    "branch",
    "args.branch",
    'args.branch == "a"',
    'args.branch == "a" and args.force',
  ]);
  expect(pieces.at(-1)).toBe(view.file.text);
});

test("colours: names by what they stand for, in order and apart", () => {
  const { view } = markedView(`${HEAD}deny x: git.push when ships(args.branch) // why\n${BROKEN}`);
  const tokens = semanticTokens(view);
  const typeOf = (text: string) =>
    tokens.find(
      ({ start, end }) => view.file.text.slice(start, end) === text && start > HEAD.indexOf('tools "'),
    )?.type;
  expect(typeOf("push")).toBe("method");
  expect(typeOf("ships")).toBe("function");
  expect(typeOf("branch")).toBe("property");
  expect(typeOf("deny")).toBe("keyword");
  expect(typeOf("// why")).toBe("comment");
  for (const [index, each] of tokens.entries())
    expect(each.start).toBeGreaterThanOrEqual(tokens[index - 1]?.end ?? 0);
  const part = semanticTokens(view, HEAD.length, view.file.text.length);
  expect(part).toEqual(tokens.filter((each) => each.start >= HEAD.length));
});

test("formatting: whole, a range, what was typed; a broken file is left alone", () => {
  const text = "package p\nconst   a = 1\nconst b = 2\npolicy   q {\nallow x: t.go\n}\n";
  const file = new SourceFile("p.aegis", text);
  const apply = (edits: readonly { start: number; end: number; newText: string }[]) =>
    [...edits]
      .sort((a, b) => b.start - a.start)
      .reduce((done, { start, end, newText }) => done.slice(0, start) + newText + done.slice(end), text);
  const whole = apply(formatFile(file));
  expect(formatFile(new SourceFile("p.aegis", whole))).toEqual([]);
  expect(apply(formatRange(file, text.indexOf("const   a"), text.indexOf("const   a") + 5))).toContain(
    "const a = 1",
  );
  expect(apply(formatTyped(file, text.indexOf("}") + 1, "}"))).toContain("policy q {\n  allow x: t.go\n}");
  expect(formatFile(new SourceFile("p.aegis", text + BROKEN))).toEqual([]);
  expect(lineEdits("a\nb\nc", "a\nc")).toEqual([{ start: 2, end: 4, newText: "" }]);
});

test("calls of functions", () => {
  const marked = markedView(
    `${HEAD}fn both(b: git_ref): bool = sh‸ips(b) and ships(b)\ndeny x: git.push when both(args.branch)\n`,
  );
  expect(callable(marked.view, marked.offset)?.name).toBe("ships");
  expect(
    callsTo(marked.view, marked.offset).map(
      ({ of, places }) => `${of.kind} ${of.name} ${String(places.length)}`,
    ),
  ).toEqual(["fn both 2"]);
  const both = marked.view.file.text.indexOf("both(args");
  expect(callsFrom(marked.view, both).map(({ of }) => of.name)).toEqual(["ships"]);
  expect(callsTo(marked.view, both).map(({ of }) => `${of.kind} ${of.name}`)).toEqual(["rule x"]);
});
