// The state machine of a program: events are validated like requests, and their expressions run in the interpreter.
import { linkProgram } from "../evaluate/link-program.ts";
import { evaluateExpression } from "../evaluate/interpreter/evaluate-expression.ts";
import { checkIJsonObject } from "../values/check-i-json-object.ts";
import { createRequestValidator } from "../input/validate-request.ts";
import type { ValidRequest } from "../input/valid-request.ts";
import type { IrProgram } from "../ir/ir.ts";
import type { RuleSource } from "../ir/rule-source.ts";
import { rulesIn } from "../ir/rule-source.ts";
import type { Platform } from "../types/parsed-type.ts";
import { lazily } from "../values/lazily.ts";
import { parseTime } from "../values/time-text.ts";
import { createStateMachine, type PreparedEvent, type StateMachine } from "./advance.ts";
import type { EventDocument } from "./state.ts";

/** `rules`: where expressions come from, if not from `ir`. */
export function stateMachineOf(
  ir: IrProgram,
  platform: Platform,
  rules: RuleSource = rulesIn(ir),
): StateMachine {
  const program = linkProgram(ir, platform, rules);
  const validatorOf = lazily(() => createRequestValidator(ir, platform.parsedTypes));

  const validate = (event: EventDocument, result: EventDocument["result"]): ValidRequest | undefined => {
    const { agent, context, tool, action, args } = event;
    const phase = result === undefined ? "call" : "result";
    const json = checkIJsonObject({
      phase,
      agent,
      tool,
      action,
      args,
      context: context ?? {},
      ...(result && { result }),
    });
    const valid = json.ok ? validatorOf().request(json.value) : undefined;
    return valid?.ok === true ? valid.request : undefined;
  };

  function prepare(event: EventDocument): PreparedEvent | undefined {
    const time = parseTime(event.time);
    if (time === undefined) return undefined;
    const finished = event.phase === "finished";
    const told = finished
      ? validate(event, event.result ?? { status: "unknown" })
      : validate(event, undefined);
    // A result that does not fit its type is withheld; what it may have changed is uncertain.
    const request = told ?? (finished ? validate(event, { status: "unknown" }) : undefined);
    if (request === undefined) return undefined;
    return {
      action: request.action,
      time,
      status: finished && told !== undefined ? (event.result?.status ?? "unknown") : "unknown",
      evaluate: (index, local) =>
        evaluateExpression(program.expression(index), {
          program,
          request,
          locals: local === undefined ? [] : [local],
        }),
    };
  }
  return createStateMachine(ir, prepare, rules);
}
