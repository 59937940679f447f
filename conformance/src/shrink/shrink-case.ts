// Makes a case on which engines disagree as small as it gets while they still do.
import { decodeIr, encodeIr, type IrProgram } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { compactProgram } from "./compact-program.ts";
import { smallerPrograms } from "./shrink-program.ts";
import { smallerRequests } from "./shrink-request.ts";

export interface SmallCase {
  readonly program: IrProgram;
  readonly request: string;
}

/** Milliseconds for all of it; what is smallest by then stands. */
const BUDGET = 30_000;

/** `fails` holds for the case given. Requests first: each step is cheap, and small ones leave less to try in programs. */
export async function shrinkCase(
  found: SmallCase,
  fails: (candidate: SmallCase) => Promise<boolean>,
  clock: () => number = Date.now,
): Promise<SmallCase> {
  const end = clock() + BUDGET;
  let best = found;
  const improve = async (candidates: (from: SmallCase) => Iterable<SmallCase>): Promise<boolean> => {
    let improved = false;
    for (let again = true; again && clock() < end;) {
      again = false;
      for (const candidate of candidates(best)) {
        if (clock() >= end) break;
        if (!(await fails(candidate))) continue;
        best = candidate;
        improved = again = true;
        break;
      }
    }
    return improved;
  };
  const requests = function* ({ program, request }: SmallCase): Generator<SmallCase> {
    for (const less of smallerRequests(request)) yield { program, request: less };
  };
  const programs = function* ({ program, request }: SmallCase): Generator<SmallCase> {
    for (const less of smallerPrograms(program)) {
      if (decodeIr(JSON.parse(encodeIr(less)), platform).ok) yield { program: less, request };
    }
  };
  await improve(requests);
  while ((await improve(programs)) && (await improve(requests)));
  const compact = { ...best, program: compactProgram(best.program) };
  const valid = decodeIr(JSON.parse(encodeIr(compact.program)), platform).ok;
  return valid && (await fails(compact)) ? compact : best;
}
