// Bundles: writing, signing and recompiling; opening and verifying signatures belong to the runtime.
export { buildBundle } from "./build-bundle.ts";
export type { BundleInput } from "./build-bundle.ts";
export { emitArtifacts } from "./emit-artifacts.ts";
export { signBundle } from "./sign-bundle.ts";
export { generateDevKey, readSigner } from "./signing-key.ts";
export type { DevKey, Signer } from "./signing-key.ts";
export { bannerOf, verifyContents } from "./verify-contents.ts";
export type { ContentProblem } from "./verify-contents.ts";
