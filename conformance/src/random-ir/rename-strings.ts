// Every string of a program and of its requests renamed alike: what they mean must not depend on how they are spelt.
import {
  compareUtf8,
  mapChildren,
  RESULT_STATUS,
  type ConstValue,
  type Field,
  type IrExpression,
  type IrProgram,
  type JsonValue,
  type Type,
} from "@aegis/runtime/core";

export type Rename = (text: string) => string;

/** Names that the request's contract fixes, in `agent`, `context` and `result`. */
const FIXED = new Set(["id", "roles", "time", "session", "status", "value"]);

/**
 * The program with each of its strings renamed: names of tools, actions, fields, members, cells, rules, packages, patterns,
 * roles and channels, texts, and constants of type string. Parsed values, header names and patterns have a grammar, and stay.
 */
export function renameProgram(program: IrProgram, rename: Rename): IrProgram {
  const pointer = (path: string): string =>
    path
      .split("/")
      .map((step, at) => (at < 2 || step === "*" ? step : escaped(rename(unescaped(step)))))
      .join("/");
  const type = (each: Type): Type => renameType(each, rename);
  const fields = (list: readonly Field[], fixed = false): Field[] =>
    list.map((each) => renameField(each, rename, fixed));
  const key = (list: readonly Type[]): Type[] => list.map(type);
  const expression = (node: IrExpression): IrExpression =>
    renameNode(mapChildren(node, expression), rename, pointer);
  return {
    ...program,
    packages: program.packages.map((each) => ({ ...each, name: rename(each.name) })),
    agent: fields(program.agent, true),
    context: fields(program.context, true),
    facts: program.facts.map((each) => ({ name: rename(each.name), type: type(each.type) })),
    actions: program.actions.map((each) => ({
      ...each,
      tool: rename(each.tool),
      action: rename(each.action),
      params: fields(each.params),
      result: type(each.result),
    })),
    patterns: program.patterns.map((each) => ({ ...each, name: rename(each.name) })),
    expressions: program.expressions.map(expression),
    labels: program.labels.map((label) => ({
      ...label,
      id: renameId(label.id, rename),
      key: key(label.key),
      transitions: label.transitions.map((each) => ({
        ...each,
        rules: each.rules?.map((id) => renameId(id, rename)) ?? null,
      })),
    })),
    counters: program.counters.map((counter) => ({
      ...counter,
      id: renameId(counter.id, rename),
      key: key(counter.key),
    })),
    stateDigest: rename(program.stateDigest),
    rules: program.rules.map((rule) => ({
      ...rule,
      id: renameId(rule.id, rename),
      hint: rule.hint === null ? null : rename(rule.hint),
      targets: rule.targets.map((target) => ({
        ...target,
        reads: renameReads(target.reads, rename, pointer),
        redactions: target.redactions.map((each) => ({
          ...each,
          path: pointer(each.path),
          with:
            each.with.kind === "replace"
              ? { kind: "replace", value: renameJson(each.with.value as JsonValue, rename) }
              : each.with,
        })),
      })),
      waivers: rule.waivers.map((each) => ({
        ...each,
        id: renameId(each.id, rename),
        reads: each.reads.map((reads) => renameReads(reads, rename, pointer)),
      })),
      reason:
        rule.reason?.map((part) =>
          part.kind === "text"
            ? { kind: "text", text: rename(part.text) }
            : { ...part, path: pointer(part.path) },
        ) ?? null,
      approval: rule.approval && {
        ...rule.approval,
        via: rule.approval.via.map(rename),
        by: rule.approval.by.map(({ role, user, count }) => ({
          ...(role === undefined ? {} : { role: rename(role) }),
          ...(user === undefined ? {} : { user: rename(user) }),
          count,
        })),
      },
    })),
  };
}

/** `package.name`, each part renamed, so that the package of a rule stays its package. */
export const renameId = (id: string, rename: Rename): string => {
  const at = id.indexOf(".");
  return `${rename(id.slice(0, at))}.${rename(id.slice(at + 1))}`;
};

/** Of JSON that is no part of a contract: every key and every string. */
export function renameJson(value: JsonValue, rename: Rename): JsonValue {
  if (typeof value === "string") return rename(value);
  if (Array.isArray(value)) return value.map((each: JsonValue) => renameJson(each, rename));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [rename(key), renameJson(each as JsonValue, rename)]),
  );
}

/** Sets of constants are sorted. */
const inOrder = (left: ConstValue, right: ConstValue): number =>
  typeof left === "string" && typeof right === "string" ? compareUtf8(left, right) : 0;

const unescaped = (step: string): string => step.replaceAll("~1", "/").replaceAll("~0", "~");
const escaped = (step: string): string => step.replaceAll("~", "~0").replaceAll("/", "~1");

function renameField({ name, type, default: value, ...rest }: Field, rename: Rename, fixed: boolean): Field {
  return {
    ...rest,
    name: fixed && FIXED.has(name) ? name : rename(name),
    type: renameType(type, rename),
    ...(value === undefined ? {} : { default: renameConst(type, value, rename) }),
  };
}

function renameType(type: Type, rename: Rename): Type {
  switch (type.kind) {
    case "enum":
      return { ...type, members: type.name === RESULT_STATUS.name ? type.members : type.members.map(rename) };
    case "list":
    case "set":
    case "map":
    case "optional":
      return { ...type, of: renameType(type.of, rename) } as Type;
    case "record":
      return { ...type, fields: type.fields.map((each) => renameField(each, rename, false)) };
    default:
      return type;
  }
}

function renameConst(type: Type, value: ConstValue, rename: Rename): ConstValue {
  switch (type.kind) {
    case "string":
    case "enum":
    case "json":
      return typeof value === "string" ? rename(value) : value;
    case "list":
    case "set":
      return Array.isArray(value)
        ? (value as ConstValue[]).map((each) => renameConst(type.of, each, rename)).sort(inOrder)
        : value;
    case "optional":
      return renameConst(type.of, value, rename);
    default:
      return value;
  }
}

function renameNode(node: IrExpression, rename: Rename, pointer: Rename): IrExpression {
  switch (node.kind) {
    case "const":
      return {
        ...node,
        type: renameType(node.type, rename),
        value: renameConst(node.type, node.value, rename),
      };
    case "read": {
      const fixed = node.root !== "args";
      const path = node.path.map((step, at) => (fixed && at === 0 && FIXED.has(step) ? step : rename(step)));
      return { ...node, path, type: node.root === "result" ? node.type : renameType(node.type, rename) };
    }
    case "local":
    case "cast":
      return { ...node, type: renameType(node.type, rename) };
    case "field":
      return { ...node, name: rename(node.name) };
    case "index":
      return { ...node, key: rename(node.key) };
    case "gather":
      return {
        ...node,
        places: node.places.map((place) => ({
          ...place,
          path: place.path.map((step) => (typeof step === "string" ? rename(step) : step)),
        })),
      };
    case "fact":
      return {
        ...node,
        name: rename(node.name),
        path: pointer(node.path),
        type: renameType(node.type, rename),
      };
    default:
      return node;
  }
}

const renameReads = (
  reads: IrProgram["rules"][number]["targets"][number]["reads"],
  rename: Rename,
  pointer: Rename,
): typeof reads => ({
  ...reads,
  facts: reads.facts.map((each) => ({ path: pointer(each.path), fact: rename(each.fact) })),
});
