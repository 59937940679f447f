// policy.wasm in the stock npm SDK of the Open Policy Agent.
import { backends } from "@aegis/compiler";
import { defineEngine, type LoadedEngine } from "../engine.ts";
import { utf8Bytes } from "../utf8-bytes.ts";

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
    const [artifact] = backends.get("wasm")?.emit(program, {}) ?? [];
    if (sdk === undefined || artifact === undefined || typeof artifact.content === "string")
      throw new Error("no module");
    const policy = await sdk.loadPolicy(bufferOf(artifact.content));
    const ask = (entrypoint: string, requests: readonly string[]): Promise<readonly unknown[]> =>
      Promise.resolve(requests.map((text) => policy.evaluate(utf8Bytes(text).buffer, entrypoint)[0]?.result));
    return {
      decide: (requests) => ask("aegis/decision", requests),
      visible: (requests) => ask("aegis/visible", requests),
      close: () => {},
    };
  },
});
