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

/** What is decided by: a program, and the files that were made of it where it comes from a bundle. */
interface Decider {
  readonly ir: IrProgram;
  readonly files?: ReadonlyMap<string, Uint8Array>;
}

/** One line an engine. `native` is what production runs, `reference` what all are compared with. */
const ENGINES: ReadonlyMap<string, (by: Decider) => Promise<LineEngine>> = new Map([
  ["native", ({ ir }) => Promise.resolve(inProcess(createNativeEngine(ir, platform)))],
  ["reference", ({ ir }) => Promise.resolve(inProcess(createInterpreter(ir, platform)))],
  ["wasm", (by) => conformanceEngine("wasm", by)],
  ["rego", (by) => conformanceEngine("rego", by)],
]);

export const declareEngineOptions = (command: Command): Command =>
  declareTrustOptions(command.option("--bundle <file>", "decide by a bundle instead of sources")).addOption(
    new Option(
      "--engine <engine>",
      "which engine decides; by a bundle's own policy.wasm or Rego where it is one of these",
    )
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
  const by: Decider | undefined =
    bundle === null
      ? compileProject(io, paths, options)?.compilation
      : await openTrusted(io, bundle, options);
  const create = ENGINES.get(textOption(options, "engine") ?? "native");
  if (by === undefined || create === undefined) return null;
  const engine = await create(by);
  return flagOption(options, "computeFacts") ? completing(engine, by.ir) : engine;
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
async function conformanceEngine(id: string, { ir, files }: Decider): Promise<LineEngine> {
  const { engines } = await import("@aegis/conformance");
  const engine = engines.get(id);
  const missing = engine === undefined ? "this aegisc has none" : engine.missing();
  if (engine === undefined || missing !== null)
    throw new UsageError(`engine \`${id}\`: ${missing ?? ""}`, "`aegisc doctor` tells what is there");
  const loaded =
    files === undefined
      ? await engine.load(ir, { prebuilt })
      : await openedBy(async () => engine.open?.(files) ?? engine.load(ir, { prebuilt }), id);
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

/** A file of a bundle that is missing or that the engine refuses is the bundle's fault, not ours. */
async function openedBy<T>(open: () => Promise<T>, id: string): Promise<T> {
  try {
    return await open();
  } catch (error) {
    const why = error instanceof Error ? error.message : "its file is refused";
    throw new UsageError(
      `engine \`${id}\`: ${why}`,
      "`aegisc verify-bundle` tells what is wrong with a bundle",
    );
  }
}
