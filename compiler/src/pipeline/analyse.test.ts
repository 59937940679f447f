// Tests of the pipeline on whole files.
import { expect, test } from "vitest";
import { SourceFile } from "../source/source-file.ts";
import { NO_INPUTS } from "../testing/resolve-text.ts";
import { analyse } from "./analyse.ts";
import { Library } from "./library.ts";

const codes = (text: string, options = {}) =>
  analyse([new SourceFile("a.aegis", text)], NO_INPUTS, options).diagnostics.map((each) => each.code);

test("a policy over library tools", () => {
  const analysis = analyse(
    [
      new SourceFile(
        "a.aegis",
        'package acme\nimport std.tools.{git}\nallow push: git.push when args.branch == "dev"\n',
      ),
    ],
    NO_INPUTS,
  );
  expect(analysis.diagnostics).toEqual([]);
  expect(analysis.ok).toBe(true);
  expect([...analysis.files.keys()]).toEqual(["a.aegis", "std:tools"]);
  expect(analysis.checked.rules.map((rule) => rule.id)).toEqual(["acme.push"]);
});

test("what follows from a broken declaration is not told beside it", () => {
  const text = "package p\nimport std.tools.{git}\nconst x int = 1\nallow a: git.push when args.force == y\n";
  expect(codes(text).every((code) => code.startsWith("syntax/"))).toBe(true);
  expect(codes(text, { keepGoing: true }).some((code) => !code.startsWith("syntax/"))).toBe(true);
});

test("modules of the library come with what they import, and are told apart from the project's", () => {
  const library = new Library(
    new Map([
      ["a", 'package std.a\nimport std.b\npattern p = b.q | re"x"\n'],
      ["b", 'package std.b\npattern q = re"y"\n'],
      ["c", "package std.c\n"],
    ]),
  );
  const analysis = analyse(
    [new SourceFile("p.aegis", "package p\nimport std.a\npattern z = a.p\n")],
    NO_INPUTS,
    { library },
  );
  expect(analysis.diagnostics.filter((each) => each.code.startsWith("name/"))).toEqual([]);
  expect([...analysis.files.keys()]).toEqual(["p.aegis", "std:a", "std:b"]);
});

test("diagnostics come in the order of places", () => {
  const { diagnostics } = analyse(
    [
      new SourceFile("b.aegis", "package b\ntype A = nope"),
      new SourceFile("a.aegis", "package a\ntype A = nope\ntype B = none"),
    ],
    NO_INPUTS,
  );
  expect(diagnostics.map((each) => [each.span.file, each.span.start])).toEqual([
    ["a.aegis", 19],
    ["a.aegis", 33],
    ["b.aegis", 19],
  ]);
});

test("a tool that is not imported comes with the import that is missing", () => {
  const text = "package p\nallow a: git.push\n";
  const [unknown, ...more] = analyse([new SourceFile("a.aegis", text)], NO_INPUTS).diagnostics;
  expect(more).toEqual([]);
  expect(unknown?.code).toBe("tools/unknown-tool");
  expect(unknown?.help).toBe("`import std.tools.{git}` brings it");
  const [edit] = unknown?.fixes?.[0]?.edits ?? [];
  const mended = text.slice(0, edit?.span.start) + (edit?.newText ?? "") + text.slice(edit?.span.end);
  expect(mended).toBe("package p\nimport std.tools.{git}\nallow a: git.push\n");
  expect(codes(mended)).toEqual([]);
});

test("does not compare rules while the policy that holds them is half written", () => {
  const text = (policy: string): string =>
    `package acme.p\nimport std.tools.git\nallow push: git.push\n${policy} {\n  deny a: git.push when args.force\n}\npolicy q for agent.id == "b" {\n  deny b: git.push when args.force\n}\n`;
  const codes = (policy: string): string[] =>
    analyse([new SourceFile("p.aegis", text(policy))], NO_INPUTS, { keepGoing: true }).diagnostics.map(
      (each) => each.code,
    );
  expect(codes('policy p for agent.id == "a"')).toEqual([]);
  expect(codes("policy p for agent.id ==")).not.toContain("policy/duplicate-rule");
});

test("nor does a half written policy take back what other files grant", () => {
  const told = (policy: string): string[] =>
    analyse(
      [
        new SourceFile(
          "p.aegis",
          `package p\nimport std.tools.{git}\n${policy} {\n  deny all: git.push\n}\n`,
        ),
        new SourceFile("q.aegis", "package q\nimport std.tools.{git}\nallow push: git.push\n"),
      ],
      NO_INPUTS,
      { keepGoing: true },
    ).diagnostics.map((each) => each.code);
  expect(told('policy p for agent.id == "a"')).toEqual([]);
  expect(told("policy p for agent.id ==").filter((code) => !code.startsWith("syntax/"))).toEqual([]);
});
