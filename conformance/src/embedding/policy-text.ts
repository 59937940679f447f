// Policies and bundles from text, for tests of the embedding API.
import { analyse, buildBundle, compile, SourceFile, type Signer, NO_INPUTS } from "@aegis/compiler";
import { createInterpreter, stateMachineOf, type IrProgram } from "@aegis/runtime/core";
import { loadedPolicy, type BundleMetadata, type LoadedPolicy } from "@aegis/runtime/enforce";
import { platform } from "@aegis/runtime/facts";

/** Throws, with the diagnostics, when the text does not compile. */
export function programOf(text: string): IrProgram {
  const compiled = compile(analyse([new SourceFile("policy.aegis", text)], NO_INPUTS));
  if (compiled.ok) return compiled.ir;
  throw new Error(compiled.diagnostics.map((each) => `${each.code}: ${each.message}`).join("\n"));
}

export function policyOf(
  text: string,
  { lineage = "policy", ...meta }: Partial<LoadedPolicy["meta"]> & { readonly lineage?: string } = {},
): LoadedPolicy {
  const program = programOf(text);
  return loadedPolicy(
    {
      lineage,
      program,
      engine: createInterpreter(program, platform),
      machine: stateMachineOf(program, platform),
      meta: { revision: "test", serial: 1, digest: "sha256:test", signed: true, ...meta },
    },
    platform,
  );
}

/** A bundle of the policy alone, without backends. */
export const bundleOf = (
  text: string,
  metadata: Partial<BundleMetadata> = {},
  signer?: Signer,
): Promise<Uint8Array> => bundleOfProgram(programOf(text), metadata, signer);

/** The same of a program. */
export const bundleOfProgram = (
  program: IrProgram,
  metadata: Partial<BundleMetadata> = {},
  signer?: Signer,
): Promise<Uint8Array> =>
  buildBundle(
    program,
    [],
    {
      metadata: {
        serial: 1,
        sources: {},
        manifests: {},
        library: {},
        build: { toolchain: "0", backends: [] },
        ...metadata,
      },
    },
    signer,
  );
