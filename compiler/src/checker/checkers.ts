// The one table of expression checkers: a kind without a checker does not compile.
import { typeDiagnostics } from "../diagnostics/catalogue/type.ts";
import type { Checkers } from "./check-context.ts";
import { FAILED } from "./checked.ts";
import { checkMinus } from "./expressions/check-arithmetic.ts";
import { checkBinary } from "./expressions/check-binary.ts";
import { checkCall } from "./expressions/check-call.ts";
import { checkCollection } from "./expressions/check-collection.ts";
import { checkField } from "./expressions/check-field.ts";
import { checkHas } from "./expressions/check-has.ts";
import { checkIndex } from "./expressions/check-index.ts";
import {
  checkBool,
  checkDuration,
  checkNumber,
  checkString,
  checkTime,
} from "./expressions/check-literals.ts";
import { checkIf, checkNot } from "./expressions/check-logic.ts";
import { checkName } from "./expressions/check-name.ts";
import { checkAsType, checkIs, checkWherePresent } from "./expressions/check-presence.ts";
import { checkQuantifier } from "./expressions/check-quantifier.ts";

export const checkers: Checkers = {
  string: checkString,
  number: checkNumber,
  bool: checkBool,
  duration: checkDuration,
  time: checkTime,
  name: checkName,
  field: checkField,
  index: checkIndex,
  call: checkCall,
  unary: (context, node, expected) =>
    node.op === "not" ? checkNot(context, node) : checkMinus(context, node, expected),
  binary: checkBinary,
  is: checkIs,
  "where-present": checkWherePresent,
  if: checkIf,
  quantifier: checkQuantifier,
  has: checkHas,
  collection: checkCollection,
  as: checkAsType,
  regex: (context, node) => {
    context.sink.report(
      typeDiagnostics["not-a-value"](node.span, {
        name: 're"…"',
        what: "a pattern",
        hint: "compare with `matches`",
      }),
    );
    return FAILED;
  },
  /** Reported by the parser. */
  missing: () => FAILED,
};
