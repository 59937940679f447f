// Decimal numbers as text: exact values without floating point.
import { DECIMAL_SCALE, MAX_INTEGER } from "../types/type.ts";

interface DecimalParts {
  readonly negative: boolean;
  /** Without leading and trailing zeros; empty for zero. */
  readonly digits: string;
  /** The value is `digits` times ten to this power. */
  readonly exponent: number;
}

/** Of a JSON number token, or of what ECMAScript prints for a finite number. */
function decimalParts(text: string): DecimalParts {
  const [mantissa = "", power = "0"] = text.toLowerCase().split("e");
  const negative = mantissa.startsWith("-");
  const [whole = "", fraction = ""] = (negative ? mantissa.slice(1) : mantissa).split(".");
  const all = `${whole}${fraction}`.replace(/^0+/, "");
  const digits = withoutTrailingZeros(all);
  const exponent = Number(power) - fraction.length + (all.length - digits.length);
  return digits === "" ? { negative: false, digits, exponent: 0 } : { negative, digits, exponent };
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 0x30) end--;
  return digits.slice(0, end);
}

/** True when the two number texts have exactly the same value. */
export function sameDecimal(left: string, right: string): boolean {
  const a = decimalParts(left);
  const b = decimalParts(right);
  return a.negative === b.negative && a.digits === b.digits && a.exponent === b.exponent;
}

/** The value in millionths when it is a whole number of them within ±MAX_INTEGER. */
export function millionthsOf(text: string): number | undefined {
  const { negative, digits, exponent } = decimalParts(text);
  const zeros = exponent + 6;
  if (zeros < 0 || digits.length + zeros > 16) return digits === "" ? 0 : undefined;
  const units = Number(digits + "0".repeat(zeros));
  if (units > MAX_INTEGER) return undefined;
  return negative ? -units : units;
}

/** Millionths as canonical decimal text: no exponent, no trailing zeros, no -0. */
export function printDecimal(millionths: number): string {
  const absolute = Math.abs(millionths);
  const fraction = withoutTrailingZeros(String(absolute % DECIMAL_SCALE).padStart(6, "0"));
  const whole = String(Math.floor(absolute / DECIMAL_SCALE));
  return `${millionths < 0 ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}
