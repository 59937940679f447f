// IR expressions as lines of Rego bodies: conditions that hold or not, and values bound to variables.
//
// Values have one form in all generated files: numbers are integers, a parsed value is an object of text, canonical form and parts,
// lists and sets are arrays, maps, headers and records are objects in which what is absent has no member, and an
// optional value is an array of none or one. So every expression is defined, and arguments of calls are variables,
// constants or calls of total functions: a reference that could be undefined would switch the rule off in silence.
import {
  builtins,
  type IrExpression,
  type IrExpressionKind,
  type IrPlace,
  type IrProgram,
  type Type,
  typeOf as typeOfNode,
} from "@aegis/runtime/core";
import { parsedTypes } from "@aegis/runtime/facts";
import { comprehension, indent, member, predicate, regoString, rule } from "./print-rego.ts";
import {
  collectLocals,
  elementType,
  fromPlain,
  functionRule,
  isTextual,
  isVariable,
  mentions,
} from "./written-text.ts";
import type { Scope } from "./scope.ts";
import { writePattern } from "./write-pattern.ts";
import { writeConstant } from "./write-constant.ts";
import { WrittenOnce } from "./written-once.ts";

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;

/** Lines that always succeed, and a term that is defined after them. */
export interface Written {
  readonly lines: readonly string[];
  readonly term: string;
}
/** Lines that succeed iff the condition holds. */
type Condition = readonly string[];

const NEGATED = { eq: "ne", ne: "eq", lt: "ge", le: "gt", gt: "le", ge: "lt" } as const;
const OPERATORS = { eq: "==", ne: "!=", lt: "<", le: "<=", gt: ">", ge: ">=" } as const;
const FALSE: Condition = ["false"];

/** What the expressions of one file need beside the file itself. */
export interface Surroundings {
  readonly program: IrProgram;
  /** Name of the function that reads JSON as a type, such as `types.t4`; undefined where the JSON does not fit. */
  readonly validator: (type: Type) => string;
  /** Name of the function that gives the set of texts inside a value; null where there can be none. */
  readonly texts: (type: Type) => string | null;
}

export class ExpressionWriter {
  /** Rules that conditions called for; they belong into the same file. */
  readonly helpers: string[] = [];
  readonly #program: IrProgram;
  readonly #validator: (type: Type) => string;
  readonly #texts: (type: Type) => string | null;
  readonly #once = new WrittenOnce();
  #next = 1;

  constructor({ program, validator, texts }: Surroundings) {
    this.#texts = texts;
    this.#program = program;
    this.#validator = validator;
  }

  condition(node: IrExpression, scope: Scope): Condition {
    switch (node.kind) {
      case "const":
        return node.value === true ? [] : FALSE;
      case "not":
        return this.negation(node.of, scope);
      case "and": {
        const lines: string[] = [];
        for (const each of node.all) lines.push(...this.condition(each, scope));
        return lines;
      }
      case "or":
        return this.#alternatives(node.any, scope);
      case "if":
        return this.#alternatives(
          [
            { kind: "and", all: [node.condition, node.then] },
            { kind: "and", all: [{ kind: "not", of: node.condition }, node.else] },
          ],
          scope,
        );
      case "compare":
        return this.#compare(node, node.op, scope);
      case "member":
        return this.#member(node, "in", scope);
      case "present": {
        const { lines, term } = this.value(node.of, scope);
        return [...lines, `count(${term}) == 1`];
      }
      case "quantifier":
        return this.#quantified(node, scope);
      case "matches": {
        const { lines, term } = this.value(node.of, scope);
        return [...lines, ...this.#matches(this.#typeOf(node.of), term, node, scope)];
      }
      case "label":
        return this.#label(node, scope);
      case "call": {
        const { lines, text } = this.#call(node, scope);
        return [...lines, text];
      }
      default: {
        const { lines, term } = this.value(node, scope);
        return [...lines, `${term} == true`];
      }
    }
  }

