// docs/embedding.md: its examples run as one program, its table of codes is the runtime's.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ENFORCEMENT_CODES } from "@aegis/runtime/enforce";

const page = readFileSync(join(import.meta.dirname, "embedding.md"), "utf8");
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map((match) => match[1] ?? "");

/** What the page takes for granted: a signed bundle of its policy, and the key. */
const PRELUDE = `
import { writeFileSync as __write } from "node:fs";
import { analyse, buildBundle, compile, generateDevKey, readSigner, SourceFile } from "@aegis/compiler";
const __key = await generateDevKey();
const __analysis = analyse([new SourceFile("shop.aegis", POLICY)], {
  readManifest: () => ({ ok: false, reason: "none" }), data: new Map(), params: new Map(),
  lockedActions: null, channels: null, now: null,
});
const __compiled = compile(__analysis);
if (!__compiled.ok) throw new Error(JSON.stringify(__compiled.diagnostics));
const __metadata = { serial: 1, sources: {}, manifests: {}, library: {}, build: { toolchain: "0", backends: [] } };
const publicKey = { id: __key.id, key: __key.publicKey };
const bundleFile = FILE;
__write(bundleFile, await buildBundle(__compiled.ir, [], { metadata: __metadata }, await readSigner(__key.privateKey)));
`;

test("the examples run", () => {
  // Beside the packages, so that their names resolve.
  const folder = mkdtempSync(join(import.meta.dirname, "../conformance/.embedding-"));
  try {
    const [imports = "", ...rest] = blocks("ts");
    const given = PRELUDE.replace("POLICY", () => JSON.stringify(blocks("aegis")[0])).replace("FILE", () =>
      JSON.stringify(join(folder, "shop.tar.gz")),
    );
    const program = join(folder, "program.mts");
    writeFileSync(program, [imports, given, ...rest, 'console.log("ran to its end");'].join("\n"));
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--conditions=@aegis/source", "--import", "tsx", program],
      { encoding: "utf8", timeout: 60_000, cwd: join(import.meta.dirname, "..") },
    );
    expect(stderr).toBe("");
    expect(stdout).toBe("ran to its end\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the codes are those of the runtime", () => {
  const rows = [...page.matchAll(/^\| `([a-z_]+)` \| (.*) \|$/gm)].map((match) => [match[1], match[2]]);
  expect(Object.fromEntries(rows)).toEqual(ENFORCEMENT_CODES);
});
