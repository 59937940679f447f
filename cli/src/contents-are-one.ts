// Compares the files of a bundle with what its program compiles to, and tells where they differ.
import { verifyContents, type ContentProblem } from "@aegis/compiler";
import type { Bundle } from "@aegis/runtime/enforce";
import { prebuilt } from "./files/prebuilt.ts";
import type { Io } from "./io.ts";
import { terminalLine } from "./output/escape.ts";
import { TOOLCHAIN } from "./version.ts";

const SAID: { readonly [Kind in ContentProblem["kind"]]: string } = {
  missing: "is missing",
  differs: "is not what the program compiles to",
  unknown: "is not made by any target of this bundle",
  "unknown-backend": "is no target that this aegisc knows",
};

/** False when the bundle says different things to different engines; that has been printed. */
export async function contentsAreOne(io: Io, path: string, bundle: Bundle): Promise<boolean> {
  const problems = await verifyContents(bundle, prebuilt);
  for (const { member, kind } of problems) io.err(`  ${terminalLine(member)} ${SAID[kind]}\n`);
  if (problems.length === 0) return true;
  const { toolchain } = bundle.metadata.build;
  const made =
    toolchain === TOOLCHAIN
      ? ""
      : `\n  it was made by ${terminalLine(toolchain)}, and this is ${TOOLCHAIN}: verify it with the one that made it`;
  io.err(`aegisc: \`${terminalLine(path)}\` does not hold what its program says${made}\n`);
  return false;
}
