// Keys: the public ones of the project, and private ones that lie where they should not.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import type { ProjectFile } from "@aegis/compiler";
import { decodeText, readBytes } from "../files/read-file.ts";
import type { Io } from "../io.ts";
import { terminalLine } from "../output/escape.ts";
import { bad, good, note, type Checkup } from "./checkup.ts";

const DEV_KEY = ".aegis/dev-key.pem";
const LARGEST_KEY = 64 * 1024;
/** Names under which keys are kept. */
const KEY_NAME = /\.(pem|key|p8|pkcs8|jwk|jwks|json)$/i;

export function checkKeys(io: Io, project: ProjectFile | null): readonly Checkup[] {
  const found: Checkup[] = [];
  if (project !== null)
    found.push(
      project.keys.length > 0
        ? good(
            "keys",
            `${project.keys.length} public key${project.keys.length === 1 ? "" : "s"} in aegis.json`,
          )
        : note(
            "keys",
            "aegis.json names no public key",
            "add the key that bundles are signed with under `keys`; `aegisc init` does so for a new project",
          ),
    );
  const mode = statSync(join(io.cwd, DEV_KEY), { throwIfNoEntry: false })?.mode;
  if (mode !== undefined && process.platform !== "win32" && (mode & 0o077) !== 0)
    found.push(bad("dev key", `${DEV_KEY} can be read by others`, `chmod 600 ${DEV_KEY}`));
  found.push(trackedKeys(io));
  return found;
}

/** Private keys in files that git tracks. */
function trackedKeys(io: Io): Checkup {
  const { status, stdout } = spawnSync("git", ["ls-files", "-z"], {
    cwd: io.cwd,
    encoding: "utf8",
    timeout: 10_000,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "ignore"],
  });
  if (status !== 0) return good("git", "not in a git repository, so that no key is tracked");
  const keys = stdout.split("\0").filter((path) => KEY_NAME.test(path) && isPrivateKey(join(io.cwd, path)));
  const [first] = keys;
  return first === undefined
    ? good("git", "no private key is tracked")
    : bad(
        "git",
        `git tracks ${keys.length === 1 ? "a private key" : `${keys.length} private keys`}: ${terminalLine(keys.slice(0, 3).join(", "))}`,
        `git rm --cached ${terminalLine(first)}, put it into .gitignore, and make a new key: the old one is known to everybody with the history`,
      );
}

function isPrivateKey(path: string): boolean {
  try {
    const bytes = readBytes(path, LARGEST_KEY);
    const text = bytes === null ? "" : decodeText(path, bytes);
    return (
      /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/.test(text) ||
      (/"kty"\s*:/.test(text) && /"d"\s*:\s*"/.test(text))
    );
  } catch {
    // What cannot be read, or is larger than any key, is none.
    return false;
  }
}
