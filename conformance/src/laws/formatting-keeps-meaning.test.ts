// Law 2: formatting keeps meaning and is idempotent: the formatted text compiles to the same program, byte for byte.
import { formatText, SourceFile } from "@aegis/compiler";
import { encodeIr } from "@aegis/runtime/core";
import { describe, expect, it } from "vitest";
import { compileSource, randomSource } from "../random-source/source.ts";

const FIRST = Number(process.env["AEGIS_FUZZ_SEED"] ?? 1);
const PROGRAMS = Number(process.env["AEGIS_FUZZ_PROGRAMS"] ?? 8);

describe("formatting", () => {
  it("keeps meaning and is idempotent", { timeout: 120_000 }, () => {
    for (let seed = FIRST; seed < FIRST + PROGRAMS; seed += 1) {
      const { text, compilation } = randomSource(seed);
      const once = formatText(new SourceFile("policy.aegis", text));
      expect(once.diagnostics, text).toEqual([]);
      expect(formatText(new SourceFile("policy.aegis", once.text)).text).toBe(once.text);
      const again = compileSource("policy.aegis", once.text);
      expect(again && encodeIr(again.ir), `seed ${String(seed)}\n${text}`).toBe(encodeIr(compilation.ir));
    }
  });
});
