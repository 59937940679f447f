// Backends: the IR in, files out.
export { backends } from "./backend-registry.ts";
export type { Artifact, Backend, BackendOptions } from "./define-backend.ts";
