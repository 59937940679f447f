// Installs the programs and schemas that tests compare with, at the versions of .ci/peers.json, into .peers/bin and .peers/share.
// What cannot be had fails the run, unless .ci/peers.json lists it under "unobtainable" with its error.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const root = join(import.meta.dirname, "..");
const bin = join(root, ".peers/bin");
const share = join(root, ".peers/share");

/**
 * How a peer is had: a Go module, a Debian package, a script of ours that builds it into the folder it is given, or a
 * file of an npm package.
 */
type Peer = { readonly name: string } & (
  | { readonly go: string; readonly tags?: string }
  | { readonly debian: string }
  | { readonly build: string; readonly version: string }
  | { readonly npm: string; readonly file: string }
);
interface Peers {
  readonly peers: readonly Peer[];
  readonly unobtainable: readonly { readonly name: string; readonly error: string }[];
}

/** The last line of what went wrong; null when nothing did. */
function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): string | null {
  const { status, stderr, error } = spawnSync(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (status === 0) return null;
  return error?.message ?? stderr.trim().split("\n").at(-1) ?? `exit ${String(status)}`;
}

const onPath = (name: string): boolean =>
  (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, name)));

/** Installs one; null when it is there. */
function install(peer: Peer): string | null {
  if ("debian" in peer) {
    if (onPath(peer.name)) return null;
    const options = ["-qq", "-y", "--no-install-recommends"];
    const quiet = { DEBIAN_FRONTEND: "noninteractive" };
    return run("apt-get", ["update", "-qq"]) ?? run("apt-get", ["install", ...options, peer.debian], quiet);
  }
  const [folder, version] =
    "npm" in peer
      ? [share, `${peer.npm} ${peer.file}`]
      : [bin, "go" in peer ? `${peer.go} ${peer.tags ?? ""}` : peer.version];
  const stamp = join(folder, `.${peer.name}`);
  if (existsSync(join(folder, peer.name)) && existsSync(stamp) && readFileSync(stamp, "utf8") === version)
    return null;
  const failed =
    "npm" in peer
      ? copyFromNpm(peer)
      : "go" in peer
        ? installGo(peer)
        : run("bash", [peer.build, join(bin, peer.name)]);
  if (failed === null) writeFileSync(stamp, version);
  return failed;
}

/** A module with tags needs the C compiler: it is made in a folder of its own, for its program has the name of the one without. */
function installGo({ name, go, tags }: Extract<Peer, { go: string }>): string | null {
  const folder = join(bin, `.go-${name}`);
  const flags = tags === undefined ? [] : ["-tags", tags];
  const failed = run("go", ["install", "-trimpath", ...flags, go], {
    GOBIN: folder,
    CGO_ENABLED: tags === undefined ? "0" : "1",
  });
  if (failed !== null) return failed;
  const program = go.replace(/@.*$/, "").split("/").at(-1) ?? name;
  renameSync(join(folder, program), join(bin, name));
  rmSync(folder, { recursive: true });
  return null;
}

/** The package's archive is taken apart, not installed: nothing of it runs, and nothing that it depends on comes along. */
function copyFromNpm({ name, npm, file }: Extract<Peer, { npm: string }>): string | null {
  const folder = join(share, `.npm-${name}`);
  mkdirSync(folder, { recursive: true });
  const failed =
    run("npm", ["pack", "--silent", "--pack-destination", folder, npm]) ??
    run("tar", ["-xzf", join(folder, readdirSync(folder)[0] ?? ""), "-C", folder, `package/${file}`]);
  if (failed === null) renameSync(join(folder, "package", file), join(share, name));
  rmSync(folder, { recursive: true });
  return failed;
}

mkdirSync(bin, { recursive: true });
mkdirSync(share, { recursive: true });
const { peers, unobtainable } = JSON.parse(readFileSync(join(root, ".ci/peers.json"), "utf8")) as Peers;
const excuses = new Map(unobtainable.map(({ name, error }) => [name, error]));
for (const peer of peers) {
  const began = Date.now();
  const error = install(peer);
  const excuse = excuses.get(peer.name);
  const seconds = Math.round((Date.now() - began) / 1000);
  if (error === null) console.log(`${peer.name}: there (${String(seconds)} s)`);
  else if (excuse !== undefined)
    console.log(`${peer.name}: not obtainable, as .ci/peers.json says: ${excuse}`);
  else {
    console.error(`${peer.name}: ${error}`);
    process.exitCode = 1;
  }
}
