// The page of the diagnostic of lowering: its first example gives it, its second is fine.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { lowerDiagnostics } from "../diagnostics/catalogue/lower.ts";
import { analyse } from "../pipeline/analyse.ts";
import { compile } from "../pipeline/compile.ts";
import { SourceFile } from "../source/source-file.ts";
import { NO_INPUTS } from "../testing/resolve-text.ts";

it.each(lowerDiagnostics.$all)("$code has a page with a failing and a mended example", ({ code }) => {
  const page = new URL(`../../../docs/diagnostics/${code.replace("/", "-")}.md`, import.meta.url);
  const text = readFileSync(page, "utf8");
  expect(text.split("\n")[0]).toBe(`# ${code}`);
  const examples = [...text.matchAll(/```aegis\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
  const codes = examples.map((example) =>
    compile(analyse([new SourceFile("a.aegis", example)], NO_INPUTS)).diagnostics.map((each) => each.code),
  );
  expect(codes).toEqual([[code], []]);
});
