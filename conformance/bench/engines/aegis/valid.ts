// Aegis asked with calls that were validated before.
import type { ValidCall } from "@aegis/runtime/core";
import { aegisEngine } from "./load.ts";

export default aegisEngine(
  true,
  (engine, request) => engine.validate(request),
  (engine) => (call: ValidCall) => engine.decideValid(call),
);
