// The bundle of every example, unmodified, in what other people run: the stock npm SDK, plain OPA, and OPA with its WASM engine.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { analyse, backends, compile, emitArtifacts } from "@aegis/compiler";
import { canonicalJson, createNativeEngine, type IrProgram, type JsonObject } from "@aegis/runtime/core";
import { factComputer, platform } from "@aegis/runtime/facts";
import { loadPolicy } from "@open-policy-agent/opa-wasm";
import { afterAll, describe, expect, it } from "vitest";
import { loadProject } from "../cli/src/files/load-project.ts";
import { bundleMembers, packBundle } from "../compiler/src/bundle/build-bundle.ts";
import type { Member } from "../compiler/src/bundle/write-tar.ts";
import { batchQuery, evaluateBatch } from "../conformance/src/engines/opa-batch.ts";
import { Random } from "../conformance/src/random-ir/random.ts";
import { randomRequest } from "../conformance/src/random-ir/request.ts";
import { compileSuite } from "./agentdojo/assistant.ts";
import { dataFolder, manifestText, SUITES } from "./agentdojo/recording.ts";
import { checkRego, findOpa, findProgram, skipsWithout } from "../runtime/src/testing/index.ts";

const NOW = Date.UTC(2026, 10, 20, 10);
const GENERATED = 40;
const opa = findOpa();
const taggedOpa = findProgram("opa-wasm");
const scratch = mkdtempSync(join(tmpdir(), "aegis-examples-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Example {
  readonly ir: IrProgram;
  /** The example's own requests and generated ones: wrong types, missing members, hostile names. */
  readonly requests: readonly string[];
  /** Canonical documents of the native evaluator. */
  readonly expected: readonly string[];
}

function open({ folder, ir }: Policy): Example {
  const random = new Random(11);
  const requests = [...ownRequests(folder, ir), ...random.times(GENERATED, () => randomRequest(ir, random))];
  const engine = createNativeEngine(ir, platform);
  const expected = requests.map((text) => canonicalJson(engine.decideText(text)));
  return { ir, requests, expected };
}

interface Policy {
  readonly name: string;
  readonly folder: string;
  readonly ir: IrProgram;
}

/** Every folder's policy; those of the recorded assistants need the recordings' manifest. */
function policies(): readonly Policy[] {
  const recordings = dataFolder();
  if (recordings === null) console.warn("skipped: the bundles of agentdojo, whose recordings are not here");
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((each) =>
    each.isDirectory(),
  );
  return folders.flatMap(({ name }): readonly Policy[] => {
    const folder = join(import.meta.dirname, name);
    if (name !== "agentdojo") return [{ name, folder, ir: projectIn(folder) }];
    const manifest = recordings === null ? null : manifestText(recordings);
    return manifest === null
      ? []
      : SUITES.map((suite) => ({ name: suite, folder, ir: compileSuite(suite, manifest).compilation.ir }));
  });
}

function projectIn(folder: string): IrProgram {
  const isProject = existsSync(join(folder, "aegis.json"));
  const paths = isProject ? [] : readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  const { sources, inputs } = loadProject(
    { cwd: folder, paths, environment: null, now: NOW },
    () => new Set(),
  );
  const compilation = compile(analyse(sources, inputs));
  if (!compilation.ok) throw new Error(`${folder} does not compile`);
  return compilation.ir;
}

/** With the facts that the runtime computes about them. */
function ownRequests(folder: string, ir: IrProgram): readonly string[] {
  const file = join(folder, "requests.jsonl");
  if (!existsSync(file)) return [];
  const factsOf = factComputer(ir);
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => {
      const request = JSON.parse(line) as {
        readonly tool: string;
        readonly action: string;
        readonly args: JsonObject;
        readonly facts?: Parameters<typeof factsOf>[3];
      };
      return JSON.stringify({
        ...request,
        facts: factsOf(request.tool, request.action, request.args, request.facts),
      });
    });
}

/** What the bundle holds with these targets. */
function membersOf({ ir }: Example, targets: readonly string[]): Promise<readonly Member[]> {
  const chosen = [...backends.values()].filter(({ id }) => targets.includes(id));
  const build = { toolchain: "test", backends: targets };
  const metadata = { serial: 1, sources: {}, manifests: {}, library: {}, build };
  return bundleMembers(ir, emitArtifacts(ir, chosen, {}), { metadata });
}

async function bundleFile(name: string, members: readonly Member[]): Promise<string> {
  const file = join(scratch, `${name}.tar.gz`);
  writeFileSync(file, await packBundle(members));
  return file;
}

const replaced = (members: readonly Member[], name: string, bytes: Uint8Array): readonly Member[] => {
  expect(members.map((each) => each.name)).toContain(name);
  return members.map((each) => (each.name === name ? { name, bytes } : each));
};

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const DECISION_REGO = "aegis/decision.rego";
/** A member of the same name and entrypoint that decides something else. */
const LYING_REGO = utf8('package aegis\n\ndecision := "the Rego answered"\n\nvisible := []\n');

/** Answers of stock OPA for all requests in one evaluation. */
const plainAnswers = async (file: string, requests: readonly string[]): Promise<readonly string[]> =>
  (await evaluateBatch(opa ?? "", ["--bundle", file], batchQuery("decision"), requests)).map(canonicalJson);

