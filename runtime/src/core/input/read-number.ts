// Integers and decimals of a request: a JSON number by value, or a string of the plain grammar.
import { DECIMAL_SCALE, MAX_INTEGER } from "../types/type.ts";
import { NOT_OF_TYPE } from "../values/const-value.ts";
import type { NotOfType } from "../values/const-value.ts";
import { millionthsOf } from "../values/decimal-text.ts";
import type { JsonValue } from "../values/value.ts";
import { JsonNumber } from "../values/value.ts";

const INTEGER = /^-?(0|[1-9][0-9]{0,15})$/;
const DECIMAL = /^-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,6})?$/;
/** Below this the doubles are closer than a millionth, so that each stands for one number of millionths at most. */
const FINE = 2 ** 32;

/** An integer within ±MAX_INTEGER. */
export function readInteger(json: JsonValue | undefined): number | NotOfType {
  const number = typeof json === "string" && INTEGER.test(json) ? Number(json) : json;
  if (typeof number !== "number" || !Number.isInteger(number) || Math.abs(number) > MAX_INTEGER)
    return NOT_OF_TYPE;
  return positiveZero(number);
}

/** Millionths: never rounded, more than six fraction digits are refused. */
export function readDecimal(json: JsonValue | undefined): number | NotOfType {
  if (typeof json === "number") return millionthsOfDouble(json);
  if (json instanceof JsonNumber) return millionthsOf(json.text) ?? NOT_OF_TYPE;
  return typeof json === "string" && DECIMAL.test(json) ? (millionthsOf(json) ?? NOT_OF_TYPE) : NOT_OF_TYPE;
}

/** Of the decimal that the double prints as. */
function millionthsOfDouble(number: number): number | NotOfType {
  if (Math.abs(number) < FINE) {
    const units = Math.round(number * DECIMAL_SCALE);
    if (units / DECIMAL_SCALE === number) return positiveZero(units);
  }
  return Number.isFinite(number) ? (millionthsOf(String(number)) ?? NOT_OF_TYPE) : NOT_OF_TYPE;
}

const positiveZero = (number: number): number => (number === 0 ? 0 : number);
