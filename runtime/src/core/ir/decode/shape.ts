// Reading JSON of a known shape: the first thing that does not fit is told with its place.
import { newJsonObject } from "../../values/json-object.ts";
import type { JsonValue } from "../../values/value.ts";
import { JsonNumber } from "../../values/value.ts";

/** Never leaves `decodeIr`. */
export class ShapeError extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** Gives the value, or throws a `ShapeError` that names the place. `path` is a JSON pointer. */
export type Decoder<T> = (json: JsonValue, path: string) => T;
type Decoders = Readonly<Record<string, Decoder<unknown>>>;
type Decoded<Shape extends Decoders> = { readonly [Key in keyof Shape]: ReturnType<Shape[Key]> };

export const string: Decoder<string> = (json, path) => {
  if (typeof json !== "string") throw new ShapeError(path, "expected a string");
  return json;
};
export const boolean: Decoder<boolean> = (json, path) => {
  if (typeof json !== "boolean") throw new ShapeError(path, "expected true or false");
  return json;
};
/** An integer within the bounds, by default those of doubles. */
export const integer =
  (min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): Decoder<number> =>
  (json, path) => {
    if (typeof json !== "number" || !Number.isInteger(json) || json < min || json > max)
      throw new ShapeError(path, `expected an integer from ${min} to ${max}`);
    return json;
  };
export const index = integer(0);
export const anyJson: Decoder<JsonValue> = (json) => json;
export const oneOf =
  <const Text extends string>(...texts: readonly Text[]): Decoder<Text> =>
  (json, path) => {
    const found = texts.find((text) => text === json);
    if (found === undefined) throw new ShapeError(path, `expected ${texts.join(" or ")}`);
    return found;
  };
export const nullable =
  <T>(decode: Decoder<T>): Decoder<T | null> =>
  (json, path) =>
    json === null ? null : decode(json, path);
export const array =
  <T>(decode: Decoder<T>): Decoder<readonly T[]> =>
  (json, path) => {
    if (!Array.isArray(json)) throw new ShapeError(path, "expected an array");
    return (json as readonly JsonValue[]).map((item, at) => decode(item, `${path}/${at}`));
  };

/** An object with exactly these members; optional ones may be missing. */
export function object<Required extends Decoders, Optional extends Decoders = Record<never, never>>(
  required: Required,
  optional?: Optional,
): Decoder<Decoded<Required> & Partial<Decoded<Optional>>> {
  const members = new Map<string, { readonly decode: Decoder<unknown>; readonly needed: boolean }>([
    ...Object.entries(required).map(([name, decode]) => [name, { decode, needed: true }] as const),
    ...Object.entries(optional ?? {}).map(([name, decode]) => [name, { decode, needed: false }] as const),
  ]);
  return (json, path) => {
    const source = membersOf(json, path);
    // Bare, so that nothing on `Object.prototype` passes for an optional member.
    const decoded: Record<string, unknown> = newJsonObject();
    for (const name of Object.keys(source)) {
      if (!members.has(name))
        throw new ShapeError(`${path}/${pointerSegment(name)}`, "there is no such member");
    }
    for (const [name, { decode, needed }] of members) {
      const member = Object.hasOwn(source, name) ? source[name] : undefined;
      if (member !== undefined) decoded[name] = decode(member, `${path}/${name}`);
      else if (needed) throw new ShapeError(path, `expected a member ${name}`);
    }
    return decoded as Decoded<Required> & Partial<Decoded<Optional>>;
  };
}

/** An object whose member `kind` selects the decoder. */
export function byKind<T>(decoders: ReadonlyMap<string, Decoder<T>>): Decoder<T> {
  return (json, path) => {
    const source = membersOf(json, path);
    const kind = Object.hasOwn(source, "kind") ? source["kind"] : undefined;
    const decode = typeof kind === "string" ? decoders.get(kind) : undefined;
    if (decode === undefined) throw new ShapeError(`${path}/kind`, "expected a known kind");
    return decode(json, path);
  };
}

function membersOf(json: JsonValue, path: string): Readonly<Record<string, JsonValue>> {
  if (typeof json !== "object" || json === null || Array.isArray(json) || json instanceof JsonNumber)
    throw new ShapeError(path, "expected an object");
  return json as Readonly<Record<string, JsonValue>>;
}

/** A name as a segment of a JSON pointer. */
export const pointerSegment = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");
