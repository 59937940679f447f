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
  type TypeSources,
} from "@aegis/runtime/core";
import { parsedTypes } from "@aegis/runtime/facts";
import { comprehension, indent, member, regoString, rule } from "./print-rego.ts";
import {
  callOf,
  collectLocals,
  elementType,
  fromPlain,
  functionRule,
  isTextual,
  isVariable,
  mentions,
  parameters,
} from "./written-text.ts";
import type { Body } from "./body.ts";
import { writePattern } from "./write-pattern.ts";
import { writeConstant } from "./write-constant.ts";
import { WrittenOnce } from "./written-once.ts";

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;

const NEGATED = { eq: "ne", ne: "eq", lt: "ge", le: "gt", gt: "le", ge: "lt" } as const;
const OPERATORS = { eq: "==", ne: "!=", lt: "<", le: "<=", gt: ">", ge: ">=" } as const;

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
  readonly #sources: TypeSources;
  readonly #validator: (type: Type) => string;
  readonly #texts: (type: Type) => string | null;
  readonly #once = new WrittenOnce();
  #next = 1;

  constructor({ program, validator, texts }: Surroundings) {
    this.#texts = texts;
    this.#program = program;
    this.#sources = { counters: program.counters, parsedTypes };
    this.#validator = validator;
  }

  /** Adds lines that succeed iff the condition holds. */
  condition(node: IrExpression, body: Body): void {
    switch (node.kind) {
      case "const":
        if (node.value !== true) body.lines.push("false");
        break;
      case "not":
        this.negation(node.of, body);
        break;
      case "and":
        for (const each of node.all) this.condition(each, body);
        break;
      case "or":
        this.#alternatives(node.any, body);
        break;
      case "if":
        this.#alternatives(
          [
            { kind: "and", all: [node.condition, node.then] },
            { kind: "and", all: [{ kind: "not", of: node.condition }, node.else] },
          ],
          body,
        );
        break;
      case "compare":
        this.#compare(node, node.op, body);
        break;
      case "member":
        this.#member(node, "in", body);
        break;
      case "present":
        body.lines.push(`count(${this.value(node.of, body)}) == 1`);
        break;
      case "quantifier":
        this.#quantified(node, body);
        break;
      case "matches":
        this.#matches(node, body);
        break;
      case "label":
        this.#label(node, body);
        break;
      case "call":
        body.lines.push(this.#call(node, body));
        break;
      default:
        body.lines.push(`${this.value(node, body)} == true`);
    }
  }

  /** Adds lines that succeed iff the condition does not hold. */
  negation(node: IrExpression, body: Body): void {
    switch (node.kind) {
      case "const":
        if (node.value === true) body.lines.push("false");
        break;
      case "not":
        this.condition(node.of, body);
        break;
      case "or":
        for (const each of node.any) this.negation(each, body);
        break;
      case "compare":
        this.#compare(node, NEGATED[node.op], body);
        break;
      case "member":
        this.#member(node, "not in", body);
        break;
      case "present":
        body.lines.push(`count(${this.value(node.of, body)}) == 0`);
        break;
      case "call":
        body.lines.push(`not ${this.#call(node, body)}`);
        break;
      case "read":
      case "local":
      case "part":
      case "else":
      case "field":
      case "fact":
        body.lines.push(`${this.value(node, body)} == false`);
        break;
      default:
        body.lines.push(`not ${this.#helper(node, body)}`);
    }
  }

  /** A term; adds lines that always succeed, and after which it is defined. */
  value(node: IrExpression, body: Body): string {
    return (this.#values[node.kind] as (node: IrExpression, body: Body) => string)(node, body);
  }

  readonly #values: {
    readonly [Kind in IrExpressionKind]: (node: NodeOf<Kind>, body: Body) => string;
  } = {
    const: ({ type, value }) => {
      const term = writeConstant(type, value);
      return type.kind === "optional" ? `[${term}]` : term;
    },
    read: (node, body) => this.#maybe(this.#once.reference(node), node.type, body),
    local: ({ depth }, body) => body.at(depth).name,
    field: (node, body) => this.#step(node.of, node.name, node, body),
    part: (node, body) => this.#step(node.of, node.name, node, body),
    index: (node, body) => this.#step(node.of, node.key, node, body),
    not: (node, body) => this.#truth(node, body),
    and: (node, body) => this.#truth(node, body),
    or: (node, body) => this.#truth(node, body),
    compare: (node, body) => this.#truth(node, body),
    member: (node, body) => this.#truth(node, body),
    present: (node, body) => this.#truth(node, body),
    matches: (node, body) => this.#truth(node, body),
    label: (node, body) => this.#truth(node, body),
    if: (node, body) => this.#choice(node, body),
    arithmetic: ({ op, left, right }, body) => {
      const a = this.value(left, body);
      const b = this.value(right, body);
      const text = {
        add: `lib.clamp(${a} + ${b})`,
        sub: `lib.clamp(${a} - ${b})`,
        mul: `lib.clamp(${a} * ${b})`,
        mod: `((${a} % ${b}) + ${b}) % ${b}`,
      }[op];
      return body.bind(text);
    },
    else: ({ of, fallback }, body) => {
      const value = this.value(of, body);
      const other = this.value(fallback, body);
      return body.bind(`array.concat(${value}, [${other}])[0]`);
    },
    quantifier: (node, body) => {
      if (node.op !== "count") return this.#truth(node, body);
      const over = this.value(node.over, body);
      const [index, item, term] = [body.fresh("i"), body.fresh("x"), body.fresh("v")];
      const inner = body.inner({ name: item, type: elementType(this.#typeOf(node.over)) });
      this.condition(node.body, inner);
      // Positions are counted, not solutions: a condition may hold in several ways.
      const usesItem = inner.lines.some((line) => mentions(line, item));
      const bound = usesItem ? `some ${index}, ${item} in ${over}` : `some ${index}, _ in ${over}`;
      body.lines.push(`${term} := count(${comprehension("{}", index, [bound, ...inner.lines])})`);
      return term;
    },
    call: (node, body) => {
      const type = this.#typeOf(node);
      if (type.kind === "bool") return this.#truth(node, body);
      const text = this.#call(node, body);
      const term = body.fresh("v");
      body.lines.push(`${term} := ${fromPlain(type, text, body)}`);
      return term;
    },
    gather: ({ places }, body) => {
      const term = body.fresh("v");
      const found = places.map((place) => this.#place(place, body));
      const [first = "[]", ...rest] = found;
      body.lines.push(`${term} := ${rest.reduce((all, each) => `array.concat(${all}, ${each})`, first)}`);
      return term;
    },
    cast: ({ of, type }, body) => {
      const json = this.value(of, body);
      const item = body.fresh("x");
      return body.bind(`[${item} | ${item} := ${this.#validator(type)}(${json})]`);
    },
    counter: ({ cell, key }, body) => {
      const counter = this.#program.counters[cell];
      const id = regoString(counter?.id ?? "");
      if (key.length === 0) return body.hold(`object.get(state.counters, ${id}, 0)`);
      const cells = body.hold(`object.get(state.counters, ${id}, {})`);
      const name = this.#key(key, counter?.key ?? [], body);
      return body.bind(`object.get(${cells}, ${name}, 0)`);
    },
    fact: ({ name, path, type }, body) =>
      this.#maybe(member(`request.facts[${regoString(path)}]`, name), type, body),
  };

  /** What stands at a reference: itself, or for an optional type an array of none or one. */
  #maybe(reference: string, type: Type, body: Body): string {
    if (type.kind !== "optional") return body.hold(reference);
    const item = body.fresh("x");
    return body.bind(`[${item} | ${item} := ${reference}]`);
  }

  /** A member of a value. What may be absent is looked up by a function: OPA refuses references that a constant lacks. */
  #step(of: IrExpression, name: string, node: IrExpression, body: Body): string {
    const base = this.value(of, body);
    const holder = isVariable(base) ? base : body.bind(base);
    const optional = this.#typeOf(node).kind === "optional";
    return body.hold(optional ? `lib.member(${holder}, ${regoString(name)})` : member(holder, name));
  }

  /** Any of the conditions: a rule with one body for each. */
  #alternatives(nodes: readonly IrExpression[], body: Body): void {
    if (nodes.length === 0) {
      body.lines.push("false");
      return;
    }
    if (nodes.length === 1 && nodes[0] !== undefined) {
      this.condition(nodes[0], body);
      return;
    }
    const locals = this.#localsOf({ kind: "or", any: nodes }, body);
    const name = this.#name();
    for (const node of nodes) this.helpers.push(functionRule(name, locals, this.#separately(node, body)));
    body.lines.push(callOf(name, locals));
  }

  /** A rule or function that holds iff the condition does. */
  #helper(node: IrExpression, body: Body): string {
    const locals = this.#localsOf(node, body);
    const name = this.#name();
    this.helpers.push(functionRule(name, locals, this.#separately(node, body)));
    return callOf(name, locals);
  }

  /** A condition as a value: true or false. */
  #truth(node: IrExpression, body: Body): string {
    const locals = this.#localsOf(node, body);
    const name = this.#name();
    const lines = this.#separately(node, body);
    const wildcards = locals.map(() => "_");
    this.helpers.push(`default ${callOf(name, wildcards)} := false`, functionRule(name, locals, lines));
    return body.hold(callOf(name, locals));
  }

  /** The lines of a condition in a body of its own. */
  #separately(node: IrExpression, body: Body): readonly string[] {
    const own = body.separate();
    this.condition(node, own);
    return own.lines;
  }

  #choice(node: NodeOf<"if">, body: Body): string {
    if (this.#typeOf(node).kind === "bool") return this.#truth(node, body);
    const locals = this.#localsOf(node, body);
    const name = this.#name();
    const branch = (value: IrExpression, own: Body): void => {
      const found = this.value(value, own);
      const wraps = this.#typeOf(node).kind === "optional" && this.#typeOf(value).kind !== "optional";
      const term = wraps ? `[${found}]` : found;
      const params = parameters(locals, [...own.lines, term]);
      this.helpers.push(rule(`${callOf(name, params)} := ${term}`, own.lines));
    };
    const then = body.separate();
    this.condition(node.condition, then);
    branch(node.then, then);
    const otherwise = body.separate();
    this.negation(node.condition, otherwise);
    branch(node.else, otherwise);
    return body.hold(callOf(name, locals));
  }

  #compare(node: NodeOf<"compare">, op: NodeOf<"compare">["op"], body: Body): void {
    const left = beginning(this.#scalar(node.left, body), body);
    const right = this.#scalar(node.right, body);
    body.lines.push(`${left} ${OPERATORS[op]} ${right}`);
  }

  /** A scalar as equality sees it: parsed values by canonical text. */
  #scalar(node: IrExpression, body: Body): string {
    if (node.kind === "const") return this.#once.constant(node);
    const term = this.value(node, body);
    return this.#typeOf(node).kind === "parsed" ? `${term}.canonical` : term;
  }

  #member(node: NodeOf<"member">, op: "in" | "not in", body: Body): void {
    const item = beginning(this.#scalar(node.item, body), body);
    const over = this.#plain(node.of, body);
    const kind = this.#typeOf(node.of).kind;
    const keyed = kind === "map" || kind === "headers";
    const test = `${item} in ${keyed ? `object.keys(${over})` : over}`;
    body.lines.push(op === "in" ? test : `not ${test}`);
  }

  #quantified(node: NodeOf<"quantifier">, body: Body): void {
    const { lines } = body;
    if (node.op === "count") {
      lines.push("false");
      return;
    }
    const over = this.value(node.over, body);
    const item = body.fresh("x");
    const inner = body.inner({ name: item, type: elementType(this.#typeOf(node.over)) });
    this.condition(node.body, inner);
    const isNamed = inner.lines.some((line) => mentions(line, item));
    if (node.op === "any") lines.push(`some ${isNamed ? item : "_"} in ${over}`, ...inner.lines);
    else if (inner.lines.length === 0) lines.push(`count(${over}) >= 0`);
    else {
      // A body without the element still needs one to be named.
      const named = isNamed ? inner.lines : [`${item} == ${item}`, ...inner.lines];
      lines.push(`every ${item} in ${over} {\n${indent(named)}\n}`);
    }
  }

  #matches(node: NodeOf<"matches">, body: Body): void {
    const term = this.value(node.of, body);
    const type = this.#typeOf(node.of);
    const texts = this.#texts(type);
    const alone = type.kind === "string" || type.kind === "parsed";
    if (!alone && texts === null) {
      body.lines.push("false");
      return;
    }
    const pattern = writePattern(this.#program.patterns[node.pattern]?.pattern ?? "", body);
    const text = type.kind === "string" ? term : type.kind === "parsed" ? `${term}.text` : body.fresh("x");
    if (!alone) body.lines.push(`some ${text} in ${texts ?? ""}(${term})`);
    body.lines.push(...pattern.lines, `regex.match(${pattern.term}, ${text})`);
  }

  #label(node: NodeOf<"label">, body: Body): void {
    const label = this.#program.labels[node.cell];
    const cell = body.hold(`object.get(state.labels, ${regoString(label?.id ?? "")}, false)`);
    if (node.key.length === 0) {
      body.lines.push(node.maybe ? `${cell} != false` : `${cell} == true`);
      return;
    }
    const key = this.#key(node.key, label?.key ?? [], body);
    body.lines.push(`${node.maybe ? "lib.maybe_has" : "lib.surely_has"}(${cell}, ${key})`);
  }

  /** The canonical text of the key of a cell: of one scalar, or the JSON array of several. */
  #key(key: readonly IrExpression[], types: readonly Type[], body: Body): string {
    const texts = this.keyTexts(key, types, body);
    const [only] = texts;
    return texts.length === 1 && only !== undefined ? only : `lib.text_list([${texts.join(", ")}])`;
  }

  /** The canonical texts of the scalars that are the key of a cell. */
  keyTexts(key: readonly IrExpression[], types: readonly Type[], body: Body): readonly string[] {
    return key.map((each, index) => {
      const term = this.#scalar(each, body);
      const type = types[index] ?? this.#typeOf(each);
      if (type.kind === "decimal") return `lib.decimal_text(${term})`;
      return isTextual(type) ? term : `lib.scalar_text(${term})`;
    });
  }

  /** All values at a place of the arguments, or their part. */
  #place({ path, part }: IrPlace, body: Body): string {
    const item = body.fresh("x");
    const steps = path.reduce<string>(
      (base, step) => (typeof step === "string" ? member(base, step) : `${base}[_]`),
      "request.args",
    );
    if (part === null) return `[${item} | ${item} := ${steps}]`;
    const found = body.fresh("x");
    return `[${item} | ${found} := ${steps}; some ${item} in lib.part(${found}, ${regoString(part)})]`;
  }

  #call(node: NodeOf<"call">, body: Body): string {
    const definition = builtins.get(node.fn);
    if (definition === undefined) throw new RangeError("the program names a builtin that does not exist");
    const text = definition.rego(node.args.map((arg) => this.#plain(arg, body)));
    return text.includes("aegis_") ? text.replace(/\baegis_(\w+)\(/g, "lib.aegis_$1(") : text;
  }

  /** A value as builtins take it: parsed values as canonical text. */
  #plain(node: IrExpression, body: Body): string {
    if (node.kind === "const") return this.#once.constant(node);
    const type = this.#typeOf(node);
    const term = this.value(node, body);
    if (type.kind === "parsed") return `${term}.canonical`;
    const element = type.kind === "list" || type.kind === "set" || type.kind === "map" ? type.of : undefined;
    if (element?.kind !== "parsed") return term;
    const item = body.fresh("x");
    const key = body.fresh("i");
    return type.kind === "map"
      ? `{${key}: ${item}.canonical | some ${key}, ${item} in ${term}}`
      : `[${item}.canonical | some ${item} in ${term}]`;
  }

  #typeOf(node: IrExpression): Type {
    const type = typeOfNode(node, this.#sources);
    if (type === undefined) throw new RangeError("an expression has no type");
    return type;
  }

  #name(): string {
    return `_c${this.#next++}`;
  }

  /** The locals that an expression uses, outermost first. */
  #localsOf(node: IrExpression, { locals }: Body): readonly string[] {
    if (locals.length === 0) return NO_LOCALS;
    const used = new Set<number>();
    collectLocals(node, 0, used);
    return locals
      .map(({ name }, position) => ({ name, depth: locals.length - 1 - position }))
      .filter(({ depth }) => used.has(depth))
      .map(({ name }) => name);
  }
}

const NO_LOCALS: readonly string[] = [];

/** A term that may begin a line: to Rego a minus there goes on with the line before. */
const beginning = (term: string, body: Body): string => (term.startsWith("-") ? body.bind(term) : term);
