// Well-typed IR expressions at random: every kind of node, every builtin, over a fixed set of places to read.
import {
  acceptsArguments,
  BOOL,
  builtins,
  type ConstValue,
  DECIMAL,
  INT,
  type IrCounter,
  type IrExpression,
  type IrLabel,
  type IrPlace,
  isOrdered,
  isScalar,
  JSON_TYPE,
  listOf,
  optional,
  printType,
  required,
  resultType,
  sameType,
  STRING,
  type Type,
  typeOf,
} from "@aegis/runtime/core";
import { parsedTypes } from "@aegis/runtime/facts";
import { HOSTILE_NAMES } from "./json-text.ts";
import type { Random } from "./random.ts";
import { NOON } from "./value-text.ts";

export type Read = Extract<IrExpression, { kind: "read" }>;

/** What expressions may name. */
export interface Vocabulary {
  /** Reads that are valid in every action of the program. */
  readonly reads: readonly Read[];
  readonly facts: readonly Extract<IrExpression, { kind: "fact" }>[];
  readonly labels: readonly IrLabel[];
  readonly counters: readonly IrCounter[];
  /** Number of patterns. */
  readonly patterns: number;
  readonly places: readonly { readonly type: Type; readonly place: IrPlace }[];
}

export class ExpressionGenerator {
  readonly #random: Random;
  readonly #vocabulary: Vocabulary;
  #locals: Type[] = [];

  constructor(random: Random, vocabulary: Vocabulary) {
    this.#random = random;
    this.#vocabulary = vocabulary;
  }

  /** An expression of the type; deeper ones are larger. */
  of(type: Type, depth: number): IrExpression {
    const random = this.#random;
    if (type.kind === "optional") return this.#optional(type.of, depth) ?? this.#absent(type.of);
    const leaves = this.#leaves(type);
    if (depth <= 0)
      return random.chance(0.7) && leaves.length > 0 ? random.pick(leaves) : this.constant(type);
    const choice = random.below(10);
    if (choice < 2) return leaves.length > 0 ? random.pick(leaves) : this.constant(type);
    if (choice === 2 && isScalar(type)) {
      return {
        kind: "if",
        condition: this.of(BOOL, depth - 1),
        then: this.of(type, depth - 1),
        else: this.of(type, depth - 1),
      };
    }
    if (choice < 5) {
      const called = this.#call(type, depth);
      if (called !== undefined) return called;
    }
    if (choice < 7) {
      const maybe = this.#optional(type, depth - 1);
      if (maybe !== undefined) return { kind: "else", of: maybe, fallback: this.of(type, depth - 1) };
    }
    return this.#special(type, depth) ?? (leaves.length > 0 ? random.pick(leaves) : this.constant(type));
  }

  constant(type: Type): IrExpression {
    return { kind: "const", type, value: this.#constantValue(type) };
  }

  #constantValue(type: Type): ConstValue {
    const random = this.#random;
    switch (type.kind) {
      case "bool":
        return random.chance(0.5);
      case "int":
        return Math.max(
          type.min ?? -Infinity,
          Math.min(type.max ?? Infinity, random.pick([0, 1, 2, -3, 50, 9007199254740991])),
        );
      case "decimal":
        return Math.max(
          type.min ?? -Infinity,
          Math.min(type.max ?? Infinity, random.pick([0, 1_500_000, 400_000, -1, 9007199254740991])),
        );
      case "time":
        return random.pick([NOON, 0, NOON - 86_400_000, 253402300799999]);
      case "duration":
        return random.pick([0, 1, 3_600_000, -500, 86_400_000]);
      case "string":
        return [
          ...random.pick(["main", "release/", "a", "", "Authorization", "x-a", "1.5", ...HOSTILE_NAMES]),
        ]
          .slice(0, type.max)
          .join("");
      case "enum":
        return random.pick(type.members);
      case "parsed": {
        const definition = parsedTypes.get(type.name);
        return random.pick(definition?.examples.valid ?? []).canonical;
      }
      case "list":
        return random.times(random.below(3), () => this.#constantValue(type.of));
      case "set":
        return [...new Set(random.times(random.below(3), () => this.#constantValue(type.of)))].sort();
      case "record":
        return type.fields
          .flatMap((field): [string, ConstValue][] =>
            field.type.kind === "optional" ? [] : [[field.name, this.#constantValue(field.type)]],
          )
          .sort(([left], [right]) => (left < right ? -1 : 1));
      case "json":
        return "x";
      default:
        return [];
    }
  }

  #leaves(type: Type): IrExpression[] {
    const reads = this.#vocabulary.reads.filter((read) => sameType(read.type, type));
    const facts = this.#vocabulary.facts.filter((fact) => sameType(fact.type, type));
    const locals = this.#locals.flatMap((local, index): IrExpression[] => {
      const node: IrExpression = { kind: "local", depth: this.#locals.length - 1 - index, type: local };
      if (sameType(local, type)) return [node];
      return local.kind === "record" ? this.#fields(node, local, type) : [];
    });
    const records = this.#vocabulary.reads.flatMap((read): IrExpression[] => {
      if (read.type.kind !== "optional" || read.type.of.kind !== "record") return [];
      if (!read.type.of.fields.some((field) => sameType(field.type, type))) return [];
      const fallback = this.constant(read.type.of);
      return this.#fields({ kind: "else", of: read, fallback }, read.type.of, type);
    });
    return [...reads, ...facts, ...locals, ...locals, ...records];
  }

  #fields(of: IrExpression, record: Extract<Type, { kind: "record" }>, type: Type): IrExpression[] {
    return record.fields.flatMap((field) =>
      sameType(field.type, type) ? [{ kind: "field" as const, of, name: field.name }] : [],
    );
  }

  #absent(type: Type): IrExpression {
    return { kind: "cast", of: this.#json(), type };
  }

  #json(): IrExpression {
    const found = this.#leaves(JSON_TYPE);
    return found.length > 0 ? this.#random.pick(found) : { kind: "const", type: JSON_TYPE, value: "x" };
  }