/** Answers of an OPA server, a request each: within one evaluation OPA keeps a module's first answer. */
async function serverAnswers(
  name: string,
  file: string,
  requests: readonly string[],
): Promise<readonly string[]> {
  const socket = join(scratch, `${name}.sock`);
  const options = ["--log-level", "error", "--addr", `unix://${socket}`, "--bundle", file];
  const server = spawn(taggedOpa ?? "", ["run", "--server", ...options], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  server.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  try {
    await untilThere(socket, () => {
      if (server.exitCode !== null) throw new Error(`the server ended: ${said.slice(-2000)}`);
    });
    const answers: string[] = [];
    for (const text of requests) answers.push(await post(socket, `{"input":${text}}`));
    return answers.map((text) => canonicalJson((JSON.parse(text) as { result?: unknown }).result));
  } finally {
    server.kill();
  }
}

/** The server listens when it has loaded its bundle; `check` throws when it never will. */
async function untilThere(socket: string, check: () => void): Promise<void> {
  while (!existsSync(socket)) {
    check();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function post(socketPath: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { socketPath, path: "/v1/data/aegis/decision", method: "POST" };
    const asked = httpRequest(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

const all = policies();

describe.each(all)("the bundle of $name", (policy) => {
  const { name } = policy;
  const example = open(policy);
  const { requests, expected } = example;

  it("decides in the stock npm SDK as the native evaluator does", async () => {
    const members = await membersOf(example, ["rego", "wasm"]);
    const module = members.find((each) => each.name === "policy.wasm");
    const policy = await loadPolicy(new Uint8Array(module?.bytes ?? []).buffer);
    const found = requests.map((text) => {
      const [answer] = policy.evaluate(new Uint8Array(utf8(text)).buffer, "aegis/decision") as readonly {
        result: unknown;
      }[];
      return canonicalJson(answer?.result);
    });
    expect(found).toEqual(expected);
  });

  it.skipIf(skipsWithout("opa", opa))(
    "decides in plain OPA, and by its Rego",
    { timeout: 60_000 },
    async () => {
      const members = await membersOf(example, ["rego", "wasm"]);
      expect(await plainAnswers(await bundleFile(name, members), requests)).toEqual(expected);
      // A module that no host could even load changes nothing.
      const lying = replaced(members, "policy.wasm", utf8("no module"));
      const some = requests.slice(0, 10);
      expect(await plainAnswers(await bundleFile(`${name}-lying`, lying), some)).toEqual(
        expected.slice(0, 10),
      );
    },
  );

  it.skipIf(skipsWithout("opa-wasm", taggedOpa))(
    "decides in an OPA with its WASM engine, as that flavour, which holds no Rego",
    { timeout: 60_000 },
    async () => {
      const members = await membersOf(example, ["opa-wasm"]);
      expect(members.filter((each) => each.name.endsWith(".rego"))).toEqual([]);
      const file = await bundleFile(`${name}-wasm`, members);
      expect(await serverAnswers(name, file, requests)).toEqual(expected);
    },
  );

  it.skipIf(skipsWithout("opa", opa))("holds Rego that OPA has nothing to say about", () => {
    const files = Object.fromEntries(
      (backends.get("rego")?.emit(example.ir, {}) ?? []).map(({ path, content }) => [
        path.replaceAll("/", "__"),
        String(content),
      ]),
    );
    expect(checkRego(opa ?? "", files)).toBe("");
  });
});

describe("a lie shows which of them answered", () => {
  const [one, other] = all.map(open);
  if (one === undefined || other === undefined) throw new Error("there are no examples");
  const requests = [...one.requests.slice(0, 5), ...other.requests.slice(0, 5)];
  const decidedBy = ({ ir }: Example): readonly string[] => {
    const engine = createNativeEngine(ir, platform);
    return requests.map((text) => canonicalJson(engine.decideText(text)));
  };
  const moduleOf = async (example: Example): Promise<Uint8Array> =>
    (await membersOf(example, ["wasm"])).find((each) => each.name === "policy.wasm")?.bytes ?? utf8("");

  it("they differ at all", () => expect(decidedBy(one)).not.toEqual(decidedBy(other)));

  it.skipIf(skipsWithout("opa", opa))("in plain OPA the Rego, not the module", async () => {
    const members = await membersOf(one, ["rego", "wasm"]);
    const strange = await bundleFile("strange", replaced(members, "policy.wasm", await moduleOf(other)));
    expect(await plainAnswers(strange, requests)).toEqual(decidedBy(one));
    const lying = await bundleFile("lying", replaced(members, DECISION_REGO, LYING_REGO));
    expect(await plainAnswers(lying, requests.slice(0, 1))).toEqual(['"the Rego answered"']);
  });

  it.skipIf(skipsWithout("opa-wasm", taggedOpa))(
    "in an OPA with its WASM engine the module, and the Rego where a bundle holds both",
    { timeout: 60_000 },
    async () => {
      const members = await membersOf(one, ["opa-wasm"]);
      const strange = await bundleFile(
        "strange-wasm",
        replaced(members, "policy.wasm", await moduleOf(other)),
      );
      expect(await serverAnswers("strange-wasm", strange, requests)).toEqual(decidedBy(other));
      // OPA's own order: rules before resolvers. So the flavour is built without Rego.
      const both = replaced(await membersOf(one, ["rego", "opa-wasm"]), DECISION_REGO, LYING_REGO);
      const file = await bundleFile("both", both);
      expect(await serverAnswers("both", file, requests.slice(0, 1))).toEqual(['"the Rego answered"']);
    },
  );
});
