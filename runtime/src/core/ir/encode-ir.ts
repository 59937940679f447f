// An IR program as the text that stands in a bundle.
import { encodeProgram } from "./form/program-document.ts";
import type { IrProgram } from "./ir.ts";

/** Programs do not change, and a build asks for the text of one several times. */
const texts = new WeakMap<IrProgram, string>();

/** Canonical JSON (RFC 8785) of the form in `form/`: equal programs give equal bytes. */
export function encodeIr(ir: IrProgram): string {
  const text = texts.get(ir) ?? encodeProgram(ir);
  texts.set(ir, text);
  return text;
}

/** Says that a program was read from what `encodeIr` gave for an equal one. */
export function isTextOf(text: string, ir: IrProgram): void {
  texts.set(ir, text);
}
