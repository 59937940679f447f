// Public surface of the core: types, values, IR, engines. No dependency and no Node module below here.
export * from "./types/type.ts";
export { isOrdered, isScalar, printType, sameType } from "./types/type-relations.ts";
export type {
  Matcher,
  ParsedGrammar,
  ParsedTypeDefinition,
  ParsedTypes,
  ParsedValue,
  Platform,
} from "./types/parsed-type.ts";
export type * from "./ir/ir.ts";
export { IR_FORMAT } from "./ir/ir.ts";
export type * from "./decision/decision.ts";
export type * from "./request/request.ts";
export { JsonNumber } from "./values/value.ts";
export type { JsonObject, JsonValue, Value } from "./values/value.ts";
export * from "./patterns/index.ts";
export {
  acceptsArgument,
  acceptsFirst,
  acceptsArguments,
  callable,
  callCost,
  defineBuiltin,
  expectedArgument,
  resultType,
} from "./builtins/define-builtin.ts";
export type {
  BuiltinDefinition,
  BuiltinExample,
  BuiltinParameter,
  BuiltinSyntax,
  ParameterType,
  TypeMatcher,
} from "./builtins/define-builtin.ts";
export { builtins, builtinsWritten, findBuiltin } from "./builtins/builtin-registry.ts";
export { printExample } from "./builtins/example.ts";
export { regoHelperNeeds, regoHelpers } from "./builtins/rego-functions.ts";
export { constToValue, NOT_OF_TYPE } from "./values/const-value.ts";
export { codePointLength, cutCodePoints, fitsCodePoints, takeCodePoints } from "./values/code-points.ts";
export { isParsedValue, sameScalar, scalarKey } from "./values/scalar.ts";
export { compareUtf8 } from "./values/compare-utf8.ts";
export { eachChild, mapChildren, shiftLocals, someNode } from "./ir/traverse.ts";
export type { ChildMapper } from "./ir/traverse.ts";
export { sha256Hex } from "./digest/sha256.ts";
export { canonicalJson } from "./values/canonical-json.ts";
export { mixed, mixedConstant } from "./values/mixed.ts";
export { stateMachineOf } from "./state/create-state-machine.ts";
export type { StateMachine } from "./state/advance.ts";
export { planTransitions } from "./state/transition-plan.ts";
export type { ActionPlan, PlannedTransition } from "./state/transition-plan.ts";
export { emptyState } from "./state/state.ts";
export type { CallInFlight, EventDocument, EventPhase, State } from "./state/state.ts";
export { viewState } from "./state/view.ts";
export { readsOf, NO_READS } from "./ir/reads-of.ts";
export { elementType, partType, typeOf } from "./ir/type-of.ts";
export type { TypeSources } from "./ir/type-of.ts";
export { I_JSON_LIMITS, readIJson, utf8Length } from "./values/read-i-json.ts";
export type { IJsonFault, IJsonLimits, IJsonResult } from "./values/read-i-json.ts";
export { checkIJsonObject } from "./values/check-i-json-object.ts";
export type { IJsonObjectFault, IJsonObjectResult } from "./values/check-i-json-object.ts";
export { createRequestValidator } from "./input/validate-request.ts";
export type { RequestResult, RequestValidator } from "./input/validate-request.ts";
export { compileReader, compileRecordReader, isJsonObject } from "./input/validate-value.ts";
export type { ReadValue } from "./input/validate-value.ts";
export type {
  CounterState,
  LabelState,
  ValidListRequest,
  ValidRequest,
  ValidState,
} from "./input/valid-request.ts";
export { cellKey, keyText } from "./values/cell-key.ts";
export { millionthsOf, printDecimal } from "./values/decimal-text.ts";
export { newJsonObject } from "./values/json-object.ts";
export { lazily } from "./values/lazily.ts";
export { quoteText } from "./values/quote-text.ts";
export { parseDuration, parseTime, printDuration, printTime } from "./values/time-text.ts";
export type { Engine, EvaluationObserver, RuleOutcome, VisibleAction } from "./evaluate/engine.ts";
export { createInterpreter } from "./evaluate/interpreter/create-interpreter.ts";
export { createEngine } from "./evaluate/create-engine.ts";
export type { EngineOptions } from "./evaluate/create-engine.ts";
export { createNativeEngine } from "./evaluate/native/create-native-engine.ts";
export { generatedAfter, whenHot } from "./evaluate/native/generate-rules.ts";
export type { NativeEngine, NativeOptions } from "./evaluate/native/create-native-engine.ts";
export type { SlotRequest as ValidCall } from "./input/slot-request.ts";
export { createWasmEngine } from "./wasm-host/create-wasm-engine.ts";
export type { WasmHostOptions } from "./wasm-host/create-wasm-engine.ts";
export { compileWasm } from "./wasm-host/wasm-instance.ts";
export type { WasmModule } from "./wasm-host/wasm-instance.ts";
export { evaluateExpression } from "./evaluate/interpreter/evaluate-expression.ts";
export type { Environment } from "./evaluate/interpreter/evaluate-expression.ts";
export { linkProgram } from "./evaluate/link-program.ts";
export type { LinkedProgram } from "./evaluate/link-program.ts";
export { fixedReason, refusal, RESULT_ALLOWED } from "./evaluate/outcome/fixed-reasons.ts";
export { obligationsOf } from "./evaluate/outcome/obligations.ts";
export { overlaps, printPlaceholder, printReason } from "./evaluate/outcome/reason.ts";
export { decodeIr, decodeIrText, IR_LIMITS, openIrText } from "./ir/decode/decode-ir.ts";
export type { GradualProgram } from "./ir/decode/gradual-program.ts";
export { rulesIn } from "./ir/rule-source.ts";
export type { Aim, RuleSource } from "./ir/rule-source.ts";
export type { DecodeResult, OpenResult } from "./ir/decode/decode-ir.ts";
export type { IrProblem } from "./ir/decode/check-program.ts";
export { MAX_EXPRESSION_COST } from "./ir/decode/infer-expression.ts";
export { MAX_EXPRESSION_DEPTH } from "./ir/form/tables.ts";
export { encodeIr, isTextOf } from "./ir/encode-ir.ts";
export { encodeValue } from "./input/encode-value.ts";
export { canonicalArgs } from "./input/canonical-args.ts";
export { printIr } from "./ir/print-ir.ts";
export { printExpression } from "./ir/print-expression.ts";
