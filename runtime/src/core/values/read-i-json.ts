// Strict reader of I-JSON text: what every engine agrees on, and nothing else.
import { newJsonObject } from "./json-object.ts";
import { jsonUnits } from "./json-units.ts";
import { sameDecimal } from "./decimal-text.ts";
import type { JsonValue } from "./value.ts";
import { JsonNumber } from "./value.ts";

export interface IJsonLimits {
  /** Nesting of arrays and objects. */
  readonly depth: number;
  /** Length of the text in UTF-8. */
  readonly bytes: number;
}
export const I_JSON_LIMITS: IJsonLimits = { depth: 64, bytes: 1_048_576 };
const MAX_NUMBER_LENGTH = 32;
const MAX_EXPONENT = 32;

export type IJsonFault =
  | "not_utf8"
  | "byte_order_mark"
  | "too_large"
  | "too_deep"
  | "syntax"
  | "trailing_text"
  | "duplicate_key"
  | "lone_surrogate"
  | "number";

/** `offset` counts UTF-16 units of the decoded text; 0 when the text as a whole is refused. */
export type IJsonResult =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly reason: IJsonFault; readonly offset: number };

/**
 * Reads one JSON text. Objects come without a prototype chain to speak of (see `newJsonObject`), so that every key is
 * an own key; numbers come as numbers when the double prints back to an equal value, else as `JsonNumber`; -0 as 0.
 * Never throws; linear in the length of the text.
 */
export function readIJson(input: Uint8Array | string, limits: IJsonLimits = I_JSON_LIMITS): IJsonResult {
  const decoded = decodeIJson(input, limits);
  return decoded.ok
    ? new IJsonReader(decoded.text, limits.depth).read()
    : { ok: false, reason: decoded.reason, offset: 0 };
}

