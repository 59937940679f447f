// Tests: steps that try something, with JSON that fits unless the step says it does not.
import type { EngineCode } from "@aegis/runtime/core";
import { testDiagnostics } from "../../diagnostics/catalogue/test.ts";
import { didYouMean } from "../../diagnostics/closest-name.ts";
import type { ResolvedModule } from "../../resolver/resolved-program.ts";
import type {
  Expectation,
  GivenState,
  JsonNode,
  TestCases,
  TestDeclaration,
  TestStep,
} from "../../syntax/ast.ts";
import type { QualifiedName } from "../../syntax/expression.ts";
import type { CheckedLimit, CheckedRule, CheckedTest } from "../checked-program.ts";
import type { Declarations } from "../declarations/declarations.ts";
import { printQualified } from "../expressions/declared-value.ts";
import type { Misfit } from "./json-fits.ts";
import { jsonMisfit, recordMisfit } from "./json-fits.ts";

export interface TestSetting {
  readonly declarations: Declarations;
  readonly module: ResolvedModule;
  readonly rules: readonly CheckedRule[];
  readonly limits: readonly CheckedLimit[];
}

export function checkTest(setting: TestSetting, node: TestDeclaration): CheckedTest {
  const { declarations, module } = setting;
  let tries = false;
  for (const item of node.items)
    switch (item.kind) {
      case "step":
        tries = true;
        checkStep(setting, item);
        break;
      case "cases":
        tries ||= item.rows.length > 0;
        checkCases(setting, item);
        break;
      case "visibility":
        tries = true;
        module.expand(item.selector, declarations.sink);
        break;
      case "given":
        checkGiven(setting, item);
        break;
      case "setup":
        checkSetup(setting, item.of, item.value, node);
        break;
      case "after":
      case "at":
        break;
    }
  if (!tries) declarations.sink.report(testDiagnostics.vacuous(node.title.span));
  return { package: module.package, declaration: node };
}

function checkStep(setting: TestSetting, node: TestStep): void {
  const action = findAction(setting, node);
  checkExpectation(setting, node.expect);
  checkExpectation(setting, node.expectResult);
  if (action === undefined) return;
  if (!expectsInvalid(node.expect))
    reportMisfit(setting, action, argumentsMisfit(setting, action, node.args));
  const type = setting.declarations.program.actions[action]?.result;
  const value = node.result?.status === "ok" ? node.result.value : null;
  if (value !== null && type !== undefined && !expectsInvalid(node.expectResult))
    reportMisfit(setting, action, jsonMisfit(value, type));
}

function checkCases(setting: TestSetting, node: TestCases): void {
  const action = findAction(setting, node);
  for (const row of node.rows) {
    checkExpectation(setting, row.expect);
    if (row.values.length !== node.columns.length) {
      setting.declarations.sink.report(
        testDiagnostics["case-width"](row.span, {
          found: plural(row.values.length, "value"),
          expected: plural(node.columns.length, "name"),
        }),
      );
      continue;
    }
    if (action === undefined || expectsInvalid(row.expect)) continue;
    reportMisfit(setting, action, argumentsMisfit(setting, action, withRow(node, row.values)));
  }
}

/** The arguments of a row: those of the table with its own put in. */
function withRow(node: TestCases, values: readonly JsonNode[]): JsonNode {
  const base = node.args.kind === "json-object" ? node.args.members : [];
  const own = node.columns.flatMap((column, index) => {
    const value = values[index];
    return value === undefined ? [] : [{ key: column.text, keySpan: column.span, value }];
  });
  const names = new Set(own.map((member) => member.key));
  return {
    kind: "json-object",
    span: node.args.span,
    members: [...base.filter((member) => !names.has(member.key)), ...own],
  };
}

const expectsInvalid = (expect: Expectation | null): boolean =>
  expect?.code?.text === "invalid_input" || (expect?.negated === true && expect.code === null);

function findAction(
  setting: TestSetting,
  node: Pick<TestStep, "tool" | "action"> & { readonly expect?: Expectation | null },
): number | undefined {
  const { module, declarations } = setting;
  const tool = module.resolve(node.tool, "value");
  const name = `${printQualified(node.tool)}.${node.action.text}`;
  const known = tool?.kind === "tool" ? tool.tool.actions : [];
  const found =
    known.find((each) => each.name === node.action.text)?.index ??
    indexOfWire(setting, printQualified(node.tool), node.action.text);
  if (found !== undefined || node.expect?.code?.text === "unknown_action") return found;
  declarations.sink.report(
    testDiagnostics["unknown-action"](node.action.span, {
      name,
      hint: didYouMean(
        node.action.text,
        known.map((each) => each.name),
        "declare it, or expect `deny code unknown_action`",
      ),
    }),
  );
  return undefined;
}

function indexOfWire(setting: TestSetting, tool: string, action: string): number | undefined {
  const index = setting.declarations.program.actions.findIndex(
    (each) => each.tool === tool && each.action === action,
  );
  return index < 0 ? undefined : index;
}

function argumentsMisfit(setting: TestSetting, action: number, args: JsonNode): Misfit | null {
  const type = setting.declarations.program.actions[action];
  if (type === undefined) return null;
  return args.kind === "json-object"
    ? recordMisfit(args, type.params, type.open)
    : { kind: "value", span: args.span, problem: "arguments are an object", type: "{ … }" };
}

