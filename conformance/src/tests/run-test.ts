// Runs one test of a policy: its steps in one session, each row of its tables in a fresh one.
import type { JsonNode, ResolvedModule, TestCases, TestDeclaration, TestStep } from "@aegis/compiler";
import {
  newJsonObject,
  type DecisionDocument,
  type EvaluationObserver,
  type IrProgram,
  type JsonObject,
  type JsonValue,
} from "@aegis/runtime/core";
import { approvalsMet, type ApprovalObligation, type LoadedPolicy } from "@aegis/runtime/enforce";
import {
  brief,
  compareExpectation,
  isLetThrough,
  qualified,
  type ExpectationContext,
} from "./expectation.ts";
import { jsonOf } from "./json-node.ts";
import type { TestFailure } from "./test-report.ts";
import { TestWorld, type StepCall } from "./test-world.ts";

export interface TestContext extends ExpectationContext {
  readonly program: IrProgram;
  readonly policy: LoadedPolicy;
  readonly module: ResolvedModule;
  readonly observer?: EvaluationObserver;
}

export function runTest(test: TestDeclaration, context: TestContext): TestFailure[] {
  const failures: TestFailure[] = [];
  const world = newWorld(context);
  for (const [index, item] of test.items.entries()) {
    switch (item.kind) {
      case "setup":
        setUp(world, item.of, item.value);
        break;
      case "given":
        give(world, context, item);
        break;
      case "after":
        world.time += item.duration.milliseconds;
        break;
      case "at":
        world.time = item.time;
        break;
      case "step":
        failures.push(...runStep(world, item, context));
        break;
      case "cases":
        failures.push(...runCases(test.items.slice(0, index), item, context));
        break;
      case "visibility":
        for (const action of context.module.expand(item.selector, { report: () => {} })) {
          const { tool = "", action: name = "" } = context.program.actions[action] ?? {};
          if (world.isVisible(tool, name) === item.visible) continue;
          const seen = item.visible ? "visible" : "hidden";
          failures.push({
            span: item.span,
            message: `expected ${tool}.${name} to be ${seen}, and it is not`,
            details: [],
          });
        }
    }
  }
  return failures;
}

const newWorld = (context: TestContext): TestWorld => new TestWorld(context.policy, context.observer);

function setUp(world: TestWorld, of: "agent" | "context", node: JsonNode): void {
  world[of] = Object.assign(newJsonObject(), world[of], jsonOf(node));
}

/** A table's rows see the set-up before it, and no steps. */
function runCases(before: TestDeclaration["items"], cases: TestCases, context: TestContext): TestFailure[] {
  return cases.rows.flatMap((row) => {
    const world = newWorld(context);
    for (const item of before) {
      if (item.kind === "setup") setUp(world, item.of, item.value);
      if (item.kind === "given") give(world, context, item);
      if (item.kind === "after") world.time += item.duration.milliseconds;
      if (item.kind === "at") world.time = item.time;
    }
    const args = Object.assign(newJsonObject(), jsonOf(cases.args));
    for (const [index, column] of cases.columns.entries()) {
      const value = row.values[index];
      if (value !== undefined) (args as Record<string, JsonValue>)[column.text] = jsonOf(value);
    }
    const call = { ...wireNames(cases, context), args, facts: null };
    const { decision } = world.evaluate(call);
    const failure = compareExpectation(row.expect, decision, context, about(world, call, decision));
    return failure === null ? [] : [failure];
  });
}

