// Whatever parses as `git_ref` is, to the real git, the branch or tag that its canonical form says.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findProgram, skipsWithout } from "../../../testing/index.ts";
import { gitRef, parseGitRef } from "./git-ref.ts";

const git = findProgram("git");
const RUNS = Number(process.env.AEGIS_FUZZ_RUNS ?? 25);

const piece = fc.constantFrom(
  ..."refs heads tags remotes origin main release HEAD FETCH_HEAD @ v1 a A _ - . .. / // # = , + : ~1 ^ {0} @{0} * .lock lock DEV 0 deadbeef ,a a_B".split(
    " ",
  ),
);
const names = fc.oneof(
  fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
  fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/")),
  fc.tuple(fc.constantFrom("refs/heads/", "refs/tags/"), piece, piece).map((parts) => parts.join("")),
);

describe("git_ref", () => {
  let folder = "";
  let local = "";
  let remote = "";
  let commit = "";
  const run = (...args: string[]): string =>
    execFileSync(git ?? "", args, {
      cwd: local === "" ? folder : local,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "a",
        GIT_AUTHOR_EMAIL: "a@example.com",
        GIT_COMMITTER_NAME: "a",
        GIT_COMMITTER_EMAIL: "a@example.com",
      },
    }).trim();

  beforeAll(() => {
    if (git === undefined) return;
    folder = mkdtempSync(join(tmpdir(), "aegis-git-"));
    remote = join(folder, "remote.git");
    run("init", "--quiet", "--bare", "remote.git");
    run("init", "--quiet", "--initial-branch=main", "local");
    local = join(folder, "local");
    run("commit", "--quiet", "--allow-empty", "--message=first");
    commit = run("rev-parse", "HEAD");
    run("remote", "add", "origin", remote);
    // Things that a careless name would reach instead.
    for (const ref of ["refs/heads/release", "refs/remotes/origin/main", "refs/tags/v9", "FETCH_HEAD"]) {
      run("update-ref", ref, commit);
    }
  });
  afterAll(() => {
    if (folder !== "") rmSync(folder, { recursive: true, force: true });
  });

  it.skipIf(skipsWithout("git", git))("names what git pushes", { timeout: 120_000 }, () => {
    const texts = [
      ...gitRef.examples.valid.map((example) => example.text),
      ...fc.sample(names, { numRuns: RUNS * 6 }).filter((text) => parseGitRef(text) !== undefined),
    ];
    for (const text of new Set(texts.slice(0, RUNS))) {
      const canonical = parseGitRef(text)?.canonical ?? "";
      const full = canonical.startsWith("refs/tags/") ? canonical : `refs/heads/${canonical}`;
      run("check-ref-format", full);
      // A tag of this name would make a plain branch name ambiguous: git then refuses by itself.
      const existed = run("for-each-ref", "--format=%(refname)").split("\n");
      const clash = existed.some((ref) => ref.startsWith(`${full}/`) || full.startsWith(`${ref}/`));
      if (clash) continue;
      run("update-ref", full, commit);
      run("push", "--quiet", "origin", text);
      expect(run("--git-dir", remote, "for-each-ref", "--format=%(refname)"), text).toBe(full);
      run("--git-dir", remote, "update-ref", "-d", full);
      if (!existed.includes(full)) run("update-ref", "-d", full);
    }
  });
});
