// Scalars of a type as constants, from text and numbers: shared by literals and JSON.
import type {
  ConstValue,
  DecimalType,
  EnumType,
  IntType,
  ParsedTypeRef,
  StringType,
} from "@aegis/runtime/core";
import { DECIMAL_SCALE, fitsCodePoints } from "@aegis/runtime/core";
import { closestName } from "../../diagnostics/closest-name.ts";
import { canonicalText } from "../types/parsed-types.ts";
import { decimalFromText, integerFromText } from "./numbers.ts";

/** `problem` continues "the value …"; `hint` says a way out. */
export type Constant =
  | { readonly ok: true; readonly value: ConstValue }
  | { readonly ok: false; readonly problem: string; readonly hint: string; readonly place?: string };

export const good = (value: ConstValue): Constant => ({ ok: true, value });
export const bad = (problem: string, hint = "write a value of the type"): Constant => ({
  ok: false,
  problem,
  hint,
});

/** A bound of `int` or `decimal` as an author writes it. */
export const printBound = (units: number, kind: "int" | "decimal"): string =>
  kind === "int" ? String(units) : String(units / DECIMAL_SCALE);

/** A number token, or the text of one. */
export function numberConstant(text: string, type: IntType | DecimalType): Constant {
  const units = type.kind === "int" ? integerFromText(text) : decimalFromText(text);
  if (units === undefined) {
    return type.kind === "int"
      ? bad("is no whole number in range", "an `int` is whole and within ±9007199254740991")
      : bad("is no decimal in range", "a `decimal` has at most six digits after the point");
  }
  if ((type.min !== undefined && units < type.min) || (type.max !== undefined && units > type.max)) {
    const { min, max, kind } = type;
    const range = `${min === undefined ? "" : printBound(min, kind)}..${max === undefined ? "" : printBound(max, kind)}`;
    return bad(`lies outside ${range}`);
  }
  return good(units);
}

export function textConstant(text: string, type: StringType | EnumType | ParsedTypeRef): Constant {
  switch (type.kind) {
    case "string":
      if (/\p{Surrogate}/u.test(text)) return bad("is no well-formed text");
      return type.max !== undefined && !fitsCodePoints(text, type.max)
        ? bad(`is longer than ${String(type.max)} characters`)
        : good(text);
    case "enum": {
      if (type.members.includes(text)) return good(text);
      const closest = closestName(text, type.members);
      return bad(
        `is no member of \`${type.name}\``,
        closest === undefined ? `its members are ${type.members.join(", ")}` : `did you mean \`${closest}\`?`,
      );
    }
    case "parsed": {
      const canonical = canonicalText(type.name, text);
      return canonical === undefined ? bad(`is no \`${type.name}\``) : good(canonical);
    }
  }
}
