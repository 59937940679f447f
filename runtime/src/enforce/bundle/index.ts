// Opening and verifying bundles.
export { openBundle, openMembers, DEFAULT_BUNDLE_LIMITS, digestOf } from "./open-bundle.ts";
export type {
  Bundle,
  BundleLimits,
  BundleTrust,
  OpenBundleOptions,
  OpenBundleResult,
} from "./open-bundle.ts";
export { BUNDLE_FORMAT, MEMBER } from "./bundle-manifest.ts";
export type { BundleMetadata } from "./bundle-manifest.ts";
export { sha256Hex } from "./bundle-signature.ts";
export { readVerificationKey } from "./verification-key.ts";
export type { VerificationKey } from "./verification-key.ts";
export { nodeZlib } from "./host-node.ts";
export { canonicalJson } from "./canonical-json.ts";
export type { PlainJson } from "./canonical-json.ts";
