// Expressions as tables of nodes, each with the function of the runtime that computes it.
import {
  elementType,
  type Field,
  type IrExpression,
  type IrExpressionKind,
  type IrPlace,
  type IrReads,
  type IrRoot,
  NO_READS,
  readsOf,
  required,
  RESULT_STATUS,
  STRING,
  type Type,
  typeOf,
  type TypeSources,
} from "@aegis/runtime/core";
import { encodeConstant } from "./encode-constants.ts";
import type { EncodeContext } from "./encode-context.ts";
import { compareMode, COMPARE, encodeType, keyMode } from "./encode-types.ts";
import { encodeWalk } from "./encode-walk.ts";
import { ROOT_ADDRESS, ZERO_ADDRESS } from "./header.ts";
import { encodePattern } from "./patterns/encode-pattern.ts";

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;
type Encode<Kind extends IrExpressionKind> = (
  node: NodeOf<Kind>,
  encoder: ActionEncoder,
) => readonly number[];

const EACH_ITEM = 0xffff_ffff;
const EACH_MEMBER = 0xffff_fffe;

const encoders: { readonly [Kind in IrExpressionKind]: Encode<Kind> } = {
  const: ({ type, value }, { context }) => [
    context.functions.number("op_const"),
    0,
    ...encodeConstant(type, value, context),
  ],
  read: (node, encoder) => encoder.read(node),
  local: ({ depth }, encoder) => [encoder.op("local"), depth * 8],
  field: ({ of, name }, encoder) => [
    encoder.op("field"),
    encoder.operand(of),
    offsetOf(fieldsOf(encoder.typeOf(of)), name),
  ],
  part({ of, name }, encoder) {
    const type = encoder.typeOf(of);
    if (type.kind !== "parsed") throw new RangeError("a part of what is not parsed");
    return [encoder.op("part"), encoder.operand(of), encoder.context.part(type.name, name)];
  },
  index: ({ of, key }, encoder) => [
    encoder.op("index"),
    encoder.operand(of),
    ...encoder.context.image.text(key),
  ],
  not: ({ of }, encoder) => [encoder.op("not"), encoder.operand(of)],
  and: ({ all }, encoder) => encoder.several("and", all),
  or: ({ any }, encoder) => encoder.several("or", any),
  if: (node, encoder) => [
    encoder.op("if"),
    encoder.operand(node.condition),
    encoder.operand(node.then),
    encoder.operand(node.else),
  ],
  compare({ op, left, right }, encoder) {
    const { name, swapped, opposite } = comparison(op, encoder.typeOf(left));
    return [
      encoder.op(name),
      encoder.operand(swapped ? right : left),
      encoder.operand(swapped ? left : right),
      Number(opposite),
    ];
  },
  arithmetic: ({ op, left, right }, encoder) => [
    encoder.op(op),
    encoder.operand(left),
    encoder.operand(right),
  ],
  member({ item, of }, encoder) {
    const type = encoder.typeOf(of);
    const operand = encoder.operand(item);
    const collection = encoder.operand(of);
    if (type.kind === "map") return [encoder.op("member_key"), operand, collection];
    return [encoder.op("member"), operand, collection, compareMode(elementType(type) ?? STRING)];
  },
  present: ({ of }, encoder) => [encoder.op("present"), encoder.operand(of)],
  else: ({ of, fallback }, encoder) => [encoder.op("else"), encoder.operand(of), encoder.operand(fallback)],
  quantifier: ({ op, over, body }, encoder) => [encoder.op(op), encoder.operand(over), encoder.node(body)],
  matches: ({ of, pattern }, encoder) => [
    encoder.op("matches"),
    encoder.operand(of),
    encodeWalk(encoder.typeOf(of), encoder.context),
    encoder.parent.pattern(pattern),
  ],
  call({ fn, args }, encoder) {
    const words = [encoder.context.functions.number(`fn_${fn}`)];
    for (const arg of args) words.push(encoder.operand(arg));
    if (args.length === 2 && args[0] !== undefined) words.push(operandMode(encoder.typeOf(args[0])));
    return words;
  },
  gather: ({ places }, encoder) => [
    encoder.op("gather"),
    ROOT_ADDRESS.args,
    places.length,
    ...places.map((place) => encoder.place(place)),
  ],
  cast: ({ of, type }, encoder) => [
    encoder.op("cast"),
    encoder.operand(of),
    encodeType(type, encoder.context),
  ],
  label: ({ cell, key, maybe }, encoder) => [
    encoder.op("label"),
    encoder.parent.label(cell),
    Number(maybe),
    key.length,
    ...encoder.keys(key, encoder.context.program.labels[cell]?.key ?? []),
  ],
  counter: ({ cell, key }, encoder) => [
    encoder.op("counter"),
    encoder.parent.counter(cell),
    0,
    key.length,
    ...encoder.keys(key, encoder.context.program.counters[cell]?.key ?? []),
  ],
  fact: ({ path, name }, encoder) => encoder.parent.factWords(path, name),
};

