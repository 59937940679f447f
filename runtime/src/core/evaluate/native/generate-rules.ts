// The rules of an action as generated code: the one place in Aegis where text becomes JavaScript.
//
// Nothing of a policy is in the text but integers: strings, sets and functions stand in one table and are named k0, k1, …
// Only simple nodes become code; for all others the code calls the closure of `compile-expression`, so that there is one
// meaning. It runs only for a program that its caller trusts (see `createEngine`) and where the host allows code from text.
import { builtins } from "../../builtins/builtin-registry.ts";
import { callable } from "../../builtins/define-builtin.ts";
import type { IrExpression, IrExpressionKind, IrRoot } from "../../ir/ir.ts";
import { eachChild } from "../../ir/traverse.ts";
import { scalarKey } from "../../values/scalar.ts";
import type { Value } from "../../values/value.ts";
import type { Promotion } from "./action-plan.ts";
import type { Arrangement, Member, ScopeGroup, ScopeTable } from "./arrangement.ts";
import { distinct } from "./arrangement.ts";
import type { Place } from "./compile-expression.ts";
import { compileExpression, slotOf, typeAt } from "./compile-expression.ts";
import type { OutcomeNode, OutcomeTree } from "./outcome-tree.ts";
import { advance } from "./outcome-tree.ts";
import type { RunRules } from "./flat-rules.ts";
import { stepFor } from "./flat-rules.ts";

/** Rules in one function: V8 gives up on optimising functions that are much larger, so the groups get one each. */
const MAX_RULES = 64;

/** For `createNativeEngine`: rules that are tried more than `after` times become code. Only for programs that are trusted. */
export const generatedAfter = (after: number, most = Infinity, share = Infinity): Promotion => ({
  after,
  most,
  share,
  generate: generateRules,
});

/**
 * What production does. Code costs some ten milliseconds an action until V8 has made it fast, and saves a tenth of a
 * microsecond a try.
 */
export const whenHot: Promotion = generatedAfter(20_000, 8, 16);

/** Undefined where the host forbids code from text. */
function generateRules(arrangement: Arrangement, place: Place, tree: OutcomeTree): RunRules | undefined {
  try {
    return new RulesCode(place, arrangement, tree).run();
  } catch {
    return undefined;
  }
}

/** A function of a frame and a node, from the lines of its body and the table that they name. */
function makeFunction(lines: readonly string[], constants: readonly unknown[]): RunRules {
  const body = `"use strict";
${constants.map((_, index) => `const k${index} = K[${index}];`).join("\n")}
return (f, n) => {
  const { args, agent, context, result, labels } = f;
  ${lines.join("\n  ")}
  return n;
};`;
  return (new Function("K", body) as (constants: readonly unknown[]) => RunRules)(constants);
}

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;

class RulesCode {
  /** The table: what stands in the code as `k` and an index. */
  readonly #constants: unknown[] = [];
  /** Names of variables that keep the value of a condition of several rules. */
  readonly #shared: string[] = [];
  readonly #place: Place;
  readonly #arrangement: Arrangement;
  readonly #tree: OutcomeTree;
  readonly #advance: string;
  readonly #root: string;
  readonly #known = new Map<unknown, string>();
  readonly #uses = new Map<string, number>();
  readonly #variables = new Map<string, string>();

  constructor(place: Place, arrangement: Arrangement, tree: OutcomeTree) {
    this.#place = place;
    this.#arrangement = arrangement;
    this.#tree = tree;
    this.#advance = this.constant((node: OutcomeNode, step: number) => advance(tree, node, step));
    this.#root = this.constant(tree.root);
  }

