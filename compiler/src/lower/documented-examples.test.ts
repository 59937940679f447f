// Every documented example that is fine compiles to a program that the decoder accepts.
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { decodeIr, encodeIr } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { analyse } from "../pipeline/analyse.ts";
import { compile } from "../pipeline/compile.ts";
import { SourceFile } from "../source/source-file.ts";
import { NO_INPUTS } from "../testing/resolve-text.ts";

const pages = new URL("../../../docs/diagnostics/", import.meta.url);
const examples = readdirSync(pages).flatMap((page) => {
  const text = readFileSync(new URL(page, pages), "utf8");
  return [...text.matchAll(/```(aegis|yaml)\n([\s\S]*?)```/g)].map((match, index) => ({
    name: `${page} ${index + 1}.${match[1]}`,
    text: match[2] ?? "",
  }));
});

it("compiles what is documented as fine", () => {
  let compiled = 0;
  for (const { name, text } of examples) {
    const result = compile(analyse([new SourceFile(name, text)], NO_INPUTS));
    if (!result.ok) continue;
    compiled++;
    const decoded = decodeIr(JSON.parse(encodeIr(result.ir)), platform);
    expect(decoded.ok ? [] : [name, ...decoded.problems]).toEqual([]);
  }
  expect(compiled).toBeGreaterThan(100);
});