/** The runtime knows what is equal and what is less; all else is that of the operands the other way round, or its opposite. */
function comparison(
  op: NodeOf<"compare">["op"],
  type: Type,
): { readonly name: string; readonly swapped: boolean; readonly opposite: boolean } {
  if (op !== "eq" && op !== "ne")
    return { name: "less", swapped: op === "gt" || op === "le", opposite: op === "le" || op === "ge" };
  const mode = compareMode(type);
  const by = mode === COMPARE.number ? "number" : mode === COMPARE.text ? "text" : "parsed";
  return { name: `eq_${by}`, swapped: false, opposite: op === "ne" };
}

/** Of a scalar, or of the elements of a collection. */
const operandMode = (type: Type): number => compareMode(elementType(type) ?? type);

function fieldsOf(type: Type | undefined): readonly Field[] {
  if (type?.kind !== "record") throw new RangeError("a field of what is no record");
  return type.fields;
}

/** In a record of the runtime. */
function offsetOf(fields: readonly Field[], name: string): number {
  const index = fields.findIndex((field) => field.name === name);
  if (index < 0) throw new RangeError("a field that is not declared");
  return index * 8;
}

/** What was made for a key, or now is. A list would find what others put on `Object.prototype`. */
function once<Key, T>(known: Map<Key, T>, key: Key, make: () => T): T {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}

/** Encodes the expressions of a program; those that depend on the arguments of an action once for all that have the same. */
export class ExpressionEncoder {
  readonly context: EncodeContext;
  readonly sources: TypeSources;
  /** Nodes that are the same for every action. */
  readonly anywhere = new Map<IrExpression, number>();
  #last: { readonly action: number; readonly encoder: ActionEncoder } | undefined;
  /** By parameters and result, which a program that was read has once, however many actions have them. */
  readonly #byTypes = new Map<readonly Field[], Map<Type, ActionEncoder>>();
  readonly #constants = new Map<NodeOf<"const">, number>();
  readonly #reads = new Map<number, IrReads>();
  readonly #patterns = new Map<number, number>();
  readonly #labels = new Map<number, number>();
  readonly #counters = new Map<number, number>();

  constructor(context: EncodeContext) {
    this.context = context;
    this.sources = { counters: context.program.counters, parsedTypes: context.parsedTypes };
  }

  /** Address of an expression as it stands for an action. */
  expression(index: number, action: number): number {
    const expression = this.context.program.expressions[index];
    if (expression === undefined) throw new RangeError("the program names an expression that does not exist");
    return this.#encoder(action).node(expression);
  }

  /** Like `expression`; 0 for a condition that always holds, an odd address where several must. */
  condition(index: number, action: number): number {
    const expression = this.context.program.expressions[index];
    if (expression?.kind === "const" && expression.value === true) return 0;
    return this.expression(index, action) + Number(expression?.kind === "and");
  }

