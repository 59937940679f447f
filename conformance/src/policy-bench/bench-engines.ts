// The engines that a policy is timed on, loaded from what a build leaves, each with the time that it took.
import {
  compileWasm,
  createNativeEngine,
  createWasmEngine,
  decodeIrText,
  encodeIr,
  type Engine,
  type IrProgram,
  type NativeEngine,
  whenHot,
} from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import type { EngineResources } from "../engines/engine.ts";
import { importJsModule, jsModuleText } from "../engines/js-module/import-js-module.ts";
import { wasmModule } from "../engines/wasm-module.ts";

export interface BenchedEngine {
  readonly engine: Engine;
  /** What decides calls that were validated before; only engines of this runtime have it. */
  readonly native: NativeEngine | null;
  readonly loadMs: number;
  /** Bytes of what was loaded. */
  readonly size: number;
}

type Load = (program: IrProgram, resources: EngineResources, first: string) => Promise<BenchedEngine>;

const native =
  (promotion: typeof whenHot | null): Load =>
  (program, _resources, first) => {
    const text = encodeIr(program);
    const start = performance.now();
    const decoded = decodeIrText(text, platform);
    if (!decoded.ok) throw new Error("the program does not decode");
    const engine = createNativeEngine(decoded.ir, platform, { promotion });
    engine.decideText(first);
    const loadMs = performance.now() - start;
    return Promise.resolve({ engine, native: engine, loadMs, size: Buffer.byteLength(text) });
  };

/** By id, in the order of the report. */
export const BENCHED_ENGINES: ReadonlyMap<string, Load> = new Map([
  ["native", native(whenHot)],
  ["closures", native(null)],
  [
    "js",
    async (program, resources, first) => {
      const text = jsModuleText(program, resources);
      const start = performance.now();
      const engine = await importJsModule(text);
      engine.decideText(first);
      return { engine, native: null, loadMs: performance.now() - start, size: Buffer.byteLength(text) };
    },
  ],
  [
    "wasm",
    (program, _resources, first) => {
      const bytes = wasmModule(program);
      const start = performance.now();
      const engine = createWasmEngine(compileWasm(bytes));
      engine.decideText(first);
      return Promise.resolve({ engine, native: null, loadMs: performance.now() - start, size: bytes.length });
    },
  ],
]);
