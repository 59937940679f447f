// Aegis asked with plain objects, which it validates.
import { aegisEngine } from "./load.ts";

export default aegisEngine(
  true,
  (_engine, request) => request,
  (engine) => (request: unknown) => engine.decide(request),
);
