// Values read straight from the bytes of a request by their type, without a tree of JSON in between.
//
// Scanners are sound, not complete: what they accept is what `readIJson` and `compileReader` accept, with the same value; on
// anything odd they give NOT_OF_TYPE, and the request is read the careful way, which alone decides what is refused.
import type { ParsedTypes } from "../types/parsed-type.ts";
import type { Type, TypeKind } from "../types/type.ts";
import { MAX_INTEGER } from "../types/type.ts";
import { fitsCodePoints } from "../values/code-points.ts";
import type { NotOfType } from "../values/const-value.ts";
import { NOT_OF_TYPE } from "../values/const-value.ts";
import { I_JSON_LIMITS } from "../values/read-i-json.ts";
import { parseDuration, parseTimeUnits } from "../values/time-text.ts";
import type { Value } from "../values/value.ts";
import { byteScanner } from "./byte-scanner.ts";
import { JsonToken } from "./json-token.ts";
import { readDecimal } from "./read-number.ts";
import type { Cursor, ScanValue } from "./scan-plan.ts";
import { NO_SLOTS } from "./slot-request.ts";
import { compileReader } from "./validate-value.ts";

type Compile<Kind extends TypeKind> = (
  type: Extract<Type, { kind: Kind }>,
  parsedTypes: ParsedTypes,
) => ScanValue;

const { bytes, byteAt, plainSlice, plainStringEnd, scanJson, scanText, skipSpace, standsAt } = byteScanner;
const TRUE = new JsonToken("true");
const FALSE = new JsonToken("false");
const NULL = new JsonToken("null");

/** Kinds that are not here are read as JSON first. */
const compilers: { readonly [Kind in TypeKind]?: Compile<Kind> } = {
  bool: () => (cursor) => (takeWord(cursor, TRUE) ? true : takeWord(cursor, FALSE) ? false : NOT_OF_TYPE),
  int({ min = -MAX_INTEGER, max = MAX_INTEGER }) {
    return (cursor) => {
      const number = scanNumber(cursor);
      return number >= min && number <= max && Number.isInteger(number) ? number : NOT_OF_TYPE;
    };
  },
  decimal({ min = -MAX_INTEGER, max = MAX_INTEGER }) {
    return (cursor) => {
      const number = scanNumber(cursor);
      const units = Number.isNaN(number) ? NOT_OF_TYPE : readDecimal(number);
      return units !== NOT_OF_TYPE && units >= min && units <= max ? units : NOT_OF_TYPE;
    };
  },
  string({ max }) {
    if (max === undefined) return scanAnyText;
    return (cursor) => {
      const text = scanText(cursor);
      return text !== undefined && fitsCodePoints(text, max) ? text : NOT_OF_TYPE;
    };
  },
  enum({ members }) {
    const known = new Set(members);
    return (cursor) => {
      const text = scanText(cursor);
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
    return (cursor, depth) => scanItems(cursor, depth, item, max);
  },
  optional({ of }, parsedTypes) {
    const scan = compileScanner(of, parsedTypes);
    return (cursor, depth) => (takeWord(cursor, NULL) ? undefined : scan(cursor, depth));
  },
};

/** A scanner for one type, made once and used for every request. */
export function compileScanner(type: Type, parsedTypes: ParsedTypes): ScanValue {
  const compile = compilers[type.kind] as Compile<TypeKind> | undefined;
  if (compile !== undefined) return compile(type as never, parsedTypes);
  const read = compileReader(type, parsedTypes);
  return (cursor, depth) => {
    const json = scanJson(cursor, depth);
    return json === undefined ? NOT_OF_TYPE : read(json);
  };
}

const scanAnyText: ScanValue = (cursor) => scanText(cursor) ?? NOT_OF_TYPE;

const textual =
  (parse: (text: string) => Value): ScanValue =>
  (cursor) => {
    const text = scanText(cursor);
    return text === undefined ? NOT_OF_TYPE : (parse(text) ?? NOT_OF_TYPE);
  };

function takeWord(cursor: Cursor, word: JsonToken): boolean {
  if (!standsAt(word, cursor.at)) return false;
  cursor.at += word.length;
  return true;
}

/** Straight from the bytes: every request carries one. */
function scanTime(cursor: Cursor): Value | NotOfType {
  const start = cursor.at + 1;
  const end = plainStringEnd(cursor.at);
  cursor.at = end + 1;
  return (end < 0 ? undefined : parseTimeUnits(bytes, start, end)) ?? NOT_OF_TYPE;
}

/** A number of up to 15 digits without exponent; NaN for anything else, longer or quoted numbers included. */
function scanNumber(cursor: Cursor): number {
  const start = cursor.at;
  const whole = byteAt(start) === 0x2d ? start + 1 : start;
  let at = whole;
  let value = 0;
  let byte = byteAt(at);
  while (byte >= 0x30 && byte <= 0x39) {
    value = value * 10 + (byte - 0x30);
    byte = byteAt(++at);
  }
  const digits = at - whole;
  if (digits === 0 || digits > 15 || (digits > 1 && byteAt(whole) === 0x30)) return NaN;
  if (byte === 0x2e) {
    const fraction = ++at;
    byte = byteAt(at);
    while (byte >= 0x30 && byte <= 0x39) byte = byteAt(++at);
    if (at === fraction || digits + at - fraction > 15) return NaN;
    value = Number(plainSlice(whole, at));
  }
  if (byte === 0x65 || byte === 0x45) return NaN;
  cursor.at = at;
  return whole > start && value !== 0 ? -value : value;
}

const ONE_SLOT: readonly Value[] = [undefined];

function scanItems(
  cursor: Cursor,
  depth: number,
  scan: ScanValue,
  max: number,
): readonly Value[] | NotOfType {
  if (depth >= I_JSON_LIMITS.depth || byteAt(cursor.at) !== 0x5b) return NOT_OF_TYPE;
  let at = skipSpace(cursor.at + 1);
  if (byteAt(at) === 0x5d) {
    cursor.at = at + 1;
    return NO_SLOTS;
  }
  let items: Value[] | undefined;
  for (;;) {
    cursor.at = at;
    const item = scan(cursor, depth + 1);
    if (typeof item === "symbol" || (items?.length ?? 0) >= max) return NOT_OF_TYPE;
    if (items === undefined) {
      // Room for one, as most lists have no more; the first item pushed makes room for seventeen.
      items = ONE_SLOT.slice();
      items[0] = item;
    } else items.push(item);
    at = skipSpace(cursor.at);
    const byte = byteAt(at);
    if (byte === 0x5d) {
      cursor.at = at + 1;
      return items;
    }
    if (byte !== 0x2c) return NOT_OF_TYPE;
    at = skipSpace(at + 1);
  }
}
