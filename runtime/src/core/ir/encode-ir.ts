// An IR program as the text that stands in a bundle.
import { canonicalJson } from "../values/canonical-json.ts";
import { encodeProgram } from "./form/program-document.ts";
import type { IrProgram } from "./ir.ts";

/** Canonical JSON (RFC 8785) of the form in `form/`: equal programs give equal bytes. */
export const encodeIr = (ir: IrProgram): string => canonicalJson(encodeProgram(ir));
