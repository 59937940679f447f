// How the parts of a program stand in JSON: both ways in one definition, so that reading and writing cannot disagree.
//
// What is written is canonical text at once (RFC 8785): rows of tables are found by it, and it need not be made a second time.
import { canonicalJson } from "../../values/canonical-json.ts";
import { newJsonObject } from "../../values/json-object.ts";
import type { JsonValue } from "../../values/value.ts";
import { JsonNumber } from "../../values/value.ts";
import type { Type } from "../../types/type.ts";
import type { IrExpression, IrReads } from "../ir.ts";

/** Where what stands at many places of a program is written, once. Gives the row's number. */
export interface TableWriter {
  type(type: Type): number;
  expression(node: IrExpression): number;
  reads(reads: IrReads): number;
}

/** Gives what stands in a row, the same object each time. Throws a `ShapeError` where there is no such row yet. */
export interface TableReader {
  type(row: JsonValue | undefined): Type;
  expression(row: JsonValue | undefined): IrExpression;
  reads(row: JsonValue | undefined): IrReads;
  /** Takes note of what a row holds besides references, in values of JSON: it counts wherever the row is named. */
  holds(size: number): void;
}

export interface Codec<T> {
  /** Canonical JSON. */
  encode(value: T, to: TableWriter): string;
  /** Throws a `ShapeError`. Undefined, past the end of an array, has no shape. */
  decode(json: JsonValue | undefined, from: TableReader): T;
  /** Null stands for nothing, and may be left out at the end of a row. */
  readonly mayEnd?: true;
}

/** What does not have its shape; `path` is a JSON pointer that grows as the error leaves arrays. Never leaves `decodeIr`. */
export class ShapeError extends Error {
  path = "";
  /** Whether the path begins at the program: what it passes on its way out says nothing more of its place. */
  whole = false;
}

/** Texts of up to this length count as nothing beside the row. */
const SHORT = 15;
/** Nesting of constants and of values that redactions put in place. */
const MAX_DEPTH = 1000;

export const misshapen = (message: string): never => {
  throw new ShapeError(message);
};

/** The error of a part, which stands at `segment`. */
export function placed(error: unknown, segment: string | number): unknown {
  if (error instanceof ShapeError && !error.whole)
    error.path = `/${pointerSegment(String(segment))}${error.path}`;
  return error;
}

const plain = <T extends boolean | number | string>(
  decode: (json: JsonValue | undefined) => T,
): Codec<T> => ({ encode: (value) => JSON.stringify(value), decode });

/** Long texts count: a row with one stands for as much wherever it is named. */
export const string: Codec<string> = {
  encode: (value) => JSON.stringify(value),
  decode(json, from) {
    if (typeof json !== "string") return misshapen("expected a string");
    if (json.length > SHORT) from.holds(json.length >> 4);
    return json;
  },
};
export const boolean: Codec<boolean> = plain((json) =>
  typeof json === "boolean" ? json : misshapen("expected true or false"),
);
/** An integer within the bounds, by default those of doubles. */
export const integer = (min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): Codec<number> =>
  plain((json) =>
    typeof json === "number" && Number.isInteger(json) && json >= min && json <= max
      ? json
      : misshapen(`expected an integer from ${min} to ${max}`),
  );
export const index = integer(0);
export const oneOf = <const Text extends string>(...texts: readonly Text[]): Codec<Text> =>
  plain((json) => {
    for (const text of texts) if (text === json) return text;
    return misshapen(`expected ${texts.join(" or ")}`);
  });

export const type: Codec<Type> = {
  encode: (value, to) => String(to.type(value)),
  decode: (json, from) => from.type(json),
};
export const expression: Codec<IrExpression> = {
  encode: (value, to) => String(to.expression(value)),
  decode: (json, from) => from.expression(json),
};
export const reads: Codec<IrReads> = {
  encode: (value, to) => String(to.reads(value)),
  decode: (json, from) => from.reads(json),
};

/** Any JSON; objects come bare. */
export const anyJson: Codec<unknown> = {
  encode: canonicalJson,
  decode: (json) => (json === undefined ? misshapen("expected a value") : bareCopy(json, 0)),
};

function bareCopy(json: JsonValue, depth: number): JsonValue {
  if (typeof json !== "object" || json === null || json instanceof JsonNumber) return json;
  if (depth >= MAX_DEPTH) return misshapen("nested too deep");
  if (isArray(json)) return json.map((item) => bareCopy(item, depth + 1));
  const copy = newJsonObject();
  for (const [key, member] of Object.entries(json)) copy[key] = bareCopy(member, depth + 1);
  return copy;
}

/** A leaf, or arrays of leaves nested to a bounded depth. */
export function nested<T extends boolean | number | string>(leaf: Codec<T>): Codec<T | readonly T[]> {
  const decode = (json: JsonValue | undefined, from: TableReader, depth: number): T | readonly T[] => {
    if (!isArray(json)) return leaf.decode(json, from);
    if (depth >= MAX_DEPTH) return misshapen("nested too deep");
    from.holds(json.length);
    return json.map((item) => decode(item, from, depth + 1)) as readonly T[];
  };
  return { encode: (value) => JSON.stringify(value), decode: (json, from) => decode(json, from, 0) };
}

