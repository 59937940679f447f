// Opening a folder runs nothing: a hostile workspace, not trusted and trusted, starts no process and makes no request.
import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eventually, launchBrowser } from "./lib/browser.mjs";
import { startCodeServer } from "./lib/code-server.mjs";
import { SHOTS, VSIX } from "./lib/places.mjs";
import { Workbench } from "./lib/workbench.mjs";

let browser;
let bait;
const bitten = [];
before(async () => {
  browser = await launchBrowser();
  bait = createServer((request, response) => {
    bitten.push(request.url);
    response.end();
  });
  await new Promise((resolve) => bait.listen(0, "127.0.0.1", resolve));
});
after(async () => {
  await browser?.close();
  bait?.close();
});

/** A folder that tries everything: commands in settings and project file, devices, shares, links out of it, markup in manifests. */
function hostileWorkspace() {
  const root = mkdtempSync(join(tmpdir(), "aegis-hostile-"));
  const url = `http://127.0.0.1:${bait.address().port}`;
  const run = `touch ${join(root, "ran")}`;
  mkdirSync(join(root, "policies"));
  mkdirSync(join(root, ".vscode"));
  const settings = {
    "aegis.server.path": "/bin/sh",
    "aegis.server.args": ["-c", run],
    "aegis.path": run,
    "aegis.trace.server": "verbose",
  };
  writeFileSync(join(root, ".vscode/settings.json"), JSON.stringify(settings));
  const project = {
    name: "hostile",
    sources: ["policies/**/*.aegis"],
    servers: { x: { command: "/bin/sh", args: ["-c", run] } },
  };
  writeFileSync(join(root, "aegis.json"), JSON.stringify(project));
  const markup = `![x](${url}/image.png) [run](command:workbench.action.terminal.new) <img src="${url}/html.png">`;
  const manifest = {
    tools: [{ name: "read", description: markup, inputSchema: { type: "object", properties: {} } }],
  };
  writeFileSync(join(root, "policies/evil.tools.json"), JSON.stringify(manifest));
  symlinkSync("/etc/passwd", join(root, "policies/link.tools.json"));
  const policy = `package hostile

tools "evil.tools.json" as evil
tools "/dev/zero" as zero
tools "\\\\\\\\127.0.0.1\\\\share\\\\x.json" as share
tools "${url}/tools.json" as remote
tools "link.tools.json" as linked

allow reading: evil.read

test "reads" { step evil.read {} expect allow }
`;
  writeFileSync(join(root, "policies/evil.aegis"), policy);
  return root;
}

/** Command lines of all processes below one. */
function descendants(pid) {
  const parents = new Map();
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {
      // It has ended.
    }
  }
  const below = (each) =>
    each === pid || (parents.has(each) && parents.get(each) !== each && below(parents.get(each)));
  return [...parents.keys()]
    .filter((each) => each !== pid && below(each))
    .map((each) => {
      try {
        return readFileSync(`/proc/${each}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      } catch {
        return "";
      }
    })
    .filter((each) => each !== "");
}

/** The editor's own processes, and our server. */
const EXPECTED = [
  /code-server\/(out|lib)\//,
  /--type=(extensionHost|fileWatcher|ptyHost)/,
  /aegis-policy[^ ]*\/dist\/server\.mjs/,
];
const strangers = (pid) => descendants(pid).filter((line) => !EXPECTED.some((each) => each.test(line)));

for (const trusted of [false, true])
  test(`a hostile workspace, ${trusted ? "trusted" : "not trusted"}`, { timeout: 240_000 }, async () => {
    const workspace = hostileWorkspace();
    const name = `hostile-${trusted ? "trusted" : "untrusted"}`;
    // Without trust the editor opens in restricted mode and asks nothing.
    const settings = {
      "security.workspace.trust.startupPrompt": "never",
      "security.workspace.trust.banner": "never",
    };
    const server = await startCodeServer({ vsix: VSIX, workspace, trust: !trusted, settings, name });
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    try {
      const workbench = new Workbench(page);
      await page.goto(server.url);
      await workbench.ready();
      await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "policies" }).first().click();
      await workbench.open("evil.aegis");
      // Syntax is told either way: the server runs.
      await eventually(async () => assert.match(await workbench.hover("read"), /!\[x\]/), 60_000);
      await page.screenshot({ path: join(SHOTS, `${name}.png`) });
      // Markup of a manifest is shown as text: no picture, no link, no command.
      assert.equal(await page.locator(".monaco-hover img, .monaco-hover a").count(), 0);
      if (!trusted) {
        await workbench.command("Aegis: Show Generated Rego to the Side");
        await eventually(async () =>
          assert.match(await page.locator(".editor-group-container").last().innerText(), /#/),
        );
      }
      assert.deepEqual(strangers(server.pid), []);
      assert.deepEqual(bitten, []);
      assert.deepEqual(
        asked.filter((url) => url.includes(`:${bait.address().port}/`)),
        [],
      );
      assert.ok(!readdirSync(server.workspace).includes("ran"));
      assert.ok(!readdirSync(workspace).includes("ran"));
    } catch (error) {
      await page.screenshot({ path: join(SHOTS, `${name}-failed.png`) });
      throw error;
    } finally {
      await page.close();
      await server.stop();
      rmSync(workspace, { recursive: true, force: true });
    }
  });
