// All native engines as one: each answers, and they must agree. The test-suite of the interpreter runs on this.
import { canonicalJson } from "../values/canonical-json.ts";
import type { Engine } from "../evaluate/engine.ts";
import { createInterpreter } from "../evaluate/interpreter/create-interpreter.ts";
import { createNativeEngine } from "../evaluate/native/create-native-engine.ts";
import { generatedAfter } from "../evaluate/native/generate-rules.ts";
import type { IrProgram } from "../ir/ir.ts";
import type { Platform } from "../types/parsed-type.ts";

/** Every production engine, by name. Code is generated after the first try, so that a second answer comes from it. */
export const nativeEngines = (ir: IrProgram, platform: Platform): ReadonlyMap<string, Engine> =>
  new Map([
    ["closures", createNativeEngine(ir, platform, { promotion: null })],
    ["generated", createNativeEngine(ir, platform, { promotion: generatedAfter(0) })],
  ]);

/** Gives what the interpreter answers; throws when another engine answers otherwise, the first time or later. */
export function createEveryEngine(ir: IrProgram, platform: Platform): Engine {
  const reference = createInterpreter(ir, platform);
  const others = nativeEngines(ir, platform);
  const agreed = <Answer>(ask: (engine: Engine) => Answer): Answer => {
    const expected = ask(reference);
    for (const [name, engine] of others) {
      for (const time of ["first", "second", "third"]) {
        const found = canonicalJson(ask(engine));
        if (found !== canonicalJson(expected))
          throw new Error(`${name}, ${time} time: ${found} instead of ${canonicalJson(expected)}`);
      }
    }
    return expected;
  };
  return {
    decide: (request, observer) =>
      agreed((engine) => engine.decide(request, engine === reference ? observer : undefined)),
    decideText: (text, observer) =>
      agreed((engine) => engine.decideText(text, engine === reference ? observer : undefined)),
    visible: (request) => agreed((engine) => engine.visible(request)),
  };
}
