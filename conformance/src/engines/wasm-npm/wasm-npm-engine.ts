// policy.wasm in the stock npm SDK of the Open Policy Agent.
import { defineEngine, type LoadedEngine } from "../engine.ts";
import { utf8Bytes } from "../utf8-bytes.ts";
import { wasmModule } from "../wasm-module.ts";

/** What is used of `@open-policy-agent/opa-wasm`. */
interface Sdk {
  readonly loadPolicy: (module: ArrayBuffer) => Promise<{
    evaluate(input: ArrayBuffer, entrypoint: string): readonly { readonly result: unknown }[];
  }>;
}

let sdk: Sdk | undefined;
try {
  sdk = (await import("@open-policy-agent/opa-wasm")) as unknown as Sdk;
} catch {
  sdk = undefined;
}

const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

export const wasmNpmEngine = defineEngine({
  id: "wasm-npm",
  doc: "policy.wasm, unmodified, in the stock @open-policy-agent/opa-wasm.",
  runs: "process",
  accepts: "bytes",
  missing: () => (sdk === undefined ? "the package @open-policy-agent/opa-wasm" : null),
  async load(program): Promise<LoadedEngine> {
    if (sdk === undefined) throw new Error("no SDK");
    const policy = await sdk.loadPolicy(bufferOf(wasmModule(program)));
    const ask = (entrypoint: string, requests: readonly string[]): Promise<readonly unknown[]> =>
      Promise.resolve(requests.map((text) => policy.evaluate(utf8Bytes(text).buffer, entrypoint)[0]?.result));
    return {
      decide: (requests) => ask("aegis/decision", requests),
      visible: (requests) => ask("aegis/visible", requests),
      close: () => {},
    };
  },
});
