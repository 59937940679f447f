// Cases by number: the same number gives the same program and the same requests on every machine.
import type { IrProgram } from "@aegis/runtime/core";
import { hostileText } from "../random-ir/hostile-text.ts";
import { randomProgram } from "../random-ir/program.ts";
import { Random } from "../random-ir/random.ts";
import { randomRequest } from "../random-ir/request.ts";

export interface Case {
  readonly program: IrProgram;
  readonly requests: readonly string[];
}

/** One request in this many is a text that is broken or hostile as a whole. */
const HOSTILE = 40;

export function randomCase(seed: number, requests: number): Case {
  const program = randomProgram(seed);
  return { program, requests: requestsFor(program, seed, requests) };
}

export function requestsFor(program: IrProgram, seed: number, count: number): readonly string[] {
  const random = new Random(seed + 1_000_000_007);
  return random.times(count, () => {
    const text = randomRequest(program, random);
    return random.below(HOSTILE) === 0 ? hostileText(text, random) : text;
  });
}

/** Requests of the list phase, as text. */
export function listRequestsFor(program: IrProgram, seed: number, count: number): readonly string[] {
  return requestsFor(program, seed, count).flatMap((text) => {
    try {
      const { agent, context } = JSON.parse(text) as Record<string, unknown>;
      return [JSON.stringify({ agent, context })];
    } catch {
      return [];
    }
  });
}
