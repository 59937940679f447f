// What a policy decides stays the same once it has been asked so often that the native engine reads of requests only what rules
// look at, and turns busy rules into code.
import { createInterpreter, createNativeEngine, whenHot } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { describe, expect, it } from "vitest";
import { randomCase } from "../harness/random-case.ts";

const OFTEN = 1_000;
const PROGRAMS = Number(process.env["AEGIS_LAW_PROGRAMS"] ?? 25);

describe("a policy that is asked often decides as before", () => {
  it.each(Array.from({ length: PROGRAMS }, (_, index) => 9_000 + index))("program %i", (seed) => {
    const { program, requests } = randomCase(seed, 80);
    const reference = createInterpreter(program, platform);
    const engine = createNativeEngine(program, platform, { promotion: whenHot });
    const encoder = new TextEncoder();
    for (let asked = 0; asked < OFTEN; asked += 1)
      engine.decideText(encoder.encode(requests[asked % 20] ?? ""));
    for (const text of requests)
      // Bytes may be another text: half of a surrogate pair has none.
      for (const input of [text, encoder.encode(text)])
        expect(engine.decideText(input), text).toEqual(reference.decideText(input));
  });
});
