// A policy's source as a signed bundle with Rego and WASM, and as a module of its own: SOURCE KEY JS-RUNTIME BUNDLE. Prints
// the milliseconds of the work itself and of making the module's text.
import { readFileSync, writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import {
  analyse,
  backends,
  buildBundle,
  compile,
  emitArtifacts,
  readSigner,
  SourceFile,
  NO_INPUTS,
} from "@aegis/compiler";

const [source = "", key = "", jsRuntime = "", bundle = ""] = process.argv.slice(2);
// As `aegisc build` has it: see cli/src/optimise-late.ts.
if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=400000");
const start = performance.now();
const compiled = compile(analyse([new SourceFile("bench.aegis", readFileSync(source, "utf8"))], NO_INPUTS));
if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join("\n"));
const options = { banner: "bench", prebuilt: () => readFileSync(jsRuntime, "utf8") };
const bundled = [...backends.values()].filter((each) => each.bundled && each.onDemand !== true);
const artifacts = emitArtifacts(compiled.ir, bundled, options);
const signer = await readSigner(readFileSync(key, "utf8"));
const build = { toolchain: "bench", backends: bundled.map(({ id }) => id) };
const metadata = { serial: 1, sources: {}, manifests: {}, library: {}, build };
writeFileSync(bundle, await buildBundle(compiled.ir, artifacts, { metadata }, signer));
const beforeJs = performance.now();
const alone = [...backends.values()].filter((each) => !each.bundled);
const modules = emitArtifacts(compiled.ir, alone, options);
const end = performance.now();
if (modules.length === 0) throw new Error("no module was made");
process.stdout.write(JSON.stringify({ workMs: end - start, jsMs: end - beforeJs }));
