// Values read straight from the text of a request by their type, without a tree of JSON in between.
//
// Scanners are sound, not complete: what they accept is what `readIJson` and `compileReader` accept, with the same value; on
// anything odd they give NOT_OF_TYPE, and the request is read the careful way, which alone decides what is refused.
import type { ParsedTypes } from "../types/parsed-type.ts";
import type { Field, Type, TypeKind } from "../types/type.ts";
import { MAX_INTEGER } from "../types/type.ts";
import { fitsCodePoints } from "../values/code-points.ts";
import type { NotOfType } from "../values/const-value.ts";
import { NOT_OF_TYPE, constToValue } from "../values/const-value.ts";
import type { IJsonReader } from "../values/read-i-json.ts";
import { parseDuration, parseTimeUnits } from "../values/time-text.ts";
import type { Value } from "../values/value.ts";
import { readDecimal } from "./read-number.ts";
import { compileReader } from "./validate-value.ts";

/** Reads the value that begins at the next unit; `depth` is how many arrays and objects it lies in. */
export type ScanValue = (reader: IJsonReader, depth: number) => Value | NotOfType;
type Compile<Kind extends TypeKind> = (
  type: Extract<Type, { kind: Kind }>,
  parsedTypes: ParsedTypes,
) => ScanValue;

const QUOTE = 0x22;
const MINUS = 0x2d;
const COMMA = 0x2c;
const COLON = 0x3a;
const CLOSE_ARRAY = 0x5d;
const CLOSE_OBJECT = 0x7d;
const MAX_DEPTH = 64;

/** Kinds that are not here are read as JSON first. */
const compilers: { readonly [Kind in TypeKind]?: Compile<Kind> } = {
  bool: () => (reader) => (scanWord(reader, "true") ? true : scanWord(reader, "false") ? false : NOT_OF_TYPE),
  int({ min = -MAX_INTEGER, max = MAX_INTEGER }) {
    return (reader) => {
      const number = scanNumber(reader);
      return number >= min && number <= max && Number.isInteger(number) ? number : NOT_OF_TYPE;
    };
  },
  decimal({ min = -MAX_INTEGER, max = MAX_INTEGER }) {
    return (reader) => {
      const number = scanNumber(reader);
      const units = Number.isNaN(number) ? NOT_OF_TYPE : readDecimal(number);
      return units !== NOT_OF_TYPE && units >= min && units <= max ? units : NOT_OF_TYPE;
    };
  },
  string({ max }) {
    if (max === undefined) return (reader) => scanString(reader) ?? NOT_OF_TYPE;
    return (reader) => {
      const text = scanString(reader);
      return text !== undefined && fitsCodePoints(text, max) ? text : NOT_OF_TYPE;
    };
  },
  enum({ members }) {
    const known = new Set(members);
    return (reader) => {
      const text = scanString(reader);
      return text !== undefined && known.has(text) ? text : NOT_OF_TYPE;
    };
  },
  parsed({ name }, parsedTypes) {
    const definition = parsedTypes.get(name);
    return textual((text) => definition?.parse(text));
  },
  time: () => scanTime,
  duration: () => textual(parseDuration),
  list({ of, max }, parsedTypes) {
    const item = compileScanner(of, parsedTypes);
    return (reader, depth) => scanItems(reader, depth, item, max);
  },
  optional({ of }, parsedTypes) {
    const scan = compileScanner(of, parsedTypes);
    return (reader, depth) => (scanWord(reader, "null") ? undefined : scan(reader, depth));
  },
};

/** A scanner for one type, made once and used for every request. */
export function compileScanner(type: Type, parsedTypes: ParsedTypes): ScanValue {
  const compile = compilers[type.kind] as Compile<TypeKind> | undefined;
  if (compile !== undefined) return compile(type as never, parsedTypes);
  const read = compileReader(type, parsedTypes);
  return (reader, depth) => {
    const json = reader.value(depth);
    return json === undefined ? NOT_OF_TYPE : read(json);
  };
}