const NULL = "null";

function withNull<T, None>(
  codec: Codec<T>,
  none: None,
  isNone: (value: T | None) => boolean,
): Codec<T | None> {
  return {
    mayEnd: true,
    encode: (value, to) => (isNone(value) ? NULL : codec.encode(value as T, to)),
    decode: (json, from) => (json === null ? none : codec.decode(json, from)),
  };
}

export const orNull = <T>(codec: Codec<T>): Codec<T | null> =>
  withNull(codec, null, (value) => value === null);
/** Null for what is not there. */
export const orMissing = <T>(codec: Codec<T>): Codec<T | undefined> =>
  withNull(codec, undefined, (value) => value === undefined);
/** Null for what nearly all have. */
export const orUsual = <T>(
  codec: Codec<T>,
  usual: T,
  isUsual: (value: T) => boolean = (value) => value === usual,
): Codec<T> => withNull(codec, usual, isUsual);
/** Null for an empty list. */
export const orEmpty = <T>(codec: Codec<readonly T[]>): Codec<readonly T[]> =>
  orUsual(codec, NONE, (list) => list.length === 0);

export const isArray = (json: JsonValue | undefined): json is readonly JsonValue[] => Array.isArray(json);

const NONE: readonly never[] = [];

/** What stands in a row, if it has as many items as it should. */
export const itemsOf = (json: JsonValue | undefined, least: number, most: number): readonly JsonValue[] =>
  isArray(json) && json.length >= least && json.length <= most
    ? json
    : misshapen(`expected an array of ${least === most ? "" : `${least} to `}${most}`);

/** Without nulls at the end, but for the first `least` items. */
export function trimmed(items: string[], least: number): string {
  let end = items.length;
  while (end > least && items[end - 1] === NULL) end--;
  return listed(end === items.length ? items : items.slice(0, end));
}

export const listed = (items: readonly string[]): string => `[${items.join(",")}]`;

export function array<T>(codec: Codec<T>): Codec<readonly T[]> {
  return {
    encode: (items, to) => listed(items.map((item) => codec.encode(item, to))),
    decode(json, from) {
      if (!isArray(json)) return misshapen("expected an array");
      if (json.length === 0) return NONE;
      from.holds(json.length);
      const items: T[] = [];
      try {
        for (let at = 0; at < json.length; at++) items.push(codec.decode(json[at], from));
      } catch (error) {
        throw placed(error, items.length);
      }
      return items;
    },
  };
}

type Codecs = readonly Codec<unknown>[];
type Parts<Of extends Codecs> = { [At in keyof Of]: Of[At] extends Codec<infer T> ? T : never };

/** An array with a place for each part, after the `first` ones that somebody else reads. */
export function row<T, const Of extends Codecs>(
  codecs: Of,
  split: (value: T) => Readonly<Parts<Of>>,
  make: (...parts: Parts<Of>) => T,
  first: readonly string[] = [],
): Codec<T> {
  const head = first.map((text) => JSON.stringify(text));
  const needed = first.length + codecs.findLastIndex(({ mayEnd }) => mayEnd !== true) + 1;
  const most = first.length + codecs.length;
  return {
    encode(value, to) {
      const parts = split(value) as readonly unknown[];
      const items = head.slice();
      for (let at = 0; at < codecs.length; at++)
        items.push((codecs[at] as Codec<unknown>).encode(parts[at], to));
      return trimmed(items, needed);
    },
    decode(json, from) {
      const items = itemsOf(json, needed, most);
      const parts: unknown[] = [];
      let at = first.length;
      try {
        for (; at < most; at++) {
          const codec = codecs[at - first.length] as Codec<unknown>;
          parts.push(codec.decode(at < items.length ? items[at] : null, from));
        }
      } catch (error) {
        throw placed(error, at);
      }
      return make(...(parts as Parts<Of>));
    },
  };
}

/** Rows whose first item names what they are, which is also the value's `kind`. */
export function byKind<T extends { readonly kind: string }>(kinds: {
  readonly [Kind in T["kind"]]: (kind: Kind) => Codec<Extract<T, { readonly kind: Kind }>>;
}): Codec<T> {
  const codecs = new Map<string, Codec<T>>();
  for (const kind of Object.keys(kinds) as T["kind"][]) {
    const make = kinds[kind] as (kind: string) => Codec<unknown>;
    codecs.set(kind, make(kind) as Codec<T>);
  }
  const codecOf = (kind: unknown): Codec<T> =>
    codecs.get(kind as string) ?? misshapen("expected an array that begins with a known kind");
  return {
    encode: (value, to) => codecOf(value.kind).encode(value, to),
    decode: (json, from) => codecOf(isArray(json) ? json[0] : undefined).decode(json, from),
  };
}

/** A name as a segment of a JSON pointer. */
export const pointerSegment = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");
