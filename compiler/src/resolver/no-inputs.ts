// The inputs of sources that read nothing but themselves.
import type { ProjectInputs } from "./resolved-program.ts";

/** No manifests, data, params, lock or channels; nothing expires. What differs goes over it: `{ ...NO_INPUTS, data }`. */
export const NO_INPUTS: ProjectInputs = {
  readManifest: () => ({ ok: false, reason: "there are no files here" }),
  data: new Map(),
  params: new Map(),
  lockedActions: null,
  channels: null,
  now: null,
};