/** Slots of an object; undefined when it is not one of these fields. */
export type ScanFields = (reader: IJsonReader, depth: number) => Value[] | undefined;

/** A scanner for an object of declared fields; others are skipped where it is open. */
export function compileFieldsScanner(
  fields: readonly Field[],
  open: boolean,
  parsedTypes: ParsedTypes,
): ScanFields {
  const names = fields.map(({ name }) => name);
  const keys = names.map(keyUnits);
  const scanners = fields.map(({ type }) => compileScanner(type, parsedTypes));
  const absent = fields.map((field): Value | NotOfType => {
    if (field.default !== undefined) return constToValue(field.type, field.default, parsedTypes);
    return field.type.kind === "optional" ? undefined : NOT_OF_TYPE;
  });
  const empty = names.map((): Value | NotOfType => MISSING);
  return (reader, depth) => {
    if (depth >= MAX_DEPTH || !openObject(reader)) return undefined;
    // A copy of an array is packed, which a new one of a length is not.
    const slots = empty.slice();
    let others: Set<string> | undefined;
    let expected = 0;
    if (reader.skipSpace() === CLOSE_OBJECT) {
      reader.at++;
      return fillIn(slots, absent);
    }
    for (;;) {
      // Writers keep to one order: the field after the last one is tried first.
      const slot = scanKey(reader, keys, expected);
      if (slot < 0) {
        const key = open ? scanString(reader) : undefined;
        if (key === undefined || names.includes(key) || others?.has(key) === true) return undefined;
        (others ??= new Set()).add(key);
        if (!colon(reader) || reader.value(depth + 1) === undefined) return undefined;
      } else {
        if (slots[slot] !== MISSING || !colon(reader)) return undefined;
        const value = scanners[slot]?.(reader, depth + 1);
        if (value === NOT_OF_TYPE) return undefined;
        slots[slot] = value;
        expected = slot + 1;
      }
      const unit = reader.skipSpace();
      reader.at++;
      if (unit === CLOSE_OBJECT) return fillIn(slots, absent);
      if (unit !== COMMA) return undefined;
      reader.skipSpace();
    }
  };
}

/** Stands in a slot until its field is met: no value of a request. */
const MISSING: NotOfType = Symbol("missing") as unknown as NotOfType;

function fillIn(slots: (Value | NotOfType)[], absent: readonly (Value | NotOfType)[]): Value[] | undefined {
  for (let slot = 0; slot < slots.length; slot++) {
    if (slots[slot] !== MISSING) continue;
    const value = absent[slot];
    if (value === NOT_OF_TYPE) return undefined;
    slots[slot] = value;
  }
  return slots as Value[];
}

export function openObject(reader: IJsonReader): boolean {
  if (reader.skipSpace() !== 0x7b) return false;
  reader.at++;
  return true;
}

export function colon(reader: IJsonReader): boolean {
  const { units, at } = reader;
  // The common case first: nothing but the colon.
  if (units[at] === COLON && (units[at + 1] ?? 0) > 0x20) {
    reader.at = at + 1;
    return true;
  }
  if (reader.skipSpace() !== COLON) return false;
  reader.at++;
  reader.skipSpace();
  return true;
}

/** A key as it stands in a text: the units of the name. */
export type KeyUnits = readonly number[];

