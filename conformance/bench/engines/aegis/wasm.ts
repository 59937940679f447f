// Aegis as a WASM module in the runtime's own host, asked with the bytes of JSON texts.
import { compileWasm, createWasmEngine } from "@aegis/runtime/core";
import type { BenchEngine } from "../../bench-engine.ts";
import { answerOf } from "./answer-of.ts";

const encoder = new TextEncoder();

const engine: BenchEngine = {
  load(built) {
    const loaded = createWasmEngine(compileWasm(built as Uint8Array));
    return {
      prepare: (requests) => requests.map((request) => encoder.encode(JSON.stringify(request))),
      decide: (bytes) => loaded.decideText(bytes as Uint8Array),
      answer: answerOf,
    };
  },
};
export default engine;