  /** Something of type `type?`. */
  #optional(type: Type, depth: number): IrExpression | undefined {
    const random = this.#random;
    const found: IrExpression[] = this.#leaves(optional(type));
    if (random.chance(0.2) && castable(type)) found.push(this.#absent(type));
    for (const [name, definition] of parsedTypes) {
      for (const [part, { type: of }] of Object.entries(definition.parts)) {
        if (of.kind === "optional" && sameType(of.of, type) && depth > 0 && random.chance(0.3)) {
          found.push({ kind: "part", of: this.of({ kind: "parsed", name }, depth - 1), name: part });
        }
      }
    }
    for (const read of this.#vocabulary.reads) {
      if (read.type.kind === "map" && sameType(read.type.of, type)) {
        found.push({ kind: "index", of: read, key: random.pick(HOSTILE_NAMES) });
      }
      if (read.type.kind === "headers" && type.kind === "string") {
        found.push({ kind: "index", of: read, key: random.pick(["authorization", "x-a"]) });
      }
      if (read.type.kind === "record") {
        for (const field of read.type.fields) {
          if (field.type.kind === "optional" && sameType(field.type.of, type)) {
            found.push({ kind: "field", of: read, name: field.name });
          }
        }
      }
    }
    return found.length === 0 ? undefined : random.pick(found);
  }

  /** A call of some builtin with this result. */
  #call(type: Type, depth: number): IrExpression | undefined {
    const random = this.#random;
    const fitting = [...builtins.values()].flatMap((definition) =>
      definition.examples.flatMap(({ args }) => {
        const types = args.map((each) => each.type);
        return sameType(resultType(definition, types), type) ? [{ definition, types }] : [];
      }),
    );
    if (fitting.length === 0) return undefined;
    const { definition, types } = random.pick(fitting);
    const args = types.map((each, index) =>
      definition.params[index]?.constant === true ? this.constant(each) : this.of(each, depth - 1),
    );
    // Bounds of what was generated may be wider than those of the example.
    const given = args.flatMap(
      (arg) => typeOf(arg, { counters: this.#vocabulary.counters, parsedTypes }) ?? [],
    );
    return acceptsArguments(definition, given) ? { kind: "call", fn: definition.name, args } : undefined;
  }

  #special(type: Type, depth: number): IrExpression | undefined {
    switch (type.kind) {
      case "bool":
        return this.#condition(depth);
      case "int":
        return this.#random.chance(0.5)
          ? this.#arithmetic(type, depth)
          : (this.#counter("int", depth) ?? this.#count(depth));
      case "decimal":
        return this.#counter("decimal", depth) ?? this.#arithmetic(type, depth);
      case "time":
      case "duration":
        return this.#arithmetic(type, depth);
      case "list": {
        const places = this.#vocabulary.places.filter((each) => sameType(each.type, type.of));
        if (places.length === 0) return undefined;
        return { kind: "gather", type: type.of, places: places.map(({ place }) => place) };
      }
      default: {
        for (const [name, definition] of parsedTypes) {
          for (const [part, { type: of }] of Object.entries(definition.parts)) {
            if (sameType(of, type) && this.#random.chance(0.3)) {
              return { kind: "part", of: this.of({ kind: "parsed", name }, depth - 1), name: part };
            }
          }
        }
        return undefined;
      }
    }
  }

  #arithmetic(type: Type, depth: number): IrExpression {
    const op = this.#random.pick(["add", "sub", "mul", "mod"] as const);
    const left = this.of(type.kind === "time" ? type : type, depth - 1);
    const constant = (value: number): IrExpression => ({ kind: "const", type: INT, value });
    if (type.kind === "time") {
      const by: IrExpression = this.of({ kind: "duration" }, depth - 1);
      return { kind: "arithmetic", op: op === "sub" ? "sub" : "add", left, right: by };
    }
    if (op === "mul")
      return { kind: "arithmetic", op, left, right: constant(this.#random.pick([2, -3, 0, 1_000_000])) };
    if (op === "mod") return { kind: "arithmetic", op, left, right: constant(this.#random.pick([1, 2, 7])) };
    return { kind: "arithmetic", op, left, right: this.of(type, depth - 1) };
  }

  #key(types: readonly Type[], depth: number): IrExpression[] {
    return types.map((type) => this.of(type, depth - 1));
  }

  #counter(type: "int" | "decimal", depth: number): IrExpression | undefined {
    const fitting = this.#vocabulary.counters.flatMap((counter, cell) =>
      counter.type === type ? [{ counter, cell }] : [],
    );
    if (fitting.length === 0) return undefined;
    const { counter, cell } = this.#random.pick(fitting);
    return { kind: "counter", cell, key: this.#key(counter.key, depth) };
  }

  #collection(depth: number): { readonly over: IrExpression; readonly of: Type } {
    const found = this.#vocabulary.reads.flatMap((read) =>
      read.type.kind === "list" || read.type.kind === "set"
        ? [{ over: read as IrExpression, of: read.type.of }]
        : [],
    );
    const made = this.#random.chance(0.15) ? this.#call(listOf(STRING), depth) : undefined;
    if (made !== undefined) return { over: made, of: STRING };
    if (this.#random.chance(0.2)) {
      const of = this.#random.pick([STRING, { kind: "parsed", name: "host" } as const]);
      return { over: this.of(listOf(of), depth - 1), of };
    }
    return this.#random.pick(found);
  }

