// Number texts to the integers that types count in, exactly.
import { DECIMAL_SCALE, MAX_INTEGER } from "@aegis/runtime/core";

const LIMIT = BigInt(MAX_INTEGER);
const within = (units: bigint): number | undefined =>
  units > LIMIT || units < -LIMIT ? undefined : Number(units);

/** `-12`, `12.0`: a whole number; undefined for anything else. */
export function integerFromText(text: string): number | undefined {
  const match = /^(-?[0-9]{1,32})(?:\.0{1,32})?$/.exec(text);
  return match?.[1] === undefined ? undefined : within(BigInt(match[1]));
}

/** `12.5` in millionths; undefined past six digits or out of range. */
export function decimalFromText(text: string): number | undefined {
  const match = /^(-?)([0-9]{1,32})(?:\.([0-9]{1,6})0{0,26})?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = "", whole = "0", fraction = ""] = match;
  const units = BigInt(whole) * BigInt(DECIMAL_SCALE) + BigInt(fraction.padEnd(6, "0"));
  return within(sign === "-" ? -units : units);
}

/** A JSON number as the plain text of its value: `1e21` and the like have none that a type takes. */
export const plainText = (value: number): string => (Object.is(value, -0) ? "0" : String(value));
