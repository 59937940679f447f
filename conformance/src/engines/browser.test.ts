// The core decides in a real browser whose page forbids code from text: what strict sites and edge workers need.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { canonicalJson, createInterpreter, encodeIr } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { findProgram, skipsWithout } from "../../../runtime/src/testing/index.ts";
import { randomProgram } from "../random-ir/program.ts";
import { Random } from "../random-ir/random.ts";
import { randomRequest } from "../random-ir/request.ts";

const chromium = findProgram("chromium");
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const program = randomProgram(3);
const random = new Random(3);
const requests = random.times(60, () => randomRequest(program, random));

/** Runs in the page: both ways of deciding, and whether the page really forbids code from text. */
const PAGE = `
import { createNativeEngine, decodeIr, generatedAfter } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
const decoded = decodeIr(JSON.parse(${JSON.stringify(encodeIr(program))}), platform);
let forbidden = false;
try { new Function("return 1"); } catch { forbidden = true; }
const engines = [null, generatedAfter(0)].map((promotion) => createNativeEngine(decoded.ir, platform, { promotion }));
const decide = (engine) => ${JSON.stringify(requests)}.map((text) => engine.decideText(text));
// Twice: the second time code would have been generated.
engines.forEach(decide);
document.body.textContent = encodeURIComponent(JSON.stringify({ forbidden, decided: engines.map(decide) }));
`;

async function pageScript(): Promise<string> {
  const built = await build({
    stdin: { contents: PAGE, resolveDir: import.meta.dirname, loader: "js" },
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    conditions: ["@aegis/source"],
    logLevel: "warning",
  });
  return built.outputFiles[0]?.text ?? "";
}

it.skipIf(skipsWithout("chromium", chromium))(
  "decides in Chromium without code from text",
  async () => {
    const script = await pageScript();
    const server = createServer((request, response) => {
      response.setHeader("Content-Security-Policy", "default-src 'none'; script-src 'self'");
      if (request.url === "/page.js") response.setHeader("Content-Type", "text/javascript").end(script);
      else
        response
          .setHeader("Content-Type", "text/html; charset=utf-8")
          .end('<!doctype html><body><script src="/page.js"></script></body>');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const folder = mkdtempSync(join(tmpdir(), "aegis-chromium-"));
    try {
      const { port } = server.address() as AddressInfo;
      const { stdout } = await promisify(execFile)(
        chromium ?? "",
        [...FLAGS, `--user-data-dir=${folder}`, "--dump-dom", `http://127.0.0.1:${port}/`],
        { maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
      );
      const text = /<body>([^<]*)<\/body>/.exec(stdout)?.[1] ?? "";
      const { forbidden, decided } = JSON.parse(decodeURIComponent(text)) as {
        readonly forbidden: boolean;
        readonly decided: readonly (readonly unknown[])[];
      };
      expect(forbidden).toBe(true);
      const reference = createInterpreter(program, platform);
      const expected = requests.map((request) => canonicalJson(reference.decideText(request)));
      for (const each of decided) expect(each.map(canonicalJson)).toEqual(expected);
    } finally {
      server.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
  90_000,
);
