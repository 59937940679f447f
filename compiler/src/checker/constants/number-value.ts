// Numbers as written, read exactly as the type their place expects.
import { DECIMAL_SCALE, MAX_INTEGER } from "@aegis/runtime/core";
import type { DecimalType, IntType } from "@aegis/runtime/core";

export type NumberValue =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly problem: string };

const WRITTEN = /^(-?)(\d+)(?:\.(\d+))?$/;

/** An `int` as itself, a `decimal` in millionths. */
export function numberValue(text: string, type: IntType | DecimalType): NumberValue {
  const parts = WRITTEN.exec(text);
  if (parts === null) return { ok: false, problem: `\`${text}\` is not a number` };
  const [, sign = "", whole = "", fraction = ""] = parts;
  const digits = fraction.replace(/0+$/, "");
  if (type.kind === "int" && digits !== "") return { ok: false, problem: `\`${text}\` is not whole` };
  if (digits.length > 6)
    return { ok: false, problem: `\`${text}\` has more than six digits after the point` };
  const units =
    type.kind === "int"
      ? BigInt(whole)
      : BigInt(whole) * BigInt(DECIMAL_SCALE) + BigInt(digits.padEnd(6, "0"));
  if (units > BigInt(MAX_INTEGER)) return { ok: false, problem: `\`${text}\` is out of range` };
  const value = sign === "-" && units !== 0n ? -Number(units) : Number(units);
  if (type.min !== undefined && value < type.min)
    return { ok: false, problem: `\`${text}\` is below ${printNumber(type.min, type)}` };
  if (type.max !== undefined && value > type.max)
    return { ok: false, problem: `\`${text}\` is above ${printNumber(type.max, type)}` };
  return { ok: true, value };
}

/** The shortest text of a value in runtime form. */
export function printNumber(value: number, type: IntType | DecimalType): string {
  if (type.kind === "int") return String(value);
  const digits = String(Math.abs(value)).padStart(7, "0");
  const fraction = digits.slice(-6).replace(/0+$/, "");
  return `${value < 0 ? "-" : ""}${digits.slice(0, -6)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** To the range of numbers; never −0. */
export const saturate = (value: bigint): number =>
  value > BigInt(MAX_INTEGER) ? MAX_INTEGER : value < BigInt(-MAX_INTEGER) ? -MAX_INTEGER : Number(value);
