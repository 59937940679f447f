// Measures detectors: how many real-shaped positives they find, how many look-alikes they take for one.
import { analyse, compile, SourceFile, NO_INPUTS } from "@aegis/compiler";
import type { Matcher } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { Random } from "../../random-ir/random.ts";
import { lookAlikeTexts } from "./look-alikes.ts";
import { positives } from "./positives.ts";

export const SEED = 20261127;
/** Of each detector. */
export const POSITIVES = 50;
/** Of each kind. */
export const LOOK_ALIKES = 100;

export interface Measured {
  readonly detector: string;
  readonly positives: number;
  readonly found: number;
  readonly lookAlikes: number;
  readonly falseAlarms: number;
}

/** Patterns of a library module by name. */
export function patternsOf(module: string, names: readonly string[]): ReadonlyMap<string, Matcher> {
  const rules = names.map((name, index) => `allow r${String(index)}: t.x when args.a matches m.\`${name}\``);
  const text = ["package p", `import std.${module} as m`, "tool t { x(a: string) }", ...rules].join("\n");
  const compiled = compile(analyse([new SourceFile("p.aegis", text)], NO_INPUTS));
  if (!compiled.ok) throw new Error(compiled.diagnostics.map((each) => each.message).join("; "));
  return new Map(
    names.map((name) => {
      const pattern = compiled.ir.patterns.find((each) => each.name === `std.${module}.${name}`);
      if (pattern === undefined) throw new Error(`no pattern ${name}`);
      return [name, platform.compilePattern(pattern.pattern)];
    }),
  );
}

/** `makers` of positives by detector; the look-alikes are the same for all. */
export function measure(
  detectors: ReadonlyMap<string, (text: string) => boolean>,
  makers: ReadonlyMap<string, (random: Random, index: number) => string>,
): readonly Measured[] {
  const texts = lookAlikeTexts(new Random(SEED), LOOK_ALIKES);
  return [...detectors].map(([detector, finds], index) => {
    const make = makers.get(detector);
    const real = make === undefined ? [] : positives(new Random(SEED + index), make, POSITIVES);
    return {
      detector,
      positives: real.length,
      found: real.filter(finds).length,
      lookAlikes: texts.length,
      falseAlarms: texts.filter(({ text }) => finds(text)).length,
    };
  });
}