/** The text as a whole: well-formed, and not too large. */
export function decodeIJson(
  input: Uint8Array | string,
  limits: IJsonLimits = I_JSON_LIMITS,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: IJsonFault } {
  if (typeof input === "string") {
    // No UTF-16 unit takes more than three bytes.
    const fits = input.length * 3 <= limits.bytes || utf8Length(input) <= limits.bytes;
    if (!fits) return { ok: false, reason: "too_large" };
    return input.isWellFormed() ? { ok: true, text: input } : { ok: false, reason: "lone_surrogate" };
  }
  if (input.length > limits.bytes) return { ok: false, reason: "too_large" };
  const text = decodeUtf8(input);
  return text === undefined ? { ok: false, reason: "not_utf8" } : { ok: true, text };
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x80) length += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return length;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const ESCAPES: ReadonlyMap<number, string> = new Map(
  Object.entries({ '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" }).map(
    ([letter, character]) => [letter.charCodeAt(0), character],
  ),
);

/**
 * A recursive-descent reader of well-formed text whose depth is bounded. Methods give `undefined` after a fault. Those that
 * read a part of the text are for readers that know what they look for (see `core/input/byte-scanner`).
 */
export class IJsonReader {
  /** The unit to be read next. */
  at = 0;
  readonly text: string;
  /** See `jsonUnits`. Nothing else may read a text before this one is done with. */
  readonly units: Uint8Array | Uint16Array;
  readonly #clean: boolean;
  readonly #maxDepth: number;
  #fault: IJsonFault | undefined;
  #faultAt = 0;

  constructor(text: string, maxDepth: number) {
    const { units, clean } = jsonUnits(text);
    this.text = text;
    this.units = units;
    this.#clean = clean;
    this.#maxDepth = maxDepth;
  }

  read(): IJsonResult {
    if (this.#peek() === 0xfeff) this.#fail("byte_order_mark");
    const value = this.#fault === undefined ? this.value(0) : undefined;
    if (value !== undefined) {
      this.skipSpace();
      if (this.at === this.text.length) return { ok: true, value };
      this.#fail("trailing_text");
    }
    return { ok: false, reason: this.#fault ?? "syntax", offset: this.#faultAt };
  }

  #fail(reason: IJsonFault, at = this.at): undefined {
    this.#fault ??= reason;
    this.#faultAt = at;
    return undefined;
  }

  /** The unit here; zero at the end. */
  #peek(): number {
    return this.units[this.at] ?? 0;
  }

  /** The first unit that is no white space; zero at the end. */
  skipSpace(): number {
    let unit = this.#peek();
    // Most texts of machines have none.
    if (unit > 0x20) return unit;
    while (unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09) {
      this.at++;
      unit = this.#peek();
    }
    return unit;
  }

  /** Any value; `depth` is how many arrays and objects it lies in. */
  value(depth: number): JsonValue | undefined {
    const unit = this.skipSpace();
    switch (unit) {
      case QUOTE:
        return this.string();
      case 0x7b:
        return depth < this.#maxDepth ? this.#object(depth + 1) : this.#fail("too_deep");
      case 0x5b:
        return depth < this.#maxDepth ? this.#array(depth + 1) : this.#fail("too_deep");
      case 0x74:
        return this.#word("true", true);
      case 0x66:
        return this.#word("false", false);
      case 0x6e:
        return this.#word("null", null);
      default:
        return unit === MINUS || isDigit(unit) ? this.#number() : this.#fail("syntax");
    }
  }

  #word(word: string, value: boolean | null): JsonValue | undefined {
    if (!this.text.startsWith(word, this.at)) return this.#fail("syntax");
    this.at += word.length;
    return value;
  }

  #object(depth: number): JsonValue | undefined {
    const object = newJsonObject();
    this.at++;
    if (this.skipSpace() === 0x7d) {
      this.at++;
      return object;
    }
    for (;;) {
      const keyAt = this.at;
      if (this.skipSpace() !== QUOTE) return this.#fail("syntax");
      const key = this.string();
      if (key === undefined) return undefined;
      // Nothing is inherited, so what is there is an own member.
      if (object[key] !== undefined) return this.#fail("duplicate_key", keyAt);
      if (this.skipSpace() !== COLON) return this.#fail("syntax");
      this.at++;
      const value = this.value(depth);
      if (value === undefined) return undefined;
      object[key] = value;
      const unit = this.skipSpace();
      if (unit !== COMMA && unit !== 0x7d) return this.#fail("syntax");
      this.at++;
      if (unit === 0x7d) return object;
      this.skipSpace();
    }
  }

  #array(depth: number): JsonValue | undefined {
    const items: JsonValue[] = [];
    this.at++;
    if (this.skipSpace() === 0x5d) {
      this.at++;
      return items;
    }
    for (;;) {
      const value = this.value(depth);
      if (value === undefined) return undefined;
      items.push(value);
      const unit = this.skipSpace();
      if (unit !== COMMA && unit !== 0x5d) return this.#fail("syntax");
      this.at++;
      if (unit === 0x5d) return items;
    }
  }

  /** A string; its opening quote is the next unit. */
  string(): string | undefined {
    const { text, units } = this;
    const start = ++this.at;
    if (this.#clean) {
      const end = text.indexOf('"', start);
      if (end < 0) return this.#fail("syntax", text.length);
      this.at = end + 1;
      return text.slice(start, end);
    }
    for (let at = start; ; at++) {
      const unit = units[at] ?? 0;
      if (unit === QUOTE) {
        this.at = at + 1;
        return text.slice(start, at);
      }
      if (unit === BACKSLASH) return this.#escapedString(start, at);
      if (unit < 0x20) return this.#fail("syntax", at);
    }
  }

  #escapedString(start: number, firstEscape: number): string | undefined {
    const text = this.text;
    let value = text.slice(start, firstEscape);
    let at = firstEscape;
    for (;;) {
      const unit = text.charCodeAt(at);
      if (unit === QUOTE) break;
      if (unit === BACKSLASH) {
        const escape = text.charCodeAt(at + 1);
        const character = escape === 0x75 ? unicodeEscape(text, at + 2) : ESCAPES.get(escape);
        if (character === undefined) return this.#fail("syntax", at);
        value += character;
        at += escape === 0x75 ? 6 : 2;
      } else {
        const run = at;
        while (unitIsPlain(text.charCodeAt(at))) at++;
        if (at === run) return this.#fail("syntax", at);
        value += text.slice(run, at);
      }
    }
    this.at = at + 1;
    // The text itself is well-formed: only escapes can be surrogates without a partner.
    return value.isWellFormed() ? value : this.#fail("lone_surrogate", start);
  }

  #number(): JsonValue | undefined {
    const { text, units } = this;
    const start = this.at;
    let at = start;
    if (unitAt(units, at) === MINUS) at++;
    const whole = at;
    if (!isDigit(unitAt(units, at))) return this.#fail("syntax", at);
    if (unitAt(units, at) === 0x30) at++;
    else at = skipDigits(units, at);
    let digits = at - whole;
    if (unitAt(units, at) === 0x2e) {
      const fraction = at + 1;
      at = skipDigits(units, fraction);
      if (at === fraction) return this.#fail("syntax", at);
      digits += at - fraction;
    }
    const unit = unitAt(units, at);
    if (unit === 0x65 || unit === 0x45) {
      const sign = unitAt(units, at + 1);
      const power = sign === MINUS || sign === 0x2b ? at + 2 : at + 1;
      at = skipDigits(units, power);
      if (at === power) return this.#fail("syntax", at);
      if (at - start <= MAX_NUMBER_LENGTH && Number(text.slice(power, at)) > MAX_EXPONENT) {
        return this.#fail("number", start);
      }
    }
    if (at - start > MAX_NUMBER_LENGTH) return this.#fail("number", start);
    this.at = at;
    const token = text.slice(start, at);
    const number = Number(token);
    // Up to 15 digits a double always prints back to the same value.
    if (digits > 15 && !sameDecimal(token, String(number))) return new JsonNumber(token);
    return number === 0 ? 0 : number;
  }
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
const unitIsPlain = (unit: number): boolean => unit >= 0x20 && unit !== QUOTE && unit !== BACKSLASH;

const unitAt = (units: Uint8Array | Uint16Array, at: number): number => units[at] ?? 0;

function skipDigits(units: Uint8Array | Uint16Array, at: number): number {
  while (isDigit(unitAt(units, at))) at++;
  return at;
}

function unicodeEscape(text: string, at: number): string | undefined {
  let code = 0;
  for (let index = at; index < at + 4; index++) {
    const digit = hexDigit(text.charCodeAt(index));
    if (digit < 0) return undefined;
    code = code * 16 + digit;
  }
  return String.fromCharCode(code);
}

function hexDigit(unit: number): number {
  if (isDigit(unit)) return unit - 0x30;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
