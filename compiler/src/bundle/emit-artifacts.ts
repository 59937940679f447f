// Emits the files of backends from a program as a reader of its bundle will have it.
import { decodeIrText, encodeIr, type IrProgram, isTextOf } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import type { Artifact, Backend, BackendOptions } from "../backends/index.ts";
import { InternalError } from "../lower/internal-error.ts";

/**
 * The program goes through text and decoder first, so that the files do not depend on how the compiler built it in
 * memory (the order of members, say) and `verify-bundle` makes the same ones. Throws when the decoder refuses it.
 */
export function emitArtifacts(
  ir: IrProgram,
  targets: readonly Backend[],
  options: BackendOptions,
): readonly Artifact[] {
  const program = asRead(ir);
  return targets.flatMap((each) => each.emit(program, options));
}

/** Programs do not change, and a build may emit from one more than once. */
const read = new WeakMap<IrProgram, IrProgram>();

function asRead(ir: IrProgram): IrProgram {
  const known = read.get(ir);
  if (known !== undefined) return known;
  const text = encodeIr(ir);
  const decoded = decodeIrText(text, platform);
  if (!decoded.ok) {
    const [first] = decoded.problems;
    throw new InternalError(
      `the decoder refuses the program: ${first?.message ?? ""} at ${first?.path ?? ""}`,
    );
  }
  isTextOf(text, decoded.ir);
  read.set(ir, decoded.ir);
  return decoded.ir;
}
