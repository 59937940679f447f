// Emits the files of backends from a program as a reader of its bundle will have it.
import { decodeIrText, encodeIr, type IrProgram } from "@aegis/runtime/core";
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
  const decoded = decodeIrText(encodeIr(ir), platform);
  if (!decoded.ok) {
    const [first] = decoded.problems;
    throw new InternalError(
      `the decoder refuses the program: ${first?.message ?? ""} at ${first?.path ?? ""}`,
    );
  }
  return targets.flatMap((each) => each.emit(decoded.ir, options));
}
