// The production engine: rules looked up by tool and action, conditions as closures, hot rules as generated code.
import type { DecisionDocument } from "../../decision/decision.ts";
import { createRequestReader } from "../../input/read-object.ts";
import { createRequestScanner } from "../../input/scan-request.ts";
import type { SlotFields } from "../../input/slot-request.ts";
import type { ValidRequest } from "../../input/valid-request.ts";
import { createRequestValidator } from "../../input/validate-request.ts";
import type { ActionIndex, IrProgram } from "../../ir/ir.ts";
import type { RuleSource } from "../../ir/rule-source.ts";
import { rulesIn } from "../../ir/rule-source.ts";
import type { Phase } from "../../request/request.ts";
import type { Platform } from "../../types/parsed-type.ts";
import { checkIJsonObject } from "../../values/check-i-json-object.ts";
import { compareUtf8 } from "../../values/compare-utf8.ts";
import { lazily } from "../../values/lazily.ts";
import { I_JSON_LIMITS, readIJson } from "../../values/read-i-json.ts";
import type { JsonValue } from "../../values/value.ts";
import type { Engine } from "../engine.ts";
import { createInterpreter } from "../interpreter/create-interpreter.ts";
import type { LinkedProgram } from "../link-program.ts";
import { linkProgram } from "../link-program.ts";
import { refusal } from "../outcome/fixed-reasons.ts";
import type { Promotion } from "./action-plan.ts";
import { ActionPlan } from "./action-plan.ts";
import { compileTest } from "./compile-expression.ts";
import { SlotRequest as Frame, slotRequest } from "../../input/slot-request.ts";

export interface NativeOptions {
  /** How rules that are tried often become generated code; null: never, for programs of unknown origin. */
  readonly promotion: Promotion | null;
  /** Where rules come from, if not from `ir`: which is looked at only where all of them are needed. */
  readonly rules?: RuleSource;
}

export interface NativeEngine extends Engine {
  /** Validation alone: a call to hand to `decideValid`, or the refusal. Never throws. */
  validate(request: unknown): Frame | DecisionDocument;
  /** Decides what `validate` of the same engine gave. Never throws. */
  decideValid(call: Frame): DecisionDocument;
}

/** `ir` comes from `decodeIr` or from the compiler. */
export function createNativeEngine(
  ir: IrProgram,
  platform: Platform,
  options: NativeOptions = { promotion: null },
): NativeEngine {
  const promotion = options.promotion && { ...options.promotion, left: options.promotion.most, tries: 0 };
  const rules = options.rules ?? rulesIn(ir);
  const program = linkProgram(ir, platform, rules);
  // Each when it is first needed, as few hosts ask in all ways: a large bundle loads fast.
  const validator = lazily(() => createRequestValidator(ir, platform.parsedTypes));
  const scanner = lazily(() => createRequestScanner(ir, platform.parsedTypes));
  const reader = lazily(() => createRequestReader(ir, platform.parsedTypes));
  // And actions are arranged when they are first asked about.
  const calls: (ActionPlan | undefined)[] = ir.actions.map(() => undefined);
  const results = calls.slice();
  const planFor = (action: ActionIndex, phase: Phase): ActionPlan =>
    new ActionPlan(rules.aimsOf(action), { program, action, depth: 0 }, phase, promotion);
  let list: ReturnType<typeof listPhase> | undefined;
  let interpreter: Engine | undefined;
  /** Whoever listens gets every node in its order: from the interpreter, whose document is the same. */
  const observed = (): Engine => (interpreter ??= createInterpreter(ir, platform));

  const fieldsOf = ({ action }: ValidRequest): SlotFields => ({
    agent: ir.agent,
    context: ir.context,
    args: ir.actions[action]?.params ?? [],
  });
  /** The careful way: what it refuses is refused, and with which code. */
  const readCarefully = (
    json: { readonly ok: true; readonly value: JsonValue } | { readonly ok: false },
  ): Frame | DecisionDocument => {
    if (!json.ok) return refusal("invalid_input");
    const valid = validator().request(json.value);
    return valid.ok ? slotRequest(valid.request, fieldsOf(valid.request)) : refusal(valid.code);
  };
  const readObject = (request: unknown): Frame | DecisionDocument => {
    try {
      return reader()(request) ?? readCarefully(checkIJsonObject(request));
    } catch {
      // A proxy may throw at any touch.
      return readCarefully(checkIJsonObject(request));
    }
  };
  const readText = (input: Uint8Array | string): Frame | DecisionDocument => {
    const scanned = mayBeScanned(input) ? scanner()(input) : undefined;
    return scanned ?? readCarefully(readIJson(input));
  };
  const decideRead = (read: Frame | DecisionDocument): DecisionDocument =>
    read instanceof Frame ? decideValid(read) : read;
  const decideValid = (frame: Frame): DecisionDocument => {
    const { action, phase } = frame;
    const plans = phase === "call" ? calls : results;
    return (plans[action] ??= planFor(action, phase)).decide(frame);
  };

  return {
    validate: (request) => readObject(request),
    decideValid(call) {
      try {
        return decideValid(call);
      } catch {
        return refusal("internal_error");
      }
    },
    decide(request, observer) {
      if (observer !== undefined) return observed().decide(request, observer);
      try {
        return decideRead(readObject(request));
      } catch {
        return refusal("internal_error");
      }
    },
    decideText(text, observer) {
      if (observer !== undefined) return observed().decideText(text, observer);
      try {
        return decideRead(readText(text));
      } catch {
        return refusal("internal_error");
      }
    },
    visible(request) {
      try {
        const json = checkIJsonObject(request);
        const valid = json.ok ? validator().listRequest(json.value) : undefined;
        if (valid === undefined) return [];
        list ??= listPhase(linkProgram(ir, platform));
        return list(
          slotRequest({ ...valid, ...NO_CALL }, { agent: ir.agent, context: ir.context, args: [] }),
        );
      } catch {
        return [];
      }
    },
  };
}

/** Of a string no unit takes more than three bytes. */
const mayBeScanned = (input: Uint8Array | string): boolean =>
  typeof input === "string"
    ? input.length * 3 <= I_JSON_LIMITS.bytes && input.isWellFormed()
    : input.length <= I_JSON_LIMITS.bytes;

const NO_CALL = {
  phase: "call",
  action: -1,
  args: new Map(),
  result: null,
  state: { labels: [], counters: [] },
  facts: new Map(),
} as const;

/** The actions that may be seen, in the order of their names. */
function listPhase(program: LinkedProgram): (frame: Frame) => ReturnType<Engine["visible"]> {
  const sorted = [...program.ir.actions].sort(
    (left, right) => compareUtf8(left.tool, right.tool) || compareUtf8(left.action, right.action),
  );
  const actions = sorted.map(({ tool, action, visible }) => ({
    tool,
    action,
    test: compileTest(program.expression(visible), { program, action: null, depth: 0 }),
  }));
  return (frame) => actions.filter(({ test }) => test(frame)).map(({ tool, action }) => ({ tool, action }));
}
