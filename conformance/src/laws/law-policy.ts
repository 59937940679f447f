// A policy as text, loaded as a host loads a bundle: for tests of the laws of enforcement.
import { compileText } from "@aegis/compiler/testing";
import { createNativeEngine, stateMachineOf, type Engine } from "@aegis/runtime/core";
import { loadedPolicy, type LoadedPolicy } from "@aegis/runtime/enforce";
import { platform } from "@aegis/runtime/facts";

/** `change` puts another engine in the place of the production one. */
export function loadedText(
  lineage: string,
  text: string,
  change: (engine: Engine) => Engine = (engine) => engine,
): LoadedPolicy {
  const { ir: program } = compileText(text);
  const meta = { revision: lineage, serial: 1, digest: lineage, signed: true };
  const engine = change(createNativeEngine(program, platform));
  const machine = stateMachineOf(program, platform);
  return loadedPolicy({ lineage, program, engine, machine, meta }, platform);
}
