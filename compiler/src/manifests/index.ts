// What the rest of the compiler and the command line use of manifests.
export type { Manifest, ManifestAction, ManifestNote, ManifestProblem } from "./manifest.ts";
export { foldName } from "./fold-name.ts";
export { printManifestAsAegis } from "./print-manifest.ts";
export type { PrintManifestOptions } from "./print-manifest.ts";
export { readManifest, splitManifestPath } from "./read-manifest.ts";
export { hasHiddenCharacters, revealHiddenCharacters } from "./hidden-characters.ts";
