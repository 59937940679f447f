// The reference interpreter as an engine: readable first; other engines are compared with it.
import { checkIJsonObject } from "../../values/check-i-json-object.ts";
import { readIJson } from "../../values/read-i-json.ts";
import { createRequestValidator } from "../../input/validate-request.ts";
import type { IrProgram } from "../../ir/ir.ts";
import type { Platform } from "../../types/parsed-type.ts";
import { compareUtf8 } from "../../values/compare-utf8.ts";
import type { JsonValue } from "../../values/value.ts";
import type { Engine } from "../engine.ts";
import { linkProgram } from "../link-program.ts";
import { refusal } from "../outcome/fixed-reasons.ts";
import { decide } from "./decide.ts";
import { holds } from "./evaluate-expression.ts";

/** `ir` comes from `decodeIr` or from the compiler. */
export function createInterpreter(ir: IrProgram, platform: Platform): Engine {
  const program = linkProgram(ir, platform);
  const validator = createRequestValidator(ir, platform.parsedTypes);
  const decideJson = (
    json: { readonly ok: true; readonly value: JsonValue } | { readonly ok: false },
    observer: Parameters<Engine["decide"]>[1],
  ) => {
    if (!json.ok) return refusal("invalid_input");
    const valid = validator.request(json.value);
    return valid.ok ? decide(program, valid.request, observer) : refusal(valid.code);
  };
  return {
    decide: (request, observer) =>
      orElse(
        () => decideJson(checkIJsonObject(request), observer),
        () => refusal("internal_error"),
      ),
    decideText: (text, observer) =>
      orElse(
        () => decideJson(readIJson(text), observer),
        () => refusal("internal_error"),
      ),
    visible: (request) =>
      orElse(
        () => {
          const json = checkIJsonObject(request);
          const valid = json.ok ? validator.listRequest(json.value) : undefined;
          if (valid === undefined) return [];
          const environment = {
            program,
            request: { ...valid, ...NO_CALL },
            locals: [],
          };
          return ir.actions
            .filter((action) => holds(program.expression(action.visible), environment))
            .map(({ tool, action }) => ({ tool, action }))
            .sort(
              (left, right) => compareUtf8(left.tool, right.tool) || compareUtf8(left.action, right.action),
            );
        },
        () => [],
      ),
  };
}

const NO_CALL = {
  args: new Map(),
  result: null,
  state: { labels: [], counters: [] },
  facts: new Map(),
};

/** The last resort: whatever fails in an engine refuses. */
function orElse<T>(attempt: () => T, failed: () => T): T {
  try {
    return attempt();
  } catch {
    return failed();
  }
}
