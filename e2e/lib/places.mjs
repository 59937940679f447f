// Where things are, for the end-to-end tests.
import { dirname, join } from "node:path";

export const E2E = dirname(import.meta.dirname);
export const ROOT = dirname(E2E);
export const EXTENSION = join(ROOT, "vscode-extension");
export const VSIX = join(EXTENSION, "dist/aegis-policy.vsix");
export const WORKSPACE = join(E2E, "workspace");
/** Pictures and logs of a run; not committed. */
export const SHOTS = join(E2E, "shots");
/** Stands for a commit where the web test server wants one. */
export const VSCODE_WEB_COMMIT = "1911".padEnd(40, "0");
