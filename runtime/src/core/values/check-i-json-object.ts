// Checks of an object that a host hands in: the same as for text, and a copy that nobody else holds.
import { newJsonObject } from "./json-object.ts";
import type { JsonValue } from "./value.ts";
import { JsonNumber } from "./value.ts";
import type { IJsonLimits } from "./read-i-json.ts";
import { I_JSON_LIMITS, utf8Length } from "./read-i-json.ts";

export type IJsonObjectFault = "too_large" | "too_deep" | "lone_surrogate" | "not_json";
export type IJsonObjectResult =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly reason: IJsonObjectFault };

/**
 * Copies plain JSON data. Refused are cycles (as too deep), other objects than plain ones and arrays, getters, symbols,
 * functions, `undefined`, NaN and infinities, big integers, lone surrogates. Never throws, whatever a proxy does.
 */
export function checkIJsonObject(value: unknown, limits: IJsonLimits = I_JSON_LIMITS): IJsonObjectResult {
  const copier = new IJsonCopier(limits);
  try {
    const copy = copier.copy(value, 0);
    return copy === undefined ? { ok: false, reason: copier.fault } : { ok: true, value: copy };
  } catch {
    return { ok: false, reason: "not_json" };
  }
}

/** Copies values of one request, whose lengths count together. Methods give `undefined` after a fault. */
export class IJsonCopier {
  fault: IJsonObjectFault = "not_json";
  readonly #maxDepth: number;
  /** Bytes of JSON text that are left, escapes counted as what they stand for. */
  #bytes: number;

  readonly #exact: boolean;

  /** When not exact, lengths are estimated from above: what is taken fits, what is refused may fit. */
  constructor(limits: IJsonLimits, exact = true) {
    this.#exact = exact;
    this.#maxDepth = limits.depth;
    this.#bytes = limits.bytes;
  }

  #fail(reason: IJsonObjectFault): undefined {
    this.fault = reason;
    return undefined;
  }

  #spend<T>(bytes: number, value: T): T | undefined {
    this.#bytes -= bytes;
    return this.#bytes < 0 ? this.#fail("too_large") : value;
  }

  /** A text, its length counted. */
  text(text: string): string | undefined {
    if (text.length > this.#bytes) return this.#fail("too_large");
    // What is short is faster looked at here than by a call; and no unit takes more than three bytes, so that the exact
    // length counts only when little is left.
    const plain = text.length <= SHORT && isBelowSurrogates(text);
    if (!plain && !text.isWellFormed()) return this.#fail("lone_surrogate");
    return this.#spend(this.#exact ? utf8Length(text) + 2 : text.length * 3 + 2, text);
  }

  copy(value: unknown, depth: number): JsonValue | undefined {
    switch (typeof value) {
      case "string":
        return this.text(value);
      case "boolean":
        return this.#spend(4, value);
      case "number":
        return Number.isFinite(value)
          ? this.#spend(String(value).length, value === 0 ? 0 : value)
          : this.#fail("not_json");
      case "object":
        if (value === null) return this.#spend(4, value);
        if (value instanceof JsonNumber) return this.#spend(value.text.length, value);
        if (depth >= this.#maxDepth) return this.#fail("too_deep");
        return Array.isArray(value) ? this.#array(value, depth + 1) : this.#object(value, depth + 1);
      default:
        return this.#fail("not_json");
    }
  }

  #array(items: readonly unknown[], depth: number): JsonValue | undefined {
    const length = items.length;
    if (this.#spend(length + 2, true) === undefined) return undefined;
    const copies: JsonValue[] = [];
    for (let index = 0; index < length; index++) {
      const copy = this.copy(items[index], depth);
      if (copy === undefined) return undefined;
      copies.push(copy);
    }
    return copies;
  }

  #object(object: object, depth: number): JsonValue | undefined {
    if (!isPlainObject(object) || Object.getOwnPropertySymbols(object).length > 0)
      return this.#fail("not_json");
    const copy = newJsonObject();
    if (this.#spend(2, true) === undefined) return undefined;
    for (const key of Object.keys(object)) {
      const property = Object.getOwnPropertyDescriptor(object, key);
      // A getter could give another value to whoever runs the call.
      if (property === undefined || !("value" in property)) return this.#fail("not_json");
      if (this.text(key) === undefined || this.#spend(2, true) === undefined) return undefined;
      const member = this.copy(property.value, depth);
      if (member === undefined) return undefined;
      copy[key] = member;
    }
    return copy;
  }
}

const SHORT = 16;

function isBelowSurrogates(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) >= 0xd800) return false;
  return true;
}

/** Object literals of any realm, objects without prototype, and those of `newJsonObject`. */
export function isPlainObject(object: object): boolean {
  const prototype = Object.getPrototypeOf(object) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
