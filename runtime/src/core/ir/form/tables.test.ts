// Programs whose tables are made to harm: cycles, rows that are not there, and small texts that stand for huge programs.
import { describe, expect, it } from "vitest";
import { arg, buildProgram, action, field, not, text, compare } from "../../testing/build-program.ts";
import { testPlatform } from "../../testing/test-platform.ts";
import { STRING } from "../../types/type.ts";
import { decodeIr, decodeIrText } from "../decode/decode-ir.ts";
import { encodeIr } from "../encode-ir.ts";
import type { IrExpression } from "../ir.ts";

interface Document {
  readonly [member: string]: unknown;
  readonly types: readonly unknown[];
  readonly nodes: readonly unknown[];
  readonly reads: readonly unknown[];
  readonly rules: readonly (readonly unknown[])[];
}

const isMain = compare("eq", arg("branch"), text("main"));
const document = (when: IrExpression = isMain): Document =>
  JSON.parse(
    encodeIr(
      buildProgram({
        actions: [action("git", "push", [field("branch", STRING)])],
        rules: [{ id: "p.r", effect: "deny", on: [0], when }],
      }),
    ),
  ) as Document;

const decode = (json: unknown) => decodeIr(json, testPlatform);
const problem = (json: unknown): string => {
  const decoded = decode(json);
  return decoded.ok ? "ok" : `${decoded.problems[0]?.path ?? ""}: ${decoded.problems[0]?.message ?? ""}`;
};
/** `count` rows more, each of which names the row before it twice. */
const doubled = (rows: readonly unknown[], count: number, row: (before: number) => unknown): unknown[] => {
  const all = [...rows];
  for (let made = 0; made < count; made++) all.push(row(all.length - 1));
  return all;
};

describe("tables of a program", () => {
  it("hold what is written at many places once", () => {
    const many = document({ kind: "and", all: [isMain, isMain, not(isMain), not(isMain)] });
    expect(many.nodes.length).toBe(document().nodes.length + 2);
    const decoded = decode(many);
    const when = decoded.ok ? decoded.ir.expressions.at(-1) : undefined;
    expect(when?.kind === "and" && when.all[0] === when.all[1] && when.all[2] === when.all[3]).toBe(true);
  });

  it.each<[string, (row: number) => unknown]>([
    ["itself", (row) => row],
    ["a row behind it", (row) => row + 1],
    ["a row below none", () => -1],
    ["half a row", () => 0.5],
    ["a row by text", () => "0"],
    ["a row by a name of arrays", () => "length"],
    ["no row", () => null],
  ])("refuse a row that refers to %s", (_name, refer) => {
    const json = document();
    const message = "expected the number of a row before";
    const nodes = [...json.nodes, ["not", refer(json.nodes.length)]];
    expect(problem({ ...json, nodes })).toBe(`/nodes/${json.nodes.length}: ${message}`);
    const types = [...json.types, ["list", refer(json.types.length), 1]];
    expect(problem({ ...json, types })).toBe(`/types/${json.types.length}/1: ${message}`);
    expect(problem({ ...json, expressions: [refer(json.nodes.length)] })).toBe(`/expressions/0: ${message}`);
  });

  it("refuse nodes that come to more than a text could say without sharing", () => {
    const json = document();
    const { nodes } = json;
    const row = (before: number): unknown => ["and", [before, before]];
    const large = doubled(nodes, 60, row);
    expect(problem({ ...json, nodes: large })).toMatch(/^\/nodes\/\d+: too large when written in full$/);
    // Each row is bearable, all places where it stands together are not.
    const half = doubled(nodes, 20, row);
    const expressions = Array.from({ length: 100 }, () => half.length - 1);
    expect(problem({ ...json, nodes: half, expressions })).toBe(": too large when written in full");
  });

  it("refuse types, reads and constants that do", () => {
    const json = document();
    const record = (before: number): unknown => [
      "record",
      [
        ["a", before],
        ["b", before],
      ],
      false,
    ];
    expect(problem({ ...json, types: doubled(json.types, 60, record) })).toMatch(/^\/types\/.*too large/);
    const labels = Array.from({ length: 10_000 }, () => 0);
    const targets = Array.from({ length: 10_000 }, () => [0, 0, 0, 0]);
    const reading = { ...json, reads: [[labels]], rules: [["p.r", "deny", targets]] };
    expect(problem(reading)).toBe(": too large when written in full");
    const nodes = [...json.nodes, ["const", 0, "x".repeat(1_000_000)]];
    const expressions = Array.from({ length: 10_000 }, () => nodes.length - 1);
    expect(problem({ ...json, nodes, expressions })).toBe(": too large when written in full");
  });

  it("refuse nesting that exhausts the stack", () => {
    const json = document();
    const nodes = doubled(json.nodes, 300, (before) => ["not", before]);
    expect(problem({ ...json, nodes })).toMatch(/^\/nodes\/\d+: nested too deep$/);
    const types = doubled(json.types, 600, (before) => ["list", before, 1]);
    expect(problem({ ...json, types })).toMatch(/^\/types\/\d+: nested too deep$/);
    const deep = JSON.parse(`${"[".repeat(1010)}${"]".repeat(1010)}`) as unknown;
    expect(problem({ ...json, nodes: [["const", 0, deep]] })).toMatch(/^\/nodes\/0.*: nested too deep$/);
  });

  it("check what stands at many places in time that does not grow with them", () => {
    // 2^14 paths of one expression, checked for two hundred rules.
    const json = document();
    const nodes = doubled(json.nodes, 14, (before) => ["and", [before, before]]);
    const rules = Array.from({ length: 200 }, (_, at) => [`p.r${at}`, "deny", [[0, 0, 1]]]);
    const start = process.cpuUsage().user;
    expect(problem({ ...json, nodes, expressions: [0, nodes.length - 1], rules })).toBe("ok");
    expect(process.cpuUsage().user - start).toBeLessThan(2_000_000);
  });

  it("are read strictly from text", () => {
    const good = encodeIr(buildProgram({ rules: [] }));
    expect(decodeIrText(good, testPlatform).ok).toBe(true);
    expect(decodeIrText(` ${good}\n`, testPlatform).ok).toBe(true);
    expect(decodeIrText(new TextEncoder().encode(good), testPlatform).ok).toBe(true);
    for (const bad of [
      good.replace("{", '{"rules":[],'),
      good.replace("sha256:state", "\\ud800"),
      good.replace("{", '{"__proto__":[],'),
      good.slice(1),
      `${good} 1`,
    ])
      expect(decodeIrText(bad, testPlatform).ok, bad.slice(0, 40)).toBe(false);
  });
});
