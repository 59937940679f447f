// Size and speed of policy.wasm beside modules that OPA compiles: of Rego as a person writes it, and of our generated Rego.
//
//   AEGIS_OPA=… npx tsx --conditions=@aegis/source conformance/bench/wasm/figures-node.ts [numbers of rules]
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { compileFunction } from "node:vm";
import { backends } from "@aegis/compiler";
import { compileText } from "@aegis/compiler/testing";
import { compileWasm, createWasmEngine, type IrProgram } from "@aegis/runtime/core";
import { loadPolicy } from "@open-policy-agent/opa-wasm";
import { moduleOf, RawHost } from "../../src/wasm/module.ts";
import { fixedRequests } from "../workload/requests.ts";
import { ruleSet } from "../workload/rule-set.ts";
import { toAegis } from "../workload/to-aegis.ts";
import { idiomaticRego } from "./idiomatic-rego.ts";
import { patternedTen } from "./patterned-ten.ts";

const opa = process.env["AEGIS_OPA"] ?? "opa";
const ROUNDS = 15;
const REQUESTS = 200;

interface Subject {
  readonly name: string;
  run(): void;
  readonly times: number[];
}

/** The module that OPA makes of Rego files; undefined where it makes none. */
function opaModule(
  files: Readonly<Record<string, string>>,
  entrypoint: string,
): Uint8Array<ArrayBuffer> | undefined {
  const folder = mkdtempSync(join(tmpdir(), "aegis-figures-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, "in", path)), { recursive: true });
      writeFileSync(join(folder, "in", path), text);
    }
    const bundle = join(folder, "bundle.tar.gz");
    const built = spawnSync(
      opa,
      ["build", "-t", "wasm", "-e", entrypoint, "-o", bundle, join(folder, "in")],
      {
        encoding: "utf8",
        timeout: 300_000,
      },
    );
    if (built.error !== undefined) throw built.error;
    if (built.status !== 0) {
      console.error(built.stderr.slice(0, 300));
      return undefined;
    }
    spawnSync("tar", ["xzf", bundle, "-C", folder, "/policy.wasm"]);
    return new Uint8Array(readFileSync(join(folder, "policy.wasm")));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const generated = (program: IrProgram): Record<string, string> =>
  Object.fromEntries(
    (backends.get("rego")?.emit(program, {}) ?? []).map(({ path, content }) => [path, String(content)]),
  );

const texts = fixedRequests(REQUESTS).map((request) => JSON.stringify(request));
const encoded = texts.map((text) => new TextEncoder().encode(text));

/** `opa_eval` with all requests in memory already. */
function raw(name: string, module: Uint8Array<ArrayBuffer>, entrypoint: string): Subject {
  const host = new RawHost(module, 64);
  const data = host.parse("{}", "opa_json_parse");
  const names = host.json(host.call("entrypoints")) as Record<string, number>;
  const places = encoded.map((bytes) => {
    const at = host.call("opa_malloc", bytes.length + 16);
    new Uint8Array(host.memory.buffer).set(bytes, at);
    return [at, bytes.length] as const;
  });
  const heap = host.call("opa_heap_ptr_get");
  const id = names[entrypoint] ?? 0;
  return { name, times: [], run: ownLoop(host.exports["opa_eval"], id, data, heap, places) };
}

/** A loop that is compiled for one module alone: V8 calls it directly then, as in a host that has no other. */
function ownLoop(...args: readonly unknown[]): () => void {
  const make = compileFunction(
    "return () => { for (const [at, length] of places) evaluate(0, id, data, at, length, heap, 0); };",
    ["evaluate", "id", "data", "heap", "places"],
  ) as (...args: readonly unknown[]) => () => void;
  return make(...args);
}

async function stock(name: string, module: Uint8Array<ArrayBuffer>, entrypoint: string): Promise<Subject> {
  const policy = await loadPolicy(module.buffer);
  const buffers = encoded.map((bytes) => new Uint8Array(bytes).buffer);
  return {
    name,
    times: [],
    run() {
      for (const buffer of buffers) policy.evaluate(buffer, entrypoint);
    },
  };
}

/** Interleaved, so that what slows the machine slows all. Microseconds a decision, the median. */
function measure(subjects: readonly Subject[]): Readonly<Record<string, number>> {
  for (let round = -3; round < ROUNDS; round++) {
    for (const { run, times } of subjects) {
      const before = process.cpuUsage().user;
      let runs = 0;
      do {
        run();
        runs++;
      } while (process.cpuUsage().user - before < 20_000);
      if (round >= 0) times.push((process.cpuUsage().user - before) / runs / REQUESTS);
    }
  }
  const median = (times: readonly number[]): number =>
    [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
  return Object.fromEntries(subjects.map(({ name, times }) => [name, Number(median(times).toFixed(3))]));
}

const floor: Subject = {
  name: "JSON.parse",
  times: [],
  run: () => texts.forEach((text) => void JSON.parse(text)),
};

const patterned = moduleOf(compileText({ "bench.aegis": patternedTen() }).ir).length;
console.log(JSON.stringify({ rules: 10, patterns: 2, bytes: { aegis: patterned } }));

const asked = process.argv.slice(2).map(Number);
for (const size of asked.length > 0 ? asked : [10, 100, 1_000, 10_000]) {
  const rules = ruleSet(size);
  const program = compileText({ "bench.aegis": toAegis(rules) }).ir;
  const begin = performance.now();
  const own = moduleOf(program);
  const compiled = performance.now() - begin;
  const subjects = [
    floor,
    raw("aegis raw", own, "aegis/decision"),
    await stock("aegis SDK", own, "aegis/decision"),
  ];
  const engine = createWasmEngine(compileWasm(own));
  subjects.push({
    name: "aegis thin host",
    times: [],
    run: () => encoded.forEach((bytes) => void engine.decideText(bytes)),
  });
  const sizes: Record<string, number> = { aegis: own.length };
  const peers: readonly (readonly [string, Record<string, string>, string])[] =
    size > 1_000
      ? []
      : [
          ["idiomatic", { "bench.rego": idiomaticRego(rules) }, "bench/document"],
          ["generated", generated(program), "aegis/decision"],
        ];
  for (const [name, files, entrypoint] of peers) {
    const module = opaModule(files, entrypoint);
    if (module === undefined) continue;
    sizes[name] = module.length;
    try {
      const subject = raw(`${name} raw`, module, entrypoint);
      subject.run();
      subjects.push(subject, await stock(`${name} SDK`, module, entrypoint));
    } catch (error) {
      console.error(`${name}: ${String(error).slice(0, 200)}`);
    }
  }
  console.log(
    JSON.stringify({
      rules: size,
      compile_ms: Number(compiled.toFixed(1)),
      bytes: sizes,
      us: measure(subjects),
    }),
  );
}
