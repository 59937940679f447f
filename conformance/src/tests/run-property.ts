// Tries a property on generated calls and shrinks what breaks it to a request that people can read.
import fc from "fast-check";
import type { LoweredProperty } from "@aegis/compiler";
import {
  createRequestValidator,
  evaluateExpression,
  linkProgram,
  type Engine,
  type IrPattern,
  type IrProgram,
  type JsonObject,
} from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { requestFor, sourceOf } from "../generators/request.ts";
import { compareExpectation, type ExpectationContext } from "./expectation.ts";
import type { TestFailure } from "./test-report.ts";

export interface PropertyContext extends ExpectationContext {
  readonly program: IrProgram;
  /** Patterns that the conditions of properties name. */
  readonly patterns: readonly IrPattern[];
  readonly engine: Engine;
  readonly seed: number;
  readonly runs: number;
}

export function runProperty(property: LoweredProperty, context: PropertyContext): TestFailure[] {
  const { declaration } = property.property;
  const linked = linkProgram({ ...context.program, patterns: context.patterns }, platform);
  const validator = createRequestValidator(context.program, platform.parsedTypes);
  let tried = 0;
  for (const { action, where } of property.targets) {
    const source = sourceOf(context.program, [where]);
    const applies = (request: JsonObject): boolean => {
      const valid = validator.request(request);
      if (!valid.ok) return false;
      return evaluateExpression(where, { program: linked, request: valid.request, locals: [] }) === true;
    };
    const result = fc.check(
      fc.property(requestFor(context.program, action, source), (request) => {
        fc.pre(applies(request));
        tried += 1;
        return compareExpectation(declaration.expect, context.engine.decide(request), context, []) === null;
      }),
      { seed: context.seed, numRuns: context.runs, maxSkipsPerRun: 20, ignoreEqualValues: false },
    );
    const found = result.counterexample?.[0];
    if (found === undefined) continue;
    const failure = compareExpectation(declaration.expect, context.engine.decide(found), context, [
      `counter-example: ${JSON.stringify(found)}`,
      `found with --seed ${context.seed} after ${result.numRuns} calls and ${result.numShrinks} steps of shrinking`,
    ]);
    if (failure !== null) return [failure];
  }
  if (tried > 0) return [];
  return [
    {
      span: declaration.title.span,
      message: "no generated call is as the property says: it proves nothing",
      details: [`seed ${context.seed}; widen \`where\`, or try more calls with --runs`],
    },
  ];
}
