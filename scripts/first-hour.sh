#!/usr/bin/env bash
# A stranger's first hour: the packages as npm would deliver them, in an empty folder, with npm and Node only.
# Needs the npm registry and nothing else of the network. Ends with `first hour: ok` or at the first thing that fails.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
step() { printf '\n-- %s\n' "$*"; }
# Runs a command that must exit with the code given and print the text given.
expect() {
  local code=$1 text=$2 got=0
  shift 2
  "$@" >"$work/said" 2>&1 || got=$?
  cat "$work/said"
  if [ "$got" != "$code" ]; then echo "first hour: exit code $got instead of $code: $*"; exit 1; fi
  if ! grep -qF -- "$text" "$work/said"; then echo "first hour: did not say \`$text\`: $*"; exit 1; fi
}
aegisc() { npx --no-install aegisc "$@"; }

step "the packages, packed (node $(node --version))"
cd "$root"
npm run --silent build -- --types
mkdir "$work/tarballs"
npm pack --silent --pack-destination "$work/tarballs" \
  -w runtime -w stdlib -w compiler -w conformance -w cli >/dev/null
server=$(node -p 'require("./cli/package.json").devDependencies["@modelcontextprotocol/server-filesystem"]')

step "installed in an empty folder"
mkdir -p "$work/my agent/docs"
cd "$work/my agent"
echo "hello" >docs/hello.txt
npm init -y >/dev/null
npm install --no-audit --no-fund --silent "$work"/tarballs/*.tgz "@modelcontextprotocol/server-filesystem@$server"
expect 0 "." aegisc --version

step "init"
expect 0 "made a project" aegisc init
expect 0 "ok: 1 file" aegisc check
expect 0 "2 passed, 0 failed" aegisc test

step "their MCP server"
expect 0 "14 actions" aegisc import mcp --name fs -o policies/fs.aegis -- \
  npx --no-install mcp-server-filesystem "$PWD/docs"

step "a first policy"
cat >policies/agent.aegis <<'POLICY'
/// What the assistant may do with files.
package my_agent

policy files for agent.id == "assistant" {
  allow read: fs.{read_text_file, list_directory} when args.path under "/srv/docs"
  allow write: fs.write_file when args.path under "/srv/docs/drafts"

  require approval publish: fs.move_file
    by role "editor"
    because "moving {args.source} to {args.destination} publishes it"

  deny hidden: fs.* having args.path when args.path.name.starts_with(".")
    because "hidden files stay hidden"
}

test "the assistant reads documents and nothing else" {
  agent { id: "assistant" }
  step fs.read_text_file { path: "/srv/docs/hello.txt" } expect allow
  step fs.read_text_file { path: "/etc/passwd" } expect deny code default_deny
  step fs.read_text_file { path: "/srv/docs/../../etc/passwd" } expect deny code invalid_input
  step fs.read_text_file { path: "/srv/docs/.env" } expect deny by hidden
}

property "nothing outside the documents is read" {
  for all call fs.read_text_file where not (args.path under "/srv/docs")
  expect deny
}
POLICY
expect 0 "formatted" aegisc fmt
expect 0 "ok: 2 files" aegisc check
expect 0 "2 passed, 0 failed" aegisc test

step "a signed bundle"
expect 0 "signed by" aegisc build --signing-key .aegis/dev-key.pem -o policy.tar.gz
expect 0 "its files are what its program says" aegisc verify-bundle policy.tar.gz

step "decisions"
cat >requests.jsonl <<'REQUESTS'
{"agent":{"id":"assistant"},"tool":"fs","action":"read_text_file","args":{"path":"/srv/docs/hello.txt"}}
{"agent":{"id":"assistant"},"tool":"fs","action":"write_file","args":{"path":"/srv/docs/hello.txt","content":"x"}}
not json
REQUESTS
expect 0 '"decision":"allow"' aegisc eval --bundle policy.tar.gz --input requests.jsonl
expect 1 '"code":"invalid_input"' aegisc eval --bundle policy.tar.gz --input requests.jsonl --fail-on deny

step "decisions in a program"
cat >decide.mjs <<'PROGRAM'
import { readFileSync } from "node:fs";
import { MemorySerials, PolicyRuntime, readVerificationKey } from "@aegis/runtime/enforce";
import { loadPolicyFrom } from "@aegis/runtime/node";

const project = JSON.parse(readFileSync("aegis.json", "utf8"));
const keys = await Promise.all(project.keys.map((key) => readVerificationKey(JSON.stringify(key))));
const serials = new MemorySerials();
const loaded = await loadPolicyFrom("policy.tar.gz", { name: "files", trust: { keys }, serials });
if (!loaded.ok) throw new Error(loaded.problem);
const records = [];
const runtime = new PolicyRuntime([loaded.policy], { sink: { record: (record) => void records.push(record) } });
const agent = { id: "assistant" };
const session = await runtime.openSession(agent);
const call = (action, args) => runtime.authorize({ agent, session, tool: "fs", action, args });

const read = await call("read_text_file", { path: "/srv/docs/hello.txt" });
if (read.runs) await read.finish({ status: "ok", value: readFileSync("docs/hello.txt", "utf8") });
const moved = await call("move_file", { source: "/a", destination: "/b" });
const hidden = await call("read_text_file", { path: "/srv/docs/.env" });
console.log(read.decision.decision, moved.decision.decision, hidden.decision.reason, records.length);
console.log(runtime.visible(agent).map(({ action }) => action).join(" "));
PROGRAM
expect 0 "allow deny hidden files stay hidden" node decide.mjs
expect 0 "list_directory" node decide.mjs
sed -i 's/loadPolicyFrom("policy/loadPolicyFrom("other/' decide.mjs
expect 1 "it cannot be read" node decide.mjs

step "one denied call, explained"
sed -n 2p requests.jsonl >denied.json
expect 0 'nearest allow: my_agent.write' aegisc explain --input denied.json

step "the editor's extension"
packager=$(node -p 'require(process.argv[1]).dependencies["@vscode/vsce"]' "$root/e2e/package.json")
npm install --no-audit --no-fund --silent --ignore-scripts --prefix "$work/packager" "@vscode/vsce@$packager"
(cd "$root" && AEGIS_VSCE="$work/packager/node_modules/.bin/vsce" npm run --silent extension >"$work/packed")
ask() { (cd "$root" && npx --no-install tsx --conditions=@aegis/source scripts/ask-packed-server.ts "$@"); }
expect 0 "0 diagnostics" ask "$root/vscode-extension/dist/aegis-policy.vsix" "$PWD/policies/agent.aegis"
sed -i 's/fs.write_file when/fs.write_fiel when/' policies/agent.aegis
expect 0 "tools/unknown-action 6" ask "$root/vscode-extension/dist/aegis-policy.vsix" "$PWD/policies/agent.aegis"

printf '\nfirst hour: ok\n'
