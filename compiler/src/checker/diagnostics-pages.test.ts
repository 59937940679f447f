// Every diagnostic of the checker has a page whose first example gives it, alone, and whose second is fine.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { policyDiagnostics } from "../diagnostics/catalogue/policy.ts";
import { stateDiagnostics } from "../diagnostics/catalogue/state.ts";
import { testDiagnostics } from "../diagnostics/catalogue/test.ts";
import { typeDiagnostics } from "../diagnostics/catalogue/type.ts";
import { checkSource } from "./testing/check-source.ts";

const pages = new URL("../../../docs/diagnostics/", import.meta.url);
const inputs = { now: Date.parse("2026-11-22T00:00:00Z"), channels: new Set(["releases"]) };

const examplesOf = (code: string): readonly string[] => {
  const text = readFileSync(new URL(`${code.replace("/", "-")}.md`, pages), "utf8");
  expect(text.split("\n")[0]).toBe(`# ${code}`);
  return [...text.matchAll(/```aegis\n([\s\S]*?)```/g)].map((match) => match[1]!);
};

describe.each(
  [typeDiagnostics, policyDiagnostics, stateDiagnostics, testDiagnostics].flatMap((table) => table.$all),
)("$code", ({ code, severity }) => {
  test("its first example gives it, alone", () => {
    const [failing] = examplesOf(code);
    const { diagnostics } = checkSource(failing!, inputs);
    expect(diagnostics.map((each) => each.code)).toEqual([code]);
    const [diagnostic] = diagnostics;
    expect(diagnostic!.severity).toBe(severity);
    expect(diagnostic!.message + (diagnostic!.help ?? "")).not.toMatch(/\{\w+\}/);
    expect(diagnostic!.span.end).toBeGreaterThan(diagnostic!.span.start);
  });

  test("its second example is fine", () => {
    const [, mended] = examplesOf(code);
    expect(checkSource(mended!, inputs).codes).toEqual([]);
  });
});