  #count(depth: number): IrExpression {
    return this.#quantifier("count", depth);
  }

  #quantifier(op: "any" | "all" | "count", depth: number): IrExpression {
    const { over, of } = this.#collection(depth);
    this.#locals.push(of);
    const body = this.#random.chance(0.6) ? this.#aboutLocal(of, depth) : this.of(BOOL, depth - 1);
    this.#locals.pop();
    return { kind: "quantifier", op, over, body };
  }

  /** A condition that reads the innermost variable. */
  #aboutLocal(of: Type, depth: number): IrExpression {
    const local: IrExpression = { kind: "local", depth: 0, type: of };
    if (of.kind === "record") {
      const field = this.#random.pick(of.fields);
      const value: IrExpression = { kind: "field", of: local, name: field.name };
      if (field.type.kind === "optional") return { kind: "present", of: value };
      return { kind: "compare", op: "eq", left: value, right: this.of(field.type, depth - 1) };
    }
    if (!isScalar(of)) return this.of(BOOL, depth - 1);
    const op = this.#random.pick(isOrdered(of) ? (["lt", "ge", "eq"] as const) : (["eq", "ne"] as const));
    return { kind: "compare", op, left: local, right: this.of(of, depth - 1) };
  }

  #condition(depth: number): IrExpression {
    const random = this.#random;
    const { labels, reads, patterns } = this.#vocabulary;
    switch (random.below(12)) {
      case 0:
        return { kind: "not", of: this.of(BOOL, depth - 1) };
      case 1:
        return { kind: "and", all: random.times(2 + random.below(2), () => this.of(BOOL, depth - 1)) };
      case 2:
        return { kind: "or", any: random.times(2 + random.below(2), () => this.of(BOOL, depth - 1)) };
      case 3:
        return this.#quantifier(random.pick(["any", "all"]), depth);
      case 4: {
        if (labels.length === 0) return this.constant(BOOL);
        const cell = random.below(labels.length);
        return {
          kind: "label",
          cell,
          key: this.#key(labels[cell]?.key ?? [], depth),
          maybe: random.chance(0.5),
        };
      }
      case 5: {
        const over = random.pick(
          reads.filter(({ type }) => ["list", "set", "map"].includes(type.kind) && elementIsScalar(type)),
        );
        const of = over.type.kind === "list" || over.type.kind === "set" ? over.type.of : STRING;
        return { kind: "member", item: this.of(of, depth - 1), of: over };
      }
      case 6: {
        const of = random.pick(reads);
        const type = required(of.type);
        if (
          of.type.kind === "optional" ||
          !["string", "json", "list", "set", "map", "headers", "record", "parsed"].includes(type.kind)
        ) {
          return { kind: "matches", of: this.of(STRING, depth - 1), pattern: random.below(patterns) };
        }
        return { kind: "matches", of, pattern: random.below(patterns) };
      }
      case 7: {
        const of = this.#optional(random.pick([STRING, INT, BOOL, DECIMAL]), depth - 1);
        return of === undefined ? this.constant(BOOL) : { kind: "present", of };
      }
      default: {
        const type = required(random.pick(reads.filter((read) => isScalar(required(read.type)))).type);
        const op = random.pick(
          isOrdered(type) ? (["eq", "ne", "lt", "le", "gt", "ge"] as const) : (["eq", "ne"] as const),
        );
        return { kind: "compare", op, left: this.of(type, depth - 1), right: this.of(type, depth - 1) };
      }
    }
  }
}

const castable = (type: Type): boolean =>
  ["string", "int", "decimal", "bool", "time", "parsed"].includes(type.kind);

const elementIsScalar = (type: Type): boolean =>
  type.kind === "list" || type.kind === "set" ? isScalar(type.of) : true;

/** For messages of tests. */
export const describeType = (node: IrExpression, counters: readonly IrCounter[]): string => {
  const type = typeOf(node, { counters, parsedTypes });
  return type === undefined ? "no type" : printType(type);
};
