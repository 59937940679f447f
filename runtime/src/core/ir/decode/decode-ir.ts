// The decoder of IR programs: trusts nothing, so that engines may trust what it gives.
import { checkIJsonObject } from "../../values/check-i-json-object.ts";
import type { JsonValue } from "../../values/value.ts";
import type { Platform } from "../../types/parsed-type.ts";
import type { IrProgram } from "../ir.ts";
import type { IrProblem } from "./check-program.ts";
import { checkProgram } from "./check-program.ts";
import { decodeProgram } from "./program-shape.ts";
import { ShapeError } from "./shape.ts";

/** Limits of the JSON of a program: larger and deeper than those of requests. */
export const IR_LIMITS = { depth: 1024, bytes: 64 * 1024 * 1024 } as const;

export type DecodeResult =
  | { readonly ok: true; readonly ir: IrProgram }
  | { readonly ok: false; readonly problems: readonly IrProblem[] };

/**
 * Checks shape, indices, names, phases, patterns, constants, and infers type and cost of every expression in every
 * place where it stands. `json` is parsed JSON of any origin. Never throws.
 */
export function decodeIr(json: unknown, platform: Platform): DecodeResult {
  const copy = checkIJsonObject(json, IR_LIMITS);
  if (!copy.ok) return { ok: false, problems: [{ path: "", message: `no JSON: ${copy.reason}` }] };
  return decodeReadIr(copy.value, platform);
}

/** The same for what `readIJson` gave, which need not be copied and held to the rules of JSON once more. */
export function decodeReadIr(json: JsonValue, platform: Platform): DecodeResult {
  try {
    const ir = decodeProgram(json, "");
    const problems = checkProgram(ir, platform);
    return problems.length === 0 ? { ok: true, ir } : { ok: false, problems };
  } catch (error) {
    if (error instanceof ShapeError)
      return { ok: false, problems: [{ path: error.path, message: error.message }] };
    return { ok: false, problems: [{ path: "", message: "the program cannot be checked" }] };
  }
}