function reportMisfit(setting: TestSetting, action: number, misfit: Misfit | null): void {
  if (misfit === null) return;
  const { sink, program } = setting.declarations;
  const type = program.actions[action];
  const name = type === undefined ? "the action" : `${type.tool}.${type.action}`;
  switch (misfit.kind) {
    case "value":
      sink.report(testDiagnostics["bad-value"](misfit.span, { problem: misfit.problem, type: misfit.type }));
      break;
    case "missing":
      sink.report(testDiagnostics["missing-argument"](misfit.span, { action: name, name: misfit.name }));
      break;
    case "unknown":
      sink.report(
        testDiagnostics["unknown-argument"](misfit.span, {
          action: name,
          name: misfit.name,
          hint: didYouMean(
            misfit.name,
            misfit.candidates,
            misfit.candidates.length === 0 ? "it takes none" : `it takes ${misfit.candidates.join(", ")}`,
          ),
        }),
      );
  }
}

/** Tests carry redactions out, so they may also find that one cannot be. */
const CODES: { readonly [Code in EngineCode | "redaction_invalid"]: true } = {
  matched: true,
  default_deny: true,
  invalid_input: true,
  unknown_action: true,
  state_unavailable: true,
  fact_unavailable: true,
  redaction_invalid: true,
};

function checkExpectation(setting: TestSetting, expect: Expectation | null): void {
  if (expect === null) return;
  const { sink } = setting.declarations;
  if (expect.code !== null && !Object.hasOwn(CODES, expect.code.text))
    sink.report(
      testDiagnostics["unknown-code"](expect.code.span, {
        name: expect.code.text,
        hint: didYouMean(expect.code.text, Object.keys(CODES), `codes are ${Object.keys(CODES).join(", ")}`),
      }),
    );
  for (const name of expect.by ?? []) checkRuleName(setting, name, expect);
}

const DECISION_OF: { readonly [Effect in CheckedRule["declaration"]["effect"]]: string } = {
  allow: "allow",
  sanitize: "sanitize",
  approval: "approval_needed",
  deny: "deny",
  withhold: "deny",
};

function checkRuleName(setting: TestSetting, name: QualifiedName, expect: Expectation): void {
  const { sink } = setting.declarations;
  const text = printQualified(name);
  const id = (each: string): boolean => each === text || each === `${setting.module.package}.${text}`;
  const rule = setting.rules.find((each) => id(each.id));
  if (rule !== undefined) {
    const gives = DECISION_OF[rule.declaration.effect];
    const [only, ...more] = expect.decisions;
    if (only !== undefined && more.length === 0 && !expect.negated && only.decision !== gives)
      sink.report(testDiagnostics["expected-rule"](name.span, { rule: text, decision: only.decision }));
    return;
  }
  if (setting.limits.some((each) => id(each.id))) return;
  const names = [...setting.rules, ...setting.limits].flatMap((each) => [
    each.id,
    each.declaration.name.text,
  ]);
  sink.report(
    testDiagnostics["unknown-rule"](name.span, {
      name: text,
      hint: didYouMean(text, names, "name a rule of this package, or one by its id `package.rule`"),
    }),
  );
}

function checkGiven(setting: TestSetting, node: GivenState): void {
  const { module, declarations } = setting;
  const declared = module.resolve(node.name, "id");
  const wanted = node.of === "label" ? "label" : "limit";
  const name = printQualified(node.name);
  if (declared === undefined || declared.kind !== wanted) {
    declarations.sink.report(
      testDiagnostics["unknown-cell"](node.name.span, {
        what: wanted,
        name,
        hint: didYouMean(
          name,
          module.names("id").filter((each) => module.lookup(each, "id")?.kind === wanted),
          node.of === "label" ? "labels are declared with `label`" : "counters are those of a `limit`",
        ),
      }),
    );
    return;
  }
  const keys = declared.kind === "label" ? declared.node.keys.length : declared.node.keys.length;
  if (keys !== node.key.length)
    declarations.sink.report(
      testDiagnostics["cell-key"](node.span, {
        name,
        expected: plural(keys, "key"),
        found: plural(node.key.length, "key"),
      }),
    );
}

/** Attributes set up for a test, unless the test is about invalid ones. */
function checkSetup(
  setting: TestSetting,
  of: "agent" | "context",
  value: JsonNode,
  test: TestDeclaration,
): void {
  if (value.kind !== "json-object") return;
  if (test.items.some((item) => item.kind === "step" && expectsInvalid(item.expect))) return;
  const fields = setting.declarations.program[of];
  for (const member of value.members) {
    const field = fields.find((each) => each.name === member.key);
    const misfit = field === undefined ? null : jsonMisfit(member.value, field.type);
    if (misfit?.kind === "value")
      setting.declarations.sink.report(
        testDiagnostics["bad-value"](misfit.span, { problem: misfit.problem, type: misfit.type }),
      );
  }
}

const plural = (count: number, noun: string): string => (count === 1 ? `one ${noun}` : `${count} ${noun}s`);
