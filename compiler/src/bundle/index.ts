// Bundles: writing and signing; opening and verifying belong to the runtime.
export { buildBundle } from "./build-bundle.ts";
export type { BundleInput } from "./build-bundle.ts";
export { generateDevKey, readSigner } from "./signing-key.ts";
export type { DevKey, Signer } from "./signing-key.ts";
