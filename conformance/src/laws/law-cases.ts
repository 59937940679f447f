// What the laws of decisions share: random cases, and the decisions of every engine that runs in this process.
import {
  canonicalJson,
  printIr,
  type DecisionDocument,
  type IrProgram,
  type IrRule,
} from "@aegis/runtime/core";
import { engines } from "../engines/engine-registry.ts";
import type { ConformanceEngine } from "../engines/engine.ts";
import { randomCase } from "../harness/random-case.ts";
import { isJson } from "../harness/is-json.ts";

/** Engines in this process that need nothing built; the js module runs the same code as one of them. */
export const lawEngines: readonly ConformanceEngine[] = [...engines.values()].filter(
  ({ id, runs, missing }) => runs === "process" && id !== "js" && missing() === null,
);

const FIRST = Number(process.env["AEGIS_FUZZ_SEED"] ?? 1);
const PROGRAMS = Number(process.env["AEGIS_FUZZ_PROGRAMS"] ?? 8);
const REQUESTS = 25;

/** Documents of an engine in the order of the requests; texts that are no I-JSON are left out before. */
export async function decideAll(
  engine: ConformanceEngine,
  program: IrProgram,
  requests: readonly string[],
): Promise<readonly DecisionDocument[]> {
  const loaded = await engine.load(program, { prebuilt: () => undefined });
  try {
    return (await loaded.decide(requests)) as readonly DecisionDocument[];
  } finally {
    loaded.close();
  }
}

/** Cases by number, of requests that are JSON as a whole: so many programs that are `wanted`, which are searched for. */
export function* lawCases(
  wanted: (program: IrProgram) => boolean = () => true,
  programs = PROGRAMS,
): Generator<{
  readonly seed: number;
  readonly program: IrProgram;
  readonly requests: readonly string[];
}> {
  for (let seed = FIRST, found = 0; found < programs; seed += 1) {
    const { program, requests } = randomCase(seed, REQUESTS);
    if (!wanted(program)) continue;
    found += 1;
    yield { seed, program, requests: requests.filter((text) => text.startsWith('{"agent"') && isJson(text)) };
  }
}

/** The program without one of its rules, for each rule that is wanted. */
export const withoutEach = (
  program: IrProgram,
  wanted: (rule: IrRule) => boolean,
): readonly { readonly rule: IrRule; readonly without: IrProgram }[] =>
  program.rules.flatMap((rule, at) =>
    wanted(rule) ? [{ rule, without: { ...program, rules: program.rules.toSpliced(at, 1) } }] : [],
  );

const STRICTNESS = ["allow", "sanitize", "approval_needed", "deny"];
/** Greater is stricter. */
export const strictness = ({ decision }: DecisionDocument): number => STRICTNESS.indexOf(decision);

/** For messages: how to come to the case again. */
export const described = (
  seed: number,
  program: IrProgram,
  request: string,
  ...documents: unknown[]
): string => [`case ${String(seed)}`, printIr(program), request, ...documents.map(canonicalJson)].join("\n");