function runStep(world: TestWorld, step: TestStep, context: TestContext): TestFailure[] {
  const failures: TestFailure[] = [];
  const facts = step.facts === null ? null : (jsonOf(step.facts) as JsonObject);
  const call: StepCall = { ...wireNames(step, context), args: jsonOf(step.args) as JsonObject, facts };
  const { decision, args } = world.evaluate(call);
  const request = about(world, call, decision);
  const approved =
    decision.decision === "approval_needed" &&
    isApproved(
      world,
      step,
      decision.obligations.filter((each): each is ApprovalObligation => each.type === "approval"),
    );
  if (step.expect !== null) {
    const failure = compareExpectation(step.expect, decision, context, request);
    if (failure !== null) failures.push(failure);
  } else if (!isLetThrough(decision) && !approved) {
    failures.push({
      span: step.span,
      message: `expected the step to be let through, got ${brief(decision)}`,
      details: [`reason: ${decision.reason}`, ...request],
    });
  }
  const id = world.nextCallId();
  const decided = { ...call, args };
  if (decision.decision === "deny") world.happened("denied", decided, decision.rules, id);
  if (approved) world.happened("approved", decided, decision.rules, id);
  if (isLetThrough(decision) || approved) {
    world.happened("started", decided, decision.rules, id);
    const result = resultOf(step);
    if (step.result !== null) {
      const outcome = world.evaluate(decided, result);
      const failure =
        step.expectResult === null
          ? null
          : compareExpectation(step.expectResult, outcome.decision, context, request);
      if (failure !== null) failures.push(failure);
    }
    world.happened("finished", decided, decision.rules, id, result);
  } else if (step.result !== null) {
    failures.push({
      span: step.result.span,
      message: `the call does not run (${brief(decision)}), so it has no result`,
      details: request,
    });
  }
  return failures;
}

/** What a failure says beside its message. */
const about = (world: TestWorld, call: StepCall, { code }: DecisionDocument): string[] => [
  ...(code === "invalid_input" ? world.problems(call) : []),
  `request: ${JSON.stringify(world.request(call))}`,
];

/** A step without a result counts as having returned: nobody knows with what. */
function resultOf({ result }: TestStep): { status: "ok" | "error" | "unknown"; value?: JsonValue } {
  if (result === null) return { status: "unknown" };
  return result.value === null
    ? { status: result.status, ...(result.status === "ok" ? { value: null } : {}) }
    : { status: result.status, value: jsonOf(result.value) };
}

function isApproved(world: TestWorld, step: TestStep, asked: readonly ApprovalObligation[]): boolean {
  if (step.approvals.length === 0) return false;
  const roles = new Map<string, string[]>();
  for (const { by, role } of step.approvals)
    roles.set(by.value, [...(roles.get(by.value) ?? []), ...(role === null ? [] : [role.value])]);
  const given = [...roles].map(([id, held]) => ({ by: { id, roles: held }, at: world.time }));
  return approvalsMet(asked, given, new Set([String(world.agent["id"])]), world.time, world.time);
}

/** Names on the wire; undeclared ones as they are written. */
function wireNames(
  step: Pick<TestStep, "tool" | "action">,
  context: TestContext,
): { tool: string; action: string } {
  const declared = context.module.resolve(step.tool, "value");
  if (declared?.kind !== "tool") return { tool: qualified(step.tool), action: step.action.text };
  const index = declared.tool.actions.find((each) => each.name === step.action.text)?.index;
  const action = index === undefined ? undefined : context.program.actions[index];
  return { tool: declared.tool.wire, action: action?.action ?? step.action.text };
}

function give(
  world: TestWorld,
  context: TestContext,
  item: Extract<TestDeclaration["items"][number], { kind: "given" }>,
): void {
  const name = qualified(item.name);
  const cells = item.of === "label" ? context.program.labels : context.program.counters;
  const id = cells.some((each) => each.id === name) ? name : `${context.package}.${name}`;
  const key = item.key.map(jsonOf).map((each) => (typeof each === "string" ? each : JSON.stringify(each)));
  const value = item.value === null ? null : jsonOf(item.value);
  if (item.of === "label") world.giveLabel(id, key, value === false || value === "maybe" ? value : true);
  else {
    const decimal = context.program.counters.find((each) => each.id === id)?.type === "decimal";
    const amount = Number(item.value?.kind === "json-number" ? item.value.text : value);
    world.giveCounter(id, key, decimal ? Math.round(amount * 1_000_000) : amount);
  }
}
