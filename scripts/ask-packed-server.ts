// Unpacks a .vsix and asks the language server in it, over its standard input and output, what it thinks of a policy.
//
//   tsx scripts/ask-packed-server.ts EXTENSION.vsix POLICY
//
// Prints a line for each diagnostic: code and line. Ends with 1 when the server says nothing within a minute.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { unzipSync } from "fflate";
import { TestClient } from "../lsp/src/testing/client-node.ts";

const PATIENCE_MS = 60_000;
const [vsix = "", policy = ""] = process.argv.slice(2).map((each) => resolve(each));

/** The extension as an editor would install it; its folder. */
function unpack(into: string): string {
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(vsix)))) {
    const target = join(into, name);
    if (relative(into, target).startsWith("..") || name.endsWith("/")) continue;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  return join(into, "extension");
}

const folder = mkdtempSync(join(tmpdir(), "aegis-vsix-"));
try {
  const server = join(unpack(folder), "dist/server.mjs");
  const client = new TestClient([process.execPath, server, "--stdio"]);
  await client.start({ folders: [dirname(policy)] });
  const uri = pathToFileURL(policy).href;
  await client.open(uri, readFileSync(policy, "utf8"));
  const timer = setTimeout(() => {
    console.error(`the server said nothing about ${policy}\n${client.stderr}`);
    client.process.kill();
    process.exit(1);
  }, PATIENCE_MS);
  const told = await client.diagnostics(uri);
  clearTimeout(timer);
  for (const { code, range } of told) console.log(`${String(code)} ${String(range.start.line + 1)}`);
  console.log(`${String(told.length)} diagnostics`);
  await client.stop();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
