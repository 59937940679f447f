// The innermost part of reading requests: places in the bytes of a JSON text, its strings, and objects of declared fields.
//
// Bytes, four at a time, instead of a string: only what is none of the policy's words becomes a string at all. All of it is in
// one function that runs once, because V8 writes constants and addresses into its code where they are constants of a function
// that has one instance, not where they are those of a bundled module: that alone was a fifth. Everything here is sound, not
// complete: on what is odd it gives up (-1, undefined), and the request is read the careful way.
import type { NotOfType } from "../values/const-value.ts";
import { IJsonReader, I_JSON_LIMITS } from "../values/read-i-json.ts";
import type { JsonValue, Value } from "../values/value.ts";
import type { JsonToken } from "./json-token.ts";
import type { Names } from "./names.ts";
import type { Cursor, ScanPlan, Words } from "./scan-plan.ts";

export const byteScanner = createByteScanner();

function createByteScanner() {
  const QUOTE = 0x22;
  const COMMA = 0x2c;
  const COLON = 0x3a;
  const BACKSLASH = 0x5c;
  const OPEN = 0x7b;
  const CLOSE = 0x7d;
  const OPEN_ARRAY = 0x5b;
  const CLOSE_ARRAY = 0x5d;
  const MAX_DEPTH = I_JSON_LIMITS.depth;
  /** Zeros behind the text: they stand nowhere in JSON, and what looks at four bytes may look beyond its end. */
  const PADDING = 8;
  /** For one text after the other; no more of it is touched than texts are long. */
  const bytes = new Uint8Array(I_JSON_LIMITS.bytes + PADDING);
  const view = new DataView(bytes.buffer);
  const encoder = new TextEncoder();
  /** The same memory where the host has such buffers: they make short strings without a typed array for each. */
  const buffer = globalThis.Buffer?.from(bytes.buffer);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let length = 0;
  /** The text itself once a part of it is asked for; nothing between two texts. */
  let text: string | undefined;

  /** Begins a text: bytes of any kind, or a well-formed string; neither longer than a request may be. Gives its length in bytes. */
  function begin(input: Uint8Array | string): number {
    if (typeof input === "string") {
      length = encoder.encodeInto(input, bytes).written;
      text = input;
    } else {
      // A copy, as memory of others may change while it is read.
      bytes.set(input);
      length = input.length;
    }
    view.setInt32(length, 0);
    view.setInt32(length + 4, 0);
    return length;
  }

  /** Lets go of the text. */
  function end(): void {
    text = undefined;
  }

  const byteAt = (at: number): number => view.getUint8(at);

  /** The next place that is no white space. */
  function skipSpace(from: number): number {
    let at = from;
    let byte = view.getUint8(at);
    // Most texts of machines have none.
    while (byte <= 0x20 && (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09))
      byte = view.getUint8(++at);
    return at;
  }

  /** Without a loop for what is short, which nearly all names are: half the instructions. */
  function standsAt(token: JsonToken, at: number): boolean {
    const { middleAt, tailAt } = token;
    const differs =
      (view.getInt32(at, true) ^ token.head) |
      (view.getInt32(at + middleAt, true) ^ token.middle) |
      (view.getInt32(at + tailAt, true) ^ token.tail);
    return (differs & token.mask) === 0 && (tailAt <= 8 || standsBetween(token, at));
  }

  /** The bytes of a long one between its first eight and its last four. */
  function standsBetween({ fours, tailAt }: JsonToken, at: number): boolean {
    for (let from = 8; from < tailAt; from += 4)
      if (view.getInt32(at + from, true) !== fours[from >> 2]) return false;
    return true;
  }

  /**
   * The index of the name that stands here, the cursor moved to its member's value (-1 when there is no colon); -1, and to
   * what stands here, when it is none of the names. `last` is the index of the name before, -1 for the first. Nearly all
   * writers keep to one order and print no white space: that is tried at once.
   */
  function scanName(names: Names, cursor: Cursor, from: number, last: number): number {
    const { tokens, next } = names;
    const expected = next[last + 1] ?? 0;
    const token = expected < tokens.length ? tokens[expected] : undefined;
    if (token === undefined || !standsAt(token, from)) return findName(names, cursor, from, last);
    cursor.at = behindColon(from + token.length);
    return expected;
  }

  function findName({ tokens, next }: Names, cursor: Cursor, from: number, last: number): number {
    const at = skipSpace(from);
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index];
      if (token === undefined || !standsAt(token, at)) continue;
      next[last + 1] = index;
      cursor.at = behindColon(at + token.length);
      return index;
    }
    cursor.at = at;
    return -1;
  }

  /** The place of the value behind a colon; -1 when there is none. */
  function behindColon(from: number): number {
    const at = view.getUint8(from) === COLON ? from : skipSpace(from);
    return view.getUint8(at) === COLON ? skipSpace(at + 1) : -1;
  }

  /** The first place from here on of a quote, a backslash, a control character or a byte beyond ASCII. */
  function plainEnd(from: number): number {
    for (let at = from; ; at = (at + 4) | 0) {
      const four = view.getInt32(at, true);
      const quotes = (four ^ 0x22222222) - 0x01010101;
      const backslashes = (four ^ 0x5c5c5c5c) - 0x01010101;
      // Of each byte the highest bit: set where it is one of these; behind the first one, carries may set others.
      const found = (quotes | backslashes | (four - 0x20202020) | four) & 0x80808080;
      if (found !== 0) return at + ((31 - Math.clz32(found & -found)) >> 3);
    }
  }

  /** The place of the last quote of the string that begins here; -1 when it is none of plain ASCII. */
  function plainStringEnd(start: number): number {
    if (view.getUint8(start) !== QUOTE) return -1;
    const end = plainEnd(start + 1);
    return view.getUint8(end) === QUOTE ? end : -1;
  }

  /** The place behind the string that begins here; -1 when it does not end. */
  function stringEnd(start: number): number {
    if (view.getUint8(start) !== QUOTE) return -1;
    let at = plainEnd(start + 1);
    for (let byte = view.getUint8(at); byte !== QUOTE; byte = view.getUint8(at)) {
      // Control characters, and the zeros at the end.
      if (byte < 0x20) return -1;
      at = plainEnd(byte === BACKSLASH ? at + 2 : at + 1);
    }
    return at + 1;
  }

  /** The place behind the value that begins here, by its quotes, brackets and commas alone; -1 when it does not end. */
  function valueEnd(start: number): number {
    let depth = 0;
    let at = start;
    while (at < length) {
      const byte = view.getUint8(at);
      const closes = byte === CLOSE || byte === CLOSE_ARRAY;
      // A word or a number ends before what is not its own.
      if (depth === 0 && (closes || byte === COMMA || byte <= 0x20)) return at;
      if (byte === QUOTE) {
        at = stringEnd(at);
        if (at < 0 || depth === 0) return at;
        continue;
      }
      at++;
      if (byte === OPEN || byte === OPEN_ARRAY) depth++;
      else if (closes && --depth === 0) return at;
    }
    return depth === 0 ? at : -1;
  }

  /** Part of the text, all of it ASCII. */
  function plainSlice(from: number, to: number): string | undefined {
    return buffer === undefined ? slice(from, to) : buffer.toString("latin1", from, to);
  }

  /** Part of the text, both its ends beside ASCII characters. Undefined when it is not UTF-8. */
  function slice(from: number, to: number): string | undefined {
    text ??= decode(bytes.subarray(0, length));
    // As many units as bytes: all are ASCII.
    return text === undefined || text.length === length
      ? text?.slice(from, to)
      : decode(bytes.subarray(from, to));
  }

  function decode(part: Uint8Array): string | undefined {
    try {
      return decoder.decode(part);
    } catch {
      return undefined;
    }
  }

  /** One step of a hash over a length, and then the bytes four by four. */
  function mix(hash: number, four: number): number {
    return Math.imul(hash ^ four, 0x9e3779b1);
  }

  /** The hash of the bytes of a token; see `wordAt`. */
  function hashOf({ fours, length: size }: JsonToken): number {
    let hash = size;
    for (const four of fours) hash = mix(hash, four);
    return hash ^ (hash >>> 15);
  }

  /** The word of these bytes, if it is one. */
  function wordAt(
    { places, mask, longest, fours, words, steps }: Words,
    from: number,
    size: number,
  ): string | undefined {
    if (size > longest) return undefined;
    const whole = from + (size & ~3);
    let hash = size;
    let at = from;
    for (; at < whole; at += 4) hash = mix(hash, view.getInt32(at, true));
    const rest = view.getInt32(at, true) & ((1 << ((size & 3) << 3)) - 1);
    if ((size & 3) !== 0) hash = mix(hash, rest);
    hash ^= hash >>> 15;
    for (let step = 0; step < steps; step++) {
      const place = ((hash + step) & mask) * 3;
      if (places[place] === -1) return undefined;
      if (places[place] !== size) continue;
      let four = places[place + 2] ?? 0;
      at = from;
      while (at < whole && view.getInt32(at, true) === fours[four]) {
        at += 4;
        four++;
      }
      if (at === whole && ((size & 3) === 0 || rest === fours[four])) return words[places[place + 1] ?? 0];
    }
    return undefined;
  }

  /** Moves behind the string that begins here. */
  function scanText(cursor: Cursor): string | undefined {
    const start = cursor.at + 1;
    const end = plainStringEnd(start - 1);
    if (end < 0) return scanOddText(cursor);
    cursor.at = end + 1;
    return wordAt(cursor.words, start, end - start) ?? plainSlice(start, end);
  }

  /** The same, for one that nothing reads: an empty string stands for it. */
  function skipText(cursor: Cursor): string | undefined {
    const end = plainStringEnd(cursor.at);
    if (end < 0) return scanOddText(cursor);
    cursor.at = end + 1;
    return "";
  }

  /** One with escapes, or with characters beyond ASCII. */
  function scanOddText(cursor: Cursor): string | undefined {
    const start = cursor.at;
    const end = stringEnd(start);
    const json = end < 0 ? undefined : slice(start, end);
    if (json === undefined) return undefined;
    cursor.at = end;
    if (!json.includes("\\")) return json.slice(1, -1);
    return unescaped(json);
  }

  /** Of one string `JSON.parse` asks as much as the project's own reader, but for halves of surrogates, and is quicker. */
  function unescaped(json: string): string | undefined {
    try {
      const text = JSON.parse(json) as string;
      return text.isWellFormed() ? text : undefined;
    } catch {
      return undefined;
    }
  }

  /** Moves behind any value, read as JSON; `depth` is how many arrays and objects it lies in. */
  function scanJson(cursor: Cursor, depth: number): JsonValue | undefined {
    const start = cursor.at;
    const end = valueEnd(start);
    const json = end < 0 ? undefined : slice(start, end);
    if (json === undefined) return undefined;
    cursor.at = end;
    const reader = new IJsonReader(json, MAX_DEPTH);
    const value = reader.value(depth);
    return reader.at === json.length ? value : undefined;
  }

  /** Moves behind the object that begins here and gives the slots of its fields; undefined when it is not of them. */
  function scanFields(plan: ScanPlan, cursor: Cursor, depth: number): Value[] | undefined {
    let { at } = cursor;
    if (depth >= MAX_DEPTH || view.getUint8(at) !== OPEN) return undefined;
    const { names, fields } = plan;
    // A copy of an array is packed, which a new one of a length is not.
    const slots = plan.empty.slice();
    let others: Set<string> | undefined;
    let last = -1;
    const first = skipSpace(++at);
    if (view.getUint8(first) === CLOSE) {
      cursor.at = first + 1;
      return fillIn(plan, slots);
    }
    for (;;) {
      const slot = scanName(names, cursor, at, last);
      const field = slot < 0 ? undefined : fields[slot];
      if (field === undefined) {
        const name = plan.open ? scanText(cursor) : undefined;
        if (name === undefined || plan.known.has(name) || others?.has(name) === true) return undefined;
        (others ??= new Set()).add(name);
        cursor.at = behindColon(cursor.at);
        if (cursor.at < 0 || scanJson(cursor, depth + 1) === undefined) return undefined;
      } else {
        // No value of a request is a symbol: comparing with a certain one would be slower.
        if (cursor.at < 0 || typeof slots[slot] !== "symbol") return undefined;
        // Compared, as V8 asks of a mere condition whether it is an empty string or a zero.
        const text =
          field.text === true ? (field.unread === true ? skipText(cursor) : scanText(cursor)) : undefined;
        const value = text ?? field.scan(cursor, depth + 1);
        if (typeof value === "symbol") return undefined;
        slots[slot] = value;
        last = slot;
      }
      at = skipSpace(cursor.at);
      const byte = view.getUint8(at);
      if (byte === CLOSE) {
        cursor.at = at + 1;
        return fillIn(plan, slots);
      }
      if (byte !== COMMA) return undefined;
      at++;
    }
  }

  function fillIn({ absent }: ScanPlan, slots: (Value | NotOfType)[]): Value[] | undefined {
    for (let slot = 0; slot < slots.length; slot++) {
      if (typeof slots[slot] !== "symbol") continue;
      const value = absent[slot];
      if (typeof value === "symbol") return undefined;
      slots[slot] = value;
    }
    return slots as Value[];
  }

  return {
    begin,
    end,
    bytes,
    fillIn,
    hashOf,
    byteAt,
    skipSpace,
    standsAt,
    scanName,
    plainStringEnd,
    valueEnd,
    plainSlice,
    scanText,
    scanJson,
    scanFields,
  };
}
