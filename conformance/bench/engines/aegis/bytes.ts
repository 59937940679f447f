// Aegis asked with the bytes of JSON texts, which it reads and validates.
import { aegisEngine } from "./load.ts";

export default aegisEngine(
  true,
  (_engine, request) => new TextEncoder().encode(JSON.stringify(request)),
  (engine) => (bytes: Uint8Array) => engine.decideText(bytes),
);