  /** Lines that succeed iff the condition does not hold. */
  negation(node: IrExpression, scope: Scope): Condition {
    switch (node.kind) {
      case "const":
        return node.value === true ? FALSE : [];
      case "not":
        return this.condition(node.of, scope);
      case "or":
        return node.any.flatMap((each) => this.negation(each, scope));
      case "compare":
        return this.#compare(node, NEGATED[node.op], scope);
      case "member":
        return this.#member(node, "not in", scope);
      case "present": {
        const { lines, term } = this.value(node.of, scope);
        return [...lines, `count(${term}) == 0`];
      }
      case "call": {
        const { lines, text } = this.#call(node, scope);
        return [...lines, `not ${text}`];
      }
      case "read":
      case "local":
      case "part":
      case "else":
      case "field":
      case "fact": {
        const { lines, term } = this.value(node, scope);
        return [...lines, `${term} == false`];
      }
      default:
        return [`not ${this.#helper(node, scope)}`];
    }
  }

  value(node: IrExpression, scope: Scope): Written {
    return (this.#values[node.kind] as (node: IrExpression, scope: Scope) => Written)(node, scope);
  }

  readonly #values: {
    readonly [Kind in IrExpressionKind]: (node: NodeOf<Kind>, scope: Scope) => Written;
  } = {
    const: ({ type, value }) => {
      const term = writeConstant(type, value);
      return { lines: [], term: type.kind === "optional" ? `[${term}]` : term };
    },
    read: (node, scope) => this.#maybe(this.#once.reference(node), node.type, scope),
    local: ({ depth }, scope) => ({ lines: [], term: scope.at(depth).name }),
    field: (node, scope) => this.#step(node.of, node.name, node, scope),
    part: (node, scope) => this.#step(node.of, node.name, node, scope),
    index: (node, scope) => this.#step(node.of, node.key, node, scope),
    not: (node, scope) => this.#truth(node, scope),
    and: (node, scope) => this.#truth(node, scope),
    or: (node, scope) => this.#truth(node, scope),
    compare: (node, scope) => this.#truth(node, scope),
    member: (node, scope) => this.#truth(node, scope),
    present: (node, scope) => this.#truth(node, scope),
    matches: (node, scope) => this.#truth(node, scope),
    label: (node, scope) => this.#truth(node, scope),
    if: (node, scope) => this.#choice(node, scope),
    arithmetic: ({ op, left, right }, scope) => {
      const a = this.value(left, scope);
      const b = this.value(right, scope);
      const term = scope.fresh("v");
      const text = {
        add: `lib.clamp(${a.term} + ${b.term})`,
        sub: `lib.clamp(${a.term} - ${b.term})`,
        mul: `lib.clamp(${a.term} * ${b.term})`,
        mod: `((${a.term} % ${b.term}) + ${b.term}) % ${b.term}`,
      }[op];
      return { lines: [...a.lines, ...b.lines, `${term} := ${text}`], term };
    },
    else: ({ of, fallback }, scope) => {
      const value = this.value(of, scope);
      const other = this.value(fallback, scope);
      const term = scope.fresh("v");
      return {
        lines: [...value.lines, ...other.lines, `${term} := array.concat(${value.term}, [${other.term}])[0]`],
        term,
      };
    },
    quantifier: (node, scope) => {
      if (node.op !== "count") return this.#truth(node, scope);
      const over = this.value(node.over, scope);
      const [index, item, term] = [scope.fresh("i"), scope.fresh("x"), scope.fresh("v")];
      const inner = scope.inner({ name: item, type: elementType(this.#typeOf(node.over)) });
      const body = this.condition(node.body, inner);
      // Positions are counted, not solutions: a condition may hold in several ways.
      const usesItem = body.some((line) => mentions(line, item));
      const bound = usesItem ? `some ${index}, ${item} in ${over.term}` : `some ${index}, _ in ${over.term}`;
      const found = comprehension("{}", index, [bound, ...body]);
      return { lines: [...over.lines, `${term} := count(${found})`], term };
    },
    call: (node, scope) => {
      const type = this.#typeOf(node);
      if (type.kind === "bool") return this.#truth(node, scope);
      const { lines, text } = this.#call(node, scope);
      const term = scope.fresh("v");
      return { lines: [...lines, `${term} := ${fromPlain(type, text, scope)}`], term };
    },
    gather: ({ places }, scope) => {
      const term = scope.fresh("v");
      const found = places.map((place) => this.#place(place, scope));
      const [first = "[]", ...rest] = found;
      return {
        lines: [`${term} := ${rest.reduce((all, each) => `array.concat(${all}, ${each})`, first)}`],
        term,
      };
    },
    cast: ({ of, type }, scope) => {
      const json = this.value(of, scope);
      const [item, term] = [scope.fresh("x"), scope.fresh("v")];
      const fit = `[${item} | ${item} := ${this.#validator(type)}(${json.term})]`;
      return { lines: [...json.lines, `${term} := ${fit}`], term };
    },
    counter: ({ cell, key }, scope) => {
      const counter = this.#program.counters[cell];
      const id = regoString(counter?.id ?? "");
      if (key.length === 0) return scope.hold(`object.get(state.counters, ${id}, 0)`);
      const cells = scope.hold(`object.get(state.counters, ${id}, {})`);
      const name = this.#key(key, counter?.key ?? [], scope);
      const term = scope.fresh("v");
      return {
        lines: [...cells.lines, ...name.lines, `${term} := object.get(${cells.term}, ${name.term}, 0)`],
        term,
      };
    },
    fact: ({ name, path, type }, scope) =>
      this.#maybe(member(`request.facts[${regoString(path)}]`, name), type, scope),
  };

  /** What stands at a reference: itself, or for an optional type an array of none or one. */
  #maybe(reference: string, type: Type, scope: Scope): Written {
    if (type.kind !== "optional") return scope.hold(reference);
    const item = scope.fresh("x");
    return scope.hold(`[${item} | ${item} := ${reference}]`);
  }

  /** A member of a value. What may be absent is looked up by a function: OPA refuses references that a constant lacks. */
  #step(of: IrExpression, name: string, node: IrExpression, scope: Scope): Written {
    const base = this.value(of, scope);
    const holder = isVariable(base.term) ? base : this.#bind(base, scope);
    const optional = this.#typeOf(node).kind === "optional";
    const found = scope.hold(
      optional ? `lib.member(${holder.term}, ${regoString(name)})` : member(holder.term, name),
    );
    return { lines: [...holder.lines, ...found.lines], term: found.term };
  }

  #bind({ lines, term }: Written, scope: Scope): Written {
    const name = scope.fresh("v");
    return { lines: [...lines, `${name} := ${term}`], term: name };
  }

  /** Any of the conditions: a rule with one body for each. */
  #alternatives(nodes: readonly IrExpression[], scope: Scope): Condition {
    if (nodes.length === 0) return FALSE;
    if (nodes.length === 1 && nodes[0] !== undefined) return this.condition(nodes[0], scope);
    const locals = this.#localsOf({ kind: "or", any: nodes }, scope);
    const name = this.#name();
    const call = locals.length === 0 ? name : `${name}(${locals.join(", ")})`;
    for (const node of nodes) {
      const body = this.condition(node, scope.separate());
      if (locals.length === 0) this.helpers.push(predicate(call, body));
      else this.helpers.push(functionRule(name, locals, body));
    }
    return [call];
  }

