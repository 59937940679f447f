// The decoder of IR programs: trusts nothing, so that engines may trust what it gives.
import { checkIJsonObject } from "../../values/check-i-json-object.ts";
import { readCanonicalJson } from "../../values/read-canonical-json.ts";
import { decodeIJson, readIJson } from "../../values/read-i-json.ts";
import type { JsonValue } from "../../values/value.ts";
import type { Platform } from "../../types/parsed-type.ts";
import { ShapeError } from "../form/codec.ts";
import { readProgram } from "../form/program-document.ts";
import type { IrProgram } from "../ir.ts";
import type { IrProblem } from "./check-program.ts";
import type { GradualProgram } from "./gradual-program.ts";
import { gradualProgram } from "./gradual-program.ts";

/** Limits of the JSON of a program: larger and deeper than those of requests. */
export const IR_LIMITS = { depth: 1024, bytes: 64 * 1024 * 1024 } as const;

export type DecodeResult =
  | { readonly ok: true; readonly ir: IrProgram }
  | { readonly ok: false; readonly problems: readonly IrProblem[] };

/** A program of which all but rules and expressions was checked. */
export type OpenResult =
  | { readonly ok: true; readonly program: GradualProgram }
  | { readonly ok: false; readonly problems: readonly IrProblem[] };

const refused = (message: string, path = ""): OpenResult & { readonly ok: false } => ({
  ok: false,
  problems: [{ path, message }],
});

/**
 * Checks shape, indices, names, phases, patterns, constants, and infers type and cost of every expression in every
 * place where it stands. `json` is parsed JSON of any origin. Never throws.
 */
export function decodeIr(json: unknown, platform: Platform): DecodeResult {
  const copy = checkIJsonObject(json, IR_LIMITS);
  return copy.ok ? wholeOf(openJson(copy.value, platform)) : refused(`no JSON: ${copy.reason}`);
}

/** The same for the text of a program, or its UTF-8 bytes, which has to be I-JSON. Never throws. */
export const decodeIrText = (input: Uint8Array | string, platform: Platform): DecodeResult =>
  wholeOf(openIrText(input, platform));

/** The same, but that rules are checked later: see `GradualProgram`. Never throws. */
export function openIrText(input: Uint8Array | string, platform: Platform): OpenResult {
  const decoded = decodeIJson(input, IR_LIMITS);
  if (!decoded.ok) return refused(`no strict JSON (${decoded.reason})`);
  const canonical = readCanonicalJson(decoded.text);
  if (canonical !== undefined) return openJson(canonical, platform);
  const json = readIJson(decoded.text, IR_LIMITS);
  return json.ok ? openJson(json.value, platform) : refused(`no strict JSON (${json.reason})`);
}

function openJson(json: JsonValue, platform: Platform): OpenResult {
  try {
    const program = gradualProgram(readProgram(json), platform);
    return program.problems.length === 0 ? { ok: true, program } : { ok: false, problems: program.problems };
  } catch (error) {
    if (error instanceof ShapeError) return refused(error.message, error.path);
    return refused("the program cannot be checked");
  }
}

function wholeOf(opened: OpenResult): DecodeResult {
  if (!opened.ok) return opened;
  const ir = opened.program.whole();
  return ir === undefined ? { ok: false, problems: opened.program.problems } : { ok: true, ir };
}