  run(): RunRules {
    const { tables, rest } = this.#arrangement;
    const groups = [...tables.flatMap((table) => [...table.groups.values()]), ...rest];
    const size = groups.reduce((sum, { members }) => sum + members.length, 0);
    const textOf = (group: ScopeGroup): string =>
      size <= MAX_RULES ? this.#members(group.members) : `n = ${this.constant(this.#apart(group))}(f, n);`;
    if (size <= MAX_RULES) this.#countUses(groups.flatMap(({ members }) => members));
    const lines = [
      ...tables.map((table) => this.#table(table, textOf)),
      ...rest.map((group) => `if (${this.text(group.scope)}) { ${textOf(group)} }`),
    ];
    return makeFunction([...this.#declared(), ...lines], this.#constants);
  }

  /** A function of its own for a part of the members, and one more for the next part. */
  #apart({ members, ...group }: ScopeGroup): RunRules {
    const code = new RulesCode(this.#place, this.#arrangement, this.#tree);
    const now = members.slice(0, MAX_RULES);
    code.#countUses(now);
    const lines = [code.#members(now)];
    if (members.length > MAX_RULES) {
      const later = this.#apart({ ...group, members: members.slice(MAX_RULES) });
      lines.push(`n = ${code.constant(later)}(f, n);`);
    }
    return makeFunction([...code.#declared(), ...lines], code.#constants);
  }

  #declared(): readonly string[] {
    return this.#shared.length === 0 ? [] : [`let ${this.#shared.join(", ")};`];
  }

  #table({ subject, many, groups }: ScopeTable, textOf: (group: ScopeGroup) => string): string {
    const entries = [...groups];
    const table = this.constant(new Map(entries.map(([constant], index) => [constant, index])));
    const cases = entries.map(([, group], index) => `case ${index}: ${textOf(group)} break;`).join("\n");
    const key = this.constant(scalarKey);
    const chosen = (item: string): string => `switch (${table}.get(${key}(${item}))) {\n${cases}\n}`;
    if (!many) return chosen(this.text(subject));
    return `for (const i of ${this.constant(distinct)}(${this.text(subject)})) ${chosen("i")}`;
  }

  #members(members: readonly Member[]): string {
    const lines = members.map((member) => {
      const step = stepFor(member);
      const test = this.text(this.#place.program.expression(member.candidate.target.when));
      if (typeof step !== "number") return `if (${test}) n = ${this.#advance}(n, ${this.constant(step)}(f));`;
      const alone = this.constant(this.#tree.alone(step));
      return `if (${test}) n = n === ${this.#root} ? ${alone} : ${this.#advance}(n, ${step});`;
    });
    return lines.join("\n");
  }

  #countUses(members: readonly Member[]): void {
    const count = (node: IrExpression): void => {
      if (isWorthSharing(node)) {
        const key = JSON.stringify(node);
        this.#uses.set(key, (this.#uses.get(key) ?? 0) + 1);
      }
      // What is inside a quantifier is left to closures.
      if (node.kind !== "quantifier") eachChild(node, count);
    };
    for (const { candidate } of members) count(this.#place.program.expression(candidate.target.when));
  }

  constant(value: unknown): string {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const name = `k${this.#constants.length}`;
    this.#constants.push(value);
    this.#known.set(value, name);
    return name;
  }

  /** An expression of JavaScript with the value of the node. */
  text(node: IrExpression): string {
    const key = isWorthSharing(node) ? JSON.stringify(node) : undefined;
    if (key === undefined || (this.#uses.get(key) ?? 0) < 2) return this.#plainText(node);
    const known = this.#variables.get(key);
    if (known !== undefined) return known;
    const text = this.#plainText(node);
    const name = `t${this.#shared.length}`;
    this.#shared.push(name);
    // Conditions are never undefined: that stands for "not asked yet".
    const asked = `(${name} === undefined ? (${name} = ${text}) : ${name})`;
    this.#variables.set(key, asked);
    return asked;
  }

  #plainText(node: IrExpression): string {
    switch (node.kind) {
      case "const":
        return this.#scalar(this.#place.program.constant(node));
      case "read":
        return this.#read(node) ?? this.#closure(node);
      case "part":
        return `${this.text(node.of)}.part(${this.constant(node.name)})`;
      case "not":
        return `!(${this.text(node.of)})`;
      case "and":
        return node.all.length === 0 ? "true" : `(${node.all.map((each) => this.text(each)).join(" && ")})`;
      case "or":
        return node.any.length === 0 ? "false" : `(${node.any.map((each) => this.text(each)).join(" || ")})`;
      case "if":
        return `(${this.text(node.condition)} ? ${this.text(node.then)} : ${this.text(node.else)})`;
      case "compare":
        return this.#compare(node);
      case "member":
        return this.#member(node);
      case "present":
        return `(${this.text(node.of)} !== undefined)`;
      case "else":
        return this.#else(node);
      case "call":
        return this.#call(node);
      case "label":
        if (node.key.length > 0) return this.#closure(node);
        return `(labels[${node.cell}] === true${node.maybe ? ` || labels[${node.cell}] === ${this.constant("maybe")}` : ""})`;
      default:
        return this.#closure(node);
    }
  }

  #closure(node: IrExpression): string {
    return `${this.constant(compileExpression(node, this.#place))}(f)`;
  }

  /** Numbers of the IR are integers; in brackets, so that `-` never meets another. */
  #scalar(value: Value): string {
    if (typeof value === "number" && Number.isSafeInteger(value)) return `(${value})`;
    return typeof value === "boolean" ? String(value) : this.constant(value);
  }

  #read({ root, path }: NodeOf<"read">): string | undefined {
    const [name] = path;
    if (name === undefined || path.length > 1) return undefined;
    return `${ROOTS[root]}[${slotOf(root, name, this.#place)}]`;
  }

  /** Absent is `undefined` alone: json may be null. */
  #else(node: NodeOf<"else">): string {
    const of = node.of.kind === "read" ? this.#read(node.of) : undefined;
    return of === undefined
      ? this.#closure(node)
      : `(${of} === undefined ? ${this.text(node.fallback)} : ${of})`;
  }

  #compare({ op, left, right }: NodeOf<"compare">): string {
    const parsed = typeAt(left, this.#place)?.kind === "parsed";
    return `(${this.#key(left, parsed)} ${OPERATORS[op]} ${this.#key(right, parsed)})`;
  }

  /** What stands for a scalar where two are compared. */
  #key(node: IrExpression, parsed: boolean): string {
    if (node.kind === "const") return this.#scalar(scalarKey(this.#place.program.constant(node)));
    return parsed ? `${this.text(node)}.canonical` : this.text(node);
  }

  #member(node: NodeOf<"member">): string {
    const { item, of } = node;
    const parsed = typeAt(item, this.#place)?.kind === "parsed";
    if (of.kind !== "const" || typeAt(of, this.#place)?.kind === "map") {
      return parsed || typeAt(of, this.#place)?.kind === "map" || typeAt(of, this.#place)?.kind === "headers"
        ? this.#closure(node)
        : `${this.text(of)}.includes(${this.text(item)})`;
    }
    const known = (this.#place.program.constant(of) as readonly Value[]).map(scalarKey);
    const subject = this.#key(item, parsed);
    // A few comparisons are cheaper than hashing; the subject is a slot, read again for each.
    if (known.length > 0 && known.length <= MAX_COMPARISONS && item.kind === "read" && !parsed)
      return `(${known.map((value) => `${subject} === ${this.#scalar(value)}`).join(" || ")})`;
    return `${this.constant(new Set(known))}.has(${subject})`;
  }

  #call(node: NodeOf<"call">): string {
    const definition = builtins.get(node.fn);
    if (definition === undefined) throw new Error("unknown builtin");
    const { program } = this.#place;
    const constants = node.args.map((arg) =>
      arg.kind === "const" ? { value: program.constant(arg) } : undefined,
    );
    const apply = this.constant(definition.specialise?.(constants) ?? callable(definition));
    return `${apply}(${node.args.map((arg) => this.text(arg)).join(", ")})`;
  }
}

const MAX_COMPARISONS = 4;
const ROOTS: { readonly [Root in IrRoot]: string } = {
  args: "args",
  agent: "agent",
  context: "context",
  result: "result",
};
const OPERATORS = { eq: "===", ne: "!==", lt: "<", le: "<=", gt: ">", ge: ">=" } as const;

/** Conditions that cost more than looking up whether they were asked already. */
function isWorthSharing(node: IrExpression): boolean {
  switch (node.kind) {
    case "call":
    case "compare":
      return node.kind === "compare" ? !isSimple(node.left) || !isSimple(node.right) : isCondition(node);
    case "and":
    case "or":
    case "member":
    case "matches":
    case "quantifier":
      return node.kind !== "quantifier" || node.op !== "count";
    default:
      return false;
  }
}

const isSimple = ({ kind }: IrExpression): boolean => kind === "read" || kind === "const";
/** Calls whose value is a condition: of the others some may be absent, which a shared variable could not tell. */
const isCondition = (node: NodeOf<"call">): boolean => {
  const result = builtins.get(node.fn)?.result;
  return typeof result === "object" && result.kind === "bool";
};