  /** A rule or function that holds iff the condition does. */
  #helper(node: IrExpression, scope: Scope): string {
    const locals = this.#localsOf(node, scope);
    const name = this.#name();
    const body = this.condition(node, scope.separate());
    if (locals.length === 0) {
      this.helpers.push(predicate(name, body));
      return name;
    }
    this.helpers.push(functionRule(name, locals, body));
    return `${name}(${locals.join(", ")})`;
  }

  /** A condition as a value: true or false. */
  #truth(node: IrExpression, scope: Scope): Written {
    const locals = this.#localsOf(node, scope);
    const name = this.#name();
    const body = this.condition(node, scope.separate());
    const lines = body;
    if (locals.length === 0) {
      this.helpers.push(`default ${name} := false`, predicate(name, lines));
      return scope.hold(name);
    }
    const params = locals.map((local) => (lines.some((line) => mentions(line, local)) ? local : "_"));
    this.helpers.push(
      `default ${name}(${locals.map(() => "_").join(", ")}) := false`,
      predicate(`${name}(${params.join(", ")})`, lines),
    );
    return scope.hold(`${name}(${locals.join(", ")})`);
  }

  #choice(node: NodeOf<"if">, scope: Scope): Written {
    if (this.#typeOf(node).kind === "bool") return this.#truth(node, scope);
    const locals = this.#localsOf(node, scope);
    const name = this.#name();
    const branch = (condition: Condition, value: IrExpression, inner: Scope): void => {
      const found = this.value(value, inner);
      const wraps = this.#typeOf(node).kind === "optional" && this.#typeOf(value).kind !== "optional";
      const written = { lines: found.lines, term: wraps ? `[${found.term}]` : found.term };
      const lines = [...condition, ...written.lines];
      const params = locals.map((local) =>
        [...lines, written.term].some((line) => mentions(line, local)) ? local : "_",
      );
      const head = locals.length === 0 ? name : `${name}(${params.join(", ")})`;
      this.helpers.push(rule(`${head} := ${written.term}`, lines));
    };
    const then = scope.separate();
    branch(this.condition(node.condition, then), node.then, then);
    const otherwise = scope.separate();
    branch(this.negation(node.condition, otherwise), node.else, otherwise);
    return scope.hold(locals.length === 0 ? name : `${name}(${locals.join(", ")})`);
  }

  #compare(node: NodeOf<"compare">, op: NodeOf<"compare">["op"], scope: Scope): Condition {
    const left = beginning(this.#scalar(node.left, scope), scope);
    const right = this.#scalar(node.right, scope);
    return [...left.lines, ...right.lines, `${left.term} ${OPERATORS[op]} ${right.term}`];
  }

  /** A scalar as equality sees it: parsed values by canonical text. */
  #scalar(node: IrExpression, scope: Scope): Written {
    if (node.kind === "const") return { lines: [], term: this.#once.constant(node) };
    const type = this.#typeOf(node);
    const { lines, term } = this.value(node, scope);
    return { lines, term: type.kind === "parsed" ? `${term}.canonical` : term };
  }

  #member(node: NodeOf<"member">, op: "in" | "not in", scope: Scope): Condition {
    const item = beginning(this.#scalar(node.item, scope), scope);
    const over = this.#plain(node.of, scope);
    const kind = this.#typeOf(node.of).kind;
    const keyed = kind === "map" || kind === "headers";
    const where = keyed ? `object.keys(${over.term})` : over.term;
    const test = `${item.term} in ${where}`;
    return [...item.lines, ...over.lines, op === "in" ? test : `not ${test}`];
  }

  #quantified(node: NodeOf<"quantifier">, scope: Scope): Condition {
    if (node.op === "count") return FALSE;
    const over = this.value(node.over, scope);
    const item = scope.fresh("x");
    const inner = scope.inner({ name: item, type: elementType(this.#typeOf(node.over)) });
    const body = this.condition(node.body, inner);
    const bound = body.some((line) => mentions(line, item)) ? item : "_";
    if (node.op === "any") return [...over.lines, `some ${bound} in ${over.term}`, ...body];
    if (body.length === 0) return [...over.lines, `count(${over.term}) >= 0`];
    // A body without the element still needs one to be named.
    const named = bound === "_" ? [`${item} == ${item}`, ...body] : body;
    return [...over.lines, `every ${item} in ${over.term} {\n${indent(named)}\n}`];
  }

  #matches(type: Type, term: string, node: NodeOf<"matches">, scope: Scope): Condition {
    const texts = this.#texts(type);
    const alone = type.kind === "string" || type.kind === "parsed";
    if (!alone && texts === null) return FALSE;
    const pattern = writePattern(this.#program.patterns[node.pattern]?.pattern ?? "", scope);
    const text = type.kind === "string" ? term : type.kind === "parsed" ? `${term}.text` : scope.fresh("x");
    const each = alone ? [] : [`some ${text} in ${texts ?? ""}(${term})`];
    return [...each, ...pattern.lines, `regex.match(${pattern.term}, ${text})`];
  }

  #label(node: NodeOf<"label">, scope: Scope): Condition {
    const label = this.#program.labels[node.cell];
    const cell = scope.hold(`object.get(state.labels, ${regoString(label?.id ?? "")}, false)`);
    if (node.key.length === 0) {
      return [...cell.lines, node.maybe ? `${cell.term} != false` : `${cell.term} == true`];
    }
    const key = this.#key(node.key, label?.key ?? [], scope);
    const test = node.maybe ? "lib.maybe_has" : "lib.surely_has";
    return [...cell.lines, ...key.lines, `${test}(${cell.term}, ${key.term})`];
  }

  /** The canonical text of the key of a cell: of one scalar, or the JSON array of several. */
  #key(key: readonly IrExpression[], types: readonly Type[], scope: Scope): Written {
    const { lines, texts } = this.keyTexts(key, types, scope);
    const [only] = texts;
    if (texts.length === 1 && only !== undefined) return { lines, term: only };
    return { lines, term: `lib.text_list([${texts.join(", ")}])` };
  }

  /** The canonical texts of the scalars that are the key of a cell. */
  keyTexts(
    key: readonly IrExpression[],
    types: readonly Type[],
    scope: Scope,
  ): { readonly lines: readonly string[]; readonly texts: readonly string[] } {
    const lines: string[] = [];
    const texts = key.map((each, index) => {
      const written = this.#scalar(each, scope);
      lines.push(...written.lines);
      const type = types[index] ?? this.#typeOf(each);
      if (type.kind === "decimal") return `lib.decimal_text(${written.term})`;
      return isTextual(type) ? written.term : `lib.scalar_text(${written.term})`;
    });
    return { lines, texts };
  }

  /** All values at a place of the arguments, or their part. */
  #place({ path, part }: IrPlace, scope: Scope): string {
    const item = scope.fresh("x");
    const steps = path.reduce<string>(
      (base, step) => (typeof step === "string" ? member(base, step) : `${base}[_]`),
      "request.args",
    );
    if (part === null) return `[${item} | ${item} := ${steps}]`;
    const found = scope.fresh("x");
    return `[${item} | ${found} := ${steps}; some ${item} in lib.part(${found}, ${regoString(part)})]`;
  }

  #call(node: NodeOf<"call">, scope: Scope): { readonly lines: readonly string[]; readonly text: string } {
    const definition = builtins.get(node.fn);
    if (definition === undefined) throw new RangeError("the program names a builtin that does not exist");
    const args = node.args.map((arg) => this.#plain(arg, scope));
    const text = definition.rego(args.map(({ term }) => term));
    return {
      lines: args.flatMap(({ lines }) => lines),
      text: text.includes("aegis_") ? text.replace(/\baegis_(\w+)\(/g, "lib.aegis_$1(") : text,
    };
  }

  /** A value as builtins take it: parsed values as canonical text. */
  #plain(node: IrExpression, scope: Scope): Written {
    if (node.kind === "const") return { lines: [], term: this.#once.constant(node) };
    const type = this.#typeOf(node);
    const written = this.value(node, scope);
    if (type.kind === "parsed") return { lines: written.lines, term: `${written.term}.canonical` };
    const element = type.kind === "list" || type.kind === "set" || type.kind === "map" ? type.of : undefined;
    if (element?.kind !== "parsed") return written;
    const item = scope.fresh("x");
    const key = scope.fresh("i");
    return {
      lines: written.lines,
      term:
        type.kind === "map"
          ? `{${key}: ${item}.canonical | some ${key}, ${item} in ${written.term}}`
          : `[${item}.canonical | some ${item} in ${written.term}]`,
    };
  }

  #typeOf(node: IrExpression): Type {
    const type = typeOfNode(node, { counters: this.#program.counters, parsedTypes });
    if (type === undefined) throw new RangeError("an expression has no type");
    return type;
  }

  #name(): string {
    return `_c${this.#next++}`;
  }

  /** The locals that an expression uses, outermost first. */
  #localsOf(node: IrExpression, scope: Scope): string[] {
    if (scope.locals.length === 0) return [];
    const used = new Set<number>();
    collectLocals(node, 0, used);
    return scope.locals
      .map(({ name }, position) => ({ name, depth: scope.locals.length - 1 - position }))
      .filter(({ depth }) => used.has(depth))
      .map(({ name }) => name);
  }
}

/** A term that may begin a line: to Rego a minus there goes on with the line before. */
function beginning({ lines, term }: Written, scope: Scope): Written {
  if (!term.startsWith("-")) return { lines, term };
  const held = scope.fresh("v");
  return { lines: [...lines, `${held} := ${term}`], term: held };
}