/** Of a name with a quote or a backslash, which never stands in a text as it is, units that match nothing. */
export const keyUnits = (name: string): KeyUnits =>
  /["\\]/.test(name) ? [NaN] : Array.from({ length: name.length }, (_, index) => name.charCodeAt(index));

/** The index of the key that stands here, if it is one of these, written without escapes; else -1, nothing read. */
export function scanKey(reader: IJsonReader, keys: readonly KeyUnits[], first: number): number {
  const { units, at } = reader;
  if (units[at] !== QUOTE) return -1;
  const count = keys.length;
  for (let tried = 0, index = first; tried < count; tried++, index++) {
    if (index >= count) index = 0;
    const key = keys[index] ?? [];
    let unit = 0;
    while (unit < key.length && units[at + 1 + unit] === key[unit]) unit++;
    if (unit < key.length || units[at + 1 + unit] !== QUOTE) continue;
    reader.at = at + unit + 2;
    return index;
  }
  return -1;
}

export function scanString(reader: IJsonReader): string | undefined {
  return reader.units[reader.at] === QUOTE ? reader.string() : undefined;
}

const textual =
  (parse: (text: string) => Value): ScanValue =>
  (reader) => {
    const text = scanString(reader);
    return text === undefined ? NOT_OF_TYPE : (parse(text) ?? NOT_OF_TYPE);
  };

/** Straight from the text: every request carries one. */
function scanTime(reader: IJsonReader): Value | NotOfType {
  const { text, units, at } = reader;
  if (units[at] !== QUOTE) return NOT_OF_TYPE;
  const end = text.indexOf('"', at + 1);
  const time = end < 0 ? undefined : parseTimeUnits(units, at + 1, end);
  if (time === undefined) return NOT_OF_TYPE;
  reader.at = end + 1;
  return time;
}

function scanWord(reader: IJsonReader, word: string): boolean {
  const { text, units, at } = reader;
  if (units[at] !== word.charCodeAt(0) || !text.startsWith(word, at)) return false;
  reader.at += word.length;
  return true;
}

/** A number of up to 15 digits without exponent; NaN for anything else, longer or quoted numbers included. */
function scanNumber(reader: IJsonReader): number {
  const { text, units } = reader;
  const start = reader.at;
  let at = (units[start] ?? 0) === MINUS ? start + 1 : start;
  const whole = at;
  let value = 0;
  let unit = units[at] ?? 0;
  while (unit >= 0x30 && unit <= 0x39) {
    value = value * 10 + (unit - 0x30);
    unit = units[++at] ?? 0;
  }
  const digits = at - whole;
  if (digits === 0 || digits > 15 || (digits > 1 && (units[whole] ?? 0) === 0x30)) return NaN;
  if (unit === 0x2e) {
    const fraction = ++at;
    unit = units[at] ?? 0;
    while (unit >= 0x30 && unit <= 0x39) unit = units[++at] ?? 0;
    if (at === fraction || digits + at - fraction > 15) return NaN;
    value = Number(text.slice(whole, at));
  }
  if (unit === 0x65 || unit === 0x45) return NaN;
  reader.at = at;
  return whole > start && value !== 0 ? -value : value;
}

function scanItems(
  reader: IJsonReader,
  depth: number,
  scan: ScanValue,
  max: number,
): readonly Value[] | NotOfType {
  if (depth >= MAX_DEPTH || reader.units[reader.at] !== 0x5b) return NOT_OF_TYPE;
  reader.at++;
  const items: Value[] = [];
  if (reader.skipSpace() === CLOSE_ARRAY) {
    reader.at++;
    return items;
  }
  for (;;) {
    const item = scan(reader, depth + 1);
    if (item === NOT_OF_TYPE || items.length >= max) return NOT_OF_TYPE;
    items.push(item);
    const unit = reader.skipSpace();
    reader.at++;
    if (unit === CLOSE_ARRAY) return items;
    if (unit !== COMMA) return NOT_OF_TYPE;
    reader.skipSpace();
  }
}

/** Moves behind the object that begins here, looking at strings and brackets alone; false when it does not end. */
export function skipObject(reader: IJsonReader): boolean {
  const { text, units } = reader;
  let depth = 0;
  for (let at = reader.at; at < text.length; at++) {
    const unit = units[at];
    if (unit === QUOTE) {
      for (at++; units[at] !== QUOTE; at++) {
        if (at >= text.length) return false;
        if (units[at] === 0x5c) at++;
      }
    } else if (unit === 0x7b) depth++;
    else if (unit === CLOSE_OBJECT && --depth <= 0) {
      reader.at = at + 1;
      return depth === 0;
    }
  }
  return false;
}
