// The engine that a command decides with: over sources or over a bundle.
import { createInterpreter, createNativeEngine, type Engine, type IrProgram } from "@aegis/runtime/core";
import { platform, requestCompleter } from "@aegis/runtime/facts";
import { declareTrustOptions, openTrusted } from "./bundle-options.ts";
import { flagOption, textOption } from "./command.ts";
import type { Command } from "commander";
import { Option } from "commander";
import { UsageError } from "./files/usage-error.ts";
import { prebuilt } from "./files/prebuilt.ts";
import type { Io } from "./io.ts";
import { compileProject, type Options } from "./policy-options.ts";

export interface LineEngine {
  /** How many requests it likes to get at once. */
  readonly batch: number;
  /** A decision document for each text, in the same order. */
  decide(texts: readonly string[]): Promise<readonly unknown[]>;
  close(): void;
}

/** One line an engine. `native` is what production runs, `reference` what all are compared with. */
const ENGINES: ReadonlyMap<string, (ir: IrProgram) => Promise<LineEngine>> = new Map([
  ["native", (ir) => Promise.resolve(inProcess(createNativeEngine(ir, platform)))],
  ["reference", (ir) => Promise.resolve(inProcess(createInterpreter(ir, platform)))],
  ["wasm", (ir) => conformanceEngine("wasm", ir)],
  ["rego", (ir) => conformanceEngine("rego", ir)],
]);

export const declareEngineOptions = (command: Command): Command =>
  declareTrustOptions(command.option("--bundle <file>", "decide by a bundle instead of sources")).addOption(
    new Option("--engine <engine>", "which engine decides; of a bundle its program, compiled anew")
      .choices([...ENGINES.keys()])
      .default("native"),
  );

/**
 * Null when the sources are wrong; that has been printed. Throws `UsageError` for a bundle that cannot be opened and for
 * an engine that cannot run here.
 */
export async function engineFor(
  io: Io,
  paths: readonly string[],
  options: Options,
): Promise<LineEngine | null> {
  const bundle = textOption(options, "bundle");
  if (bundle !== null && paths.length > 0)
    throw new UsageError("a policy or a bundle?", "name policies, or a bundle with --bundle, not both");
  const ir =
    bundle === null
      ? compileProject(io, paths, options)?.compilation.ir
      : (await openTrusted(io, bundle, options)).ir;
  const create = ENGINES.get(textOption(options, "engine") ?? "native");
  if (ir === undefined || create === undefined) return null;
  const engine = await create(ir);
  return flagOption(options, "computeFacts") ? completing(engine, ir) : engine;
}

/** The engine on requests with the facts that the runtime computes. */
function completing(engine: LineEngine, ir: IrProgram): LineEngine {
  const complete = requestCompleter(ir);
  return { ...engine, decide: (texts) => engine.decide(texts.map(complete)) };
}

const inProcess = (engine: Engine): LineEngine => ({
  batch: 1,
  decide: (texts) => Promise.resolve(texts.map((text) => engine.decideText(text))),
  close: () => undefined,
});

/** Those that conformance runs side by side; what is no I-JSON is answered here where the engine cannot. */
async function conformanceEngine(id: string, ir: IrProgram): Promise<LineEngine> {
  const { engines } = await import("@aegis/conformance");
  const engine = engines.get(id);
  const missing = engine === undefined ? "this aegisc has none" : engine.missing();
  if (engine === undefined || missing !== null)
    throw new UsageError(`engine \`${id}\`: ${missing ?? ""}`, "`aegisc doctor` tells what is there");
  const loaded = await engine.load(ir, { prebuilt });
  const native = createNativeEngine(ir, platform);
  const isPut = (text: string): boolean =>
    engine.accepts === "bytes" || native.decideText(text).code !== "invalid_input";
  return {
    batch: engine.runs === "peer" ? 1000 : 1,
    async decide(texts) {
      const put = texts.map(isPut);
      const answers = [...(await loaded.decide(texts.filter((_, index) => put[index])))];
      return texts.map((text, index) => (put[index] === true ? answers.shift() : native.decideText(text)));
    },
    close: () => loaded.close(),
  };
}
