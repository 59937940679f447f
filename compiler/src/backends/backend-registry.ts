// All backends: one line each.
import type { Backend } from "./define-backend.ts";
import { regoBackend } from "./rego/rego-backend.ts";

/** By id, in the order of the documentation. */
export const backends: ReadonlyMap<string, Backend> = new Map(
  [regoBackend].map((backend) => [backend.id, backend]),
);
