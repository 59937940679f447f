// The decoder of IR programs: trusts nothing, so that engines may trust what it gives.
import { checkIJsonObject } from "../../values/check-i-json-object.ts";
import { readCanonicalJson } from "../../values/read-canonical-json.ts";
import { decodeIJson, readIJson } from "../../values/read-i-json.ts";
import type { JsonValue } from "../../values/value.ts";
import type { Platform } from "../../types/parsed-type.ts";
import { ShapeError } from "../form/codec.ts";
import { decodeProgram } from "../form/program-document.ts";
import type { IrProgram } from "../ir.ts";
import type { IrProblem } from "./check-program.ts";
import { checkProgram } from "./check-program.ts";

/** Limits of the JSON of a program: larger and deeper than those of requests. */
export const IR_LIMITS = { depth: 1024, bytes: 64 * 1024 * 1024 } as const;

export type DecodeResult =
  | { readonly ok: true; readonly ir: IrProgram }
  | { readonly ok: false; readonly problems: readonly IrProblem[] };

const refused = (message: string, path = ""): DecodeResult => ({ ok: false, problems: [{ path, message }] });

/**
 * Checks shape, indices, names, phases, patterns, constants, and infers type and cost of every expression in every
 * place where it stands. `json` is parsed JSON of any origin. Never throws.
 */
export function decodeIr(json: unknown, platform: Platform): DecodeResult {
  const copy = checkIJsonObject(json, IR_LIMITS);
  return copy.ok ? decodeJson(copy.value, platform) : refused(`no JSON: ${copy.reason}`);
}

/** The same for the text of a program, or its UTF-8 bytes, which has to be I-JSON. Never throws. */
export function decodeIrText(input: Uint8Array | string, platform: Platform): DecodeResult {
  const decoded = decodeIJson(input, IR_LIMITS);
  if (!decoded.ok) return refused(`no strict JSON (${decoded.reason})`);
  const canonical = readCanonicalJson(decoded.text);
  if (canonical !== undefined) return decodeJson(canonical, platform);
  const json = readIJson(decoded.text, IR_LIMITS);
  return json.ok ? decodeJson(json.value, platform) : refused(`no strict JSON (${json.reason})`);
}

function decodeJson(json: JsonValue, platform: Platform): DecodeResult {
  try {
    const ir = decodeProgram(json);
    const problems = checkProgram(ir, platform);
    return problems.length === 0 ? { ok: true, ir } : { ok: false, problems };
  } catch (error) {
    if (error instanceof ShapeError) return refused(error.message, error.path);
    return refused("the program cannot be checked");
  }
}