  /** Rules are encoded action by action: mostly it is the one of before. */
  #encoder(action: number): ActionEncoder {
    if (this.#last?.action === action) return this.#last.encoder;
    const found = this.context.program.actions[action];
    if (found === undefined) throw new RangeError("the program names an action that does not exist");
    const { params, result } = found;
    const byResult = once(this.#byTypes, params, () => new Map<Type, ActionEncoder>());
    const encoder = once(byResult, result, () => new ActionEncoder(this, params, result));
    this.#last = { action, encoder };
    return encoder;
  }

  /** As an operand. */
  constant(node: NodeOf<"const">): number {
    const known = this.#constants.get(node);
    if (known !== undefined) return known;
    const address = this.context.image.words(encodeConstant(node.type, node.value, this.context));
    const operand = address * 32 + (ZERO_ADDRESS - ROOT_ADDRESS.args) + 2;
    this.#constants.set(node, operand);
    return operand;
  }

  pattern(index: number): number {
    return once(this.#patterns, index, () =>
      encodePattern(this.context.program.patterns[index]?.pattern ?? "", this.context),
    );
  }

  label(cell: number): number {
    const label = this.context.program.labels[cell];
    if (label === undefined) throw new RangeError("the program names a label that does not exist");
    return once(this.#labels, cell, () => this.#cell(label, false));
  }

  counter(cell: number): number {
    const counter = this.context.program.counters[cell];
    if (counter === undefined) throw new RangeError("the program names a counter that does not exist");
    return once(this.#counters, cell, () => this.#cell(counter, counter.type === "decimal"));
  }

  #cell(
    { id, scope, key }: { readonly id: string; readonly scope: string; readonly key: readonly Type[] },
    decimal: boolean,
  ): number {
    const { image } = this.context;
    return image.words([
      ...image.text(id),
      Number(scope === "session"),
      Number(key.length > 0),
      Number(decimal),
      0,
    ]);
  }

  factWords(path: string, name: string): readonly number[] {
    const { image, program, functions } = this.context;
    const fact = program.facts.find((each) => each.name === name);
    if (fact === undefined) throw new RangeError("the program names a fact that does not exist");
    const type = encodeType(fact.type, this.context);
    return [functions.number("op_fact"), type, ...image.text(path), ...image.text(name)];
  }

  /** What an expression by itself names. */
  readsOf(index: number): IrReads {
    const known = this.#reads.get(index);
    if (known !== undefined) return known;
    const expression = this.context.program.expressions[index];
    const found = expression === undefined ? NO_READS : readsOf(expression);
    this.#reads.set(index, found);
    return found;
  }

  /** Address of what a rule names; 0 when that is nothing. */
  reads({ labels, counters, facts, context }: IrReads): number {
    if (labels.length + counters.length + facts.length + context.length === 0) return 0;
    this.context.need("unreadable");
    this.context.need("undecided");
    return this.context.image.words([
      labels.length,
      counters.length,
      facts.length,
      context.length,
      ...labels.map((cell) => this.label(cell)),
      ...counters.map((cell) => this.counter(cell)),
      ...facts.map(({ path, fact }) => this.context.image.words(this.factWords(path, fact))),
      ...context.map((name) => this.contextOffset(name)),
    ]);
  }

  /** Of an attribute in the record of the context; -1 where it is not declared. */
  contextOffset(name: string): number {
    const index = this.context.program.context.findIndex((field) => field.name === name);
    return index < 0 ? -1 : index * 8;
  }
}

/** Encodes expressions where they stand for actions of the same parameters and result. */
class ActionEncoder {
  readonly parent: ExpressionEncoder;
  readonly context: EncodeContext;
  readonly #params: readonly Field[];
  readonly #result: Type;
  readonly #known = new Map<IrExpression, number>();
  /** Whether what is being encoded depends on the action. */
  #readsCall = false;

  constructor(parent: ExpressionEncoder, params: readonly Field[], result: Type) {
    this.parent = parent;
    this.context = parent.context;
    this.#params = params;
    this.#result = result;
  }

  /** Number of the runtime's function for a kind of node. */
  op(name: string): number {
    return this.context.functions.operation(name);
  }

  /** A program that was read has one node for all the places where an expression stands: each is encoded once. */
  node(node: IrExpression): number {
    const anywhere = this.parent.anywhere.get(node);
    if (anywhere !== undefined) return anywhere;
    const known = this.#known.get(node);
    if (known !== undefined) {
      this.#readsCall = true;
      return known;
    }
    const before = this.#readsCall;
    this.#readsCall = false;
    const encode = encoders[node.kind] as Encode<IrExpressionKind>;
    const address = this.context.image.words(encode(node as never, this));
    (this.#readsCall ? this.#known : this.parent.anywhere).set(node, address);
    this.#readsCall ||= before;
    return address;
  }

  /** The words of a node that stands for any number of conditions. */
  several(kind: "and" | "or", nodes: readonly IrExpression[]): readonly number[] {
    const words = [this.op(kind), nodes.length];
    for (const node of nodes) words.push(this.node(node));
    return words;
  }

  /** A node, or for a constant and a field of a root what the runtime knows by the lowest bits of an address. */
  operand(node: IrExpression): number {
    if (node.kind === "const") return this.parent.constant(node);
    const first = node.kind === "read" && node.path.length === 1 ? node.path[0] : undefined;
    if (node.kind !== "read" || first === undefined) return this.node(node);
    return (
      offsetOf(this.#rootFields(node.root), first) * 32 + (ROOT_ADDRESS[node.root] - ROOT_ADDRESS.args) + 2
    );
  }

  typeOf(node: IrExpression): Type {
    const type = typeOf(node, this.parent.sources);
    if (type === undefined) throw new RangeError("an expression without a type");
    return type;
  }

  #rootFields(root: IrRoot): readonly Field[] {
    const { program } = this.context;
    switch (root) {
      case "args":
        this.#readsCall = true;
        return this.#params;
      case "agent":
        return program.agent;
      case "context":
        return program.context;
      case "result":
        this.#readsCall = true;
        return [
          { name: "status", type: RESULT_STATUS },
          { name: "value", type: this.#result },
        ];
    }
  }

  read({ root, path: [first, ...rest] }: NodeOf<"read">): readonly number[] {
    const address = ROOT_ADDRESS[root];
    if (first === undefined) return [this.op("root"), address];
    let fields = this.#rootFields(root);
    if (rest.length === 0) return [this.op("read"), address, offsetOf(fields, first)];
    let place = this.operand({ kind: "read", root, path: [first], type: STRING });
    let words: readonly number[] = [];
    let name = first;
    for (const next of rest) {
      if (words.length > 0) place = this.context.image.words(words);
      const type = fields.find((field) => field.name === name)?.type;
      fields = fieldsOf(type === undefined ? undefined : required(type));
      words = [this.op("field"), place, offsetOf(fields, next)];
      name = next;
    }
    return words;
  }

  keys(nodes: readonly IrExpression[], types: readonly Type[]): readonly number[] {
    return nodes.flatMap((node, index) => [this.node(node), keyMode(types[index] ?? STRING)]);
  }

  place({ path, part }: IrPlace): number {
    let at: Type = { kind: "record", fields: this.#rootFields("args"), open: true };
    const steps = path.map((step) => {
      const here: Type = required(at);
      if (typeof step === "string") {
        const fields = fieldsOf(here);
        at = fields.find((field) => field.name === step)?.type ?? at;
        return offsetOf(fields, step);
      }
      at = here.kind === "list" || here.kind === "set" || here.kind === "map" ? here.of : STRING;
      return here.kind === "list" || here.kind === "set" ? EACH_ITEM : EACH_MEMBER;
    });
    const found = required(at);
    const of = part === null || found.kind !== "parsed" ? 0 : this.context.part(found.name, part);
    return this.context.image.words([of, steps.length, ...steps]);
  }
}
