// YAML files may name tools that nothing declares: typed by whoever declares them, open otherwise.
import { printType } from "@aegis/runtime/core";
import { expect, test } from "vitest";
import { SourceFile } from "../source/source-file.ts";
import { NO_INPUTS } from "../testing/resolve-text.ts";
import { analyse } from "./analyse.ts";

const yaml = (tool: string, action: string, condition: string) => `agent: helper
allowed_tools:
  - name: ${tool}
    actions: [${action}]
conditions:
  deny: true if ${condition}
`;

function analysed(texts: Readonly<Record<string, string>>) {
  const analysis = analyse(
    Object.entries(texts).map(([path, text]) => new SourceFile(path, text)),
    NO_INPUTS,
  );
  return {
    codes: analysis.diagnostics.map((each) => each.code),
    actions: analysis.resolved.actions.map(
      (action) =>
        `${action.tool}.${action.action}(${[
          ...action.params.map((field) => `${field.name}: ${printType(field.type)}`),
          ...(action.open ? ["..."] : []),
        ].join(", ")})`,
    ),
  };
}

test("a tool that nothing declares is open", () => {
  expect(analysed({ "a.yaml": yaml("warehouse", "query", "rows == 5") })).toEqual({
    codes: ["tools/open-tool"],
    actions: ["warehouse.query(rows: decimal?, ...)"],
  });
});

test("one that two files make up is one tool", () => {
  expect(
    analysed({
      "a.yaml": yaml("warehouse", "query", "rows == 5"),
      "b.yaml": yaml("warehouse", "drop", 'table == "x"'),
    }),
  ).toEqual({
    codes: ["tools/open-tool", "tools/open-tool"],
    actions: ["warehouse.drop(table: string?, ...)", "warehouse.query(rows: decimal?, ...)"],
  });
});

test("two uses of an argument must agree", () => {
  expect(
    analysed({
      "a.yaml": yaml("warehouse", "query", "rows == 5"),
      "b.yaml": yaml("warehouse", "query", 'rows == "all"'),
    }).codes,
  ).toContain("tools/conflicting-inference");
});

test("a declaration in another file types it", () => {
  const declared =
    "package acme.tools\ntool warehouse { query(rows: int in 1..9) }\nallow q: warehouse.query\n";
  expect(analysed({ "a.yaml": yaml("warehouse", "query", "rows == 5"), "tools.aegis": declared })).toEqual({
    codes: [],
    actions: ["warehouse.query(rows: int)"],
  });
  expect(
    analysed({ "a.yaml": yaml("warehouse", "quer", "rows == 5"), "tools.aegis": declared }).codes,
  ).toEqual(["tools/unknown-action"]);
});
