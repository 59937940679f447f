// Declarations checked on demand and remembered: each is reported once, wherever it is used first.
import { ExternalReads } from "../analysis/external-reads.ts";
import { printType } from "@aegis/runtime/core";
import type { ConstValue, RecordType, Type } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type { ResolvedModule, ResolvedProgram } from "../../resolver/resolved-program.ts";
import type { Span } from "../../source/span.ts";
import type { Expression, WherePresent } from "../../syntax/expression.ts";
import type { Checkers, Variable } from "../check-context.ts";
import { bareContext } from "../check-context.ts";
import type { CheckedLabel } from "../checked-program.ts";
import { ERROR, isError } from "../checked.ts";
import { checkAlone, checkCondition } from "../expressions/check.ts";
import type { Constant, DeclaredOf, Declarations, FunctionInfo } from "./declarations.ts";

type ConstantLike = DeclaredOf<"const" | "data" | "param">;
const FAILED_CONSTANT: Constant = { type: ERROR };

export function createDeclarations(
  program: ResolvedProgram,
  sink: DiagnosticSink,
  checkers: Checkers,
  external = new ExternalReads(),
): Declarations {
  const modules = new Map<object, ResolvedModule>();
  for (const module of program.modules) for (const item of module.module.items) modules.set(item, module);
  const constants = new Map<object, Constant | "open">();
  const functions = new Map<object, FunctionInfo | "open">();
  const labels = new Map<object, CheckedLabel>();
  const records = new Map<number, RecordType>();

  const evaluate = (node: Expression, type: Type | null, module: ResolvedModule, place: string): Constant => {
    const context = bareContext(checkers, declarations, module, sink, place);
    const checked = checkAlone(context, node, type);
    if (isError(checked.type)) return FAILED_CONSTANT;
    if (checked.constant === undefined) {
      sink.report(
        typeDiagnostics["not-constant"](node.span, {
          hint: `${place} is known when the policy is compiled: a literal, or what is computed from literals`,
        }),
      );
      return FAILED_CONSTANT;
    }
    return { type: sized(type ?? checked.type, checked.constant), value: checked.constant };
  };

  const constantOf = (declared: ConstantLike, name: string, usedAt: Span): Constant => {
    if (declared.kind !== "const" && declared.value !== null)
      return { type: sized(declared.type, declared.value), value: declared.value };
    if (declared.kind === "data") {
      if (constants.has(declared.node)) return FAILED_CONSTANT;
      constants.set(declared.node, FAILED_CONSTANT);
      sink.report(
        typeDiagnostics["no-value"](usedAt, {
          name,
          hint: `give the data of \`${declared.package}.${declared.node.name.text}\` in the project`,
        }),
      );
      return FAILED_CONSTANT;
    }
    const known = constants.get(declared.node);
    if (known === "open") {
      sink.report(typeDiagnostics["constant-cycle"](usedAt, { name }));
      return FAILED_CONSTANT;
    }
    if (known !== undefined) return known;
    const module = modules.get(declared.node);
    if (module === undefined) return FAILED_CONSTANT;
    constants.set(declared.node, "open");
    const type =
      declared.kind === "param"
        ? declared.type
        : declared.node.type === null
          ? null
          : module.typeOf(declared.node.type, sink);
    const constant = evaluate(
      declared.node.value,
      type,
      module,
      declared.kind === "param" ? "a parameter's value" : "a constant",
    );
    constants.set(declared.node, constant);
    return constant;
  };

  const functionOf = (declared: DeclaredOf<"fn">): FunctionInfo | undefined => {
    const { node } = declared;
    const known = functions.get(node);
    if (known !== undefined) return known === "open" ? undefined : known;
    const module = modules.get(node);
    if (module === undefined) return undefined;
    functions.set(node, "open");
    const params = node.params.map((field) => ({
      name: field.name.text,
      type: module.typeOf(field.type, sink),
    }));
    const result = module.typeOf(node.result, sink);
    const emptyTruth = { positive: false, negative: false };
    const variables = new Map<string, Variable>(
      params.map(({ name, type }) => [name, { type, meaning: { kind: "parameter", name }, key: `$${name}` }]),
    );
    const context = {
      ...bareContext(checkers, declarations, module, sink, "a function"),
      variables,
      loosens: "when-true" as const,
      emptyTruth,
    };
    if (result.kind === "bool") checkCondition(context, node.body);
    else checkAlone(context, node.body, result, `the function gives \`${printType(result)}\``);
    const info: FunctionInfo = {
      function: { name: node.name.text, params, result, body: node.body, types: context.types },
      emptyTruth,
    };
    functions.set(node, info);
    return info;
  };

  const labelOf = (declared: DeclaredOf<"label">): CheckedLabel => {
    const { node } = declared;
    const known = labels.get(node);
    if (known !== undefined) return known;
    const module = modules.get(node);
    const label: CheckedLabel = {
      id: `${declared.package}.${node.name.text}`,
      declaration: node,
      scope: node.scope,
      key: module === undefined ? [] : node.keys.map((field) => module.typeOf(field.type, sink)),
      max: node.max ?? DEFAULT_LABEL_KEYS,
      transitions: [],
    };
    labels.set(node, label);
    return label;
  };

  const declarations: Declarations = {
    program,
    sink,
    external,
    guardKeys: new WeakMap<WherePresent, string>(),
    agent: { kind: "record", fields: program.agent, open: true },
    context: { kind: "record", fields: program.context, open: true },
    constant: constantOf,
    function: functionOf,
    label: labelOf,
    argsOf: (action) => {
      const known = records.get(action);
      if (known !== undefined) return known;
      const type = program.actions[action];
      const record: RecordType = { kind: "record", fields: type?.params ?? [], open: type?.open ?? false };
      records.set(action, record);
      return record;
    },
    resultOf: (action) => program.actions[action]?.result ?? { kind: "json" },
  };
  return declarations;
}

/** Most keys of a label that declares no `max`. */
const DEFAULT_LABEL_KEYS = 1000;

/** A constant collection is as large as it is: that keeps the bound on work small. */
const sized = (type: Type, value: ConstValue): Type =>
  (type.kind === "list" || type.kind === "set" || type.kind === "map") && Array.isArray(value)
    ? { ...type, max: Math.max(1, value.length) }
    : type;
