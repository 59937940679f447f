// The JavaScript module decides as the reference interpreter does, needs nothing, and has declarations that fit.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createInterpreter, type Engine } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomProgram } from "../../../../conformance/src/random-ir/program.ts";
import { Random } from "../../../../conformance/src/random-ir/random.ts";
import { randomRequest } from "../../../../conformance/src/random-ir/request.ts";
import { compileText } from "../../testing/index.ts";
import { buildJsRuntime } from "../../../../scripts/build-js-runtime.ts";
import { jsBackend } from "./js-backend.ts";

const folder = mkdtempSync(join(tmpdir(), "aegis-js-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let runtime = "";
beforeAll(async () => {
  runtime = await buildJsRuntime();
});
const emit = (seed: number) =>
  jsBackend.emit(randomProgram(seed), { prebuilt: () => runtime, banner: "two\nlines\u2028*/" });

describe("the JavaScript module", () => {
  it.each([1, 2])("decides program %i as the reference interpreter does", async (seed) => {
    const [module] = emit(seed);
    const file = join(folder, `policy-${String(seed)}.mjs`);
    writeFileSync(file, module?.content ?? "");
    const policy = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Engine;
    const program = randomProgram(seed);
    const engine = createInterpreter(program, platform);
    const random = new Random(seed);
    for (let count = 0; count < 40; count += 1) {
      const text = randomRequest(program, random);
      expect(policy.decideText(text)).toEqual(engine.decideText(text));
      expect(policy.decideText(new TextEncoder().encode(text))).toEqual(engine.decideText(text));
      const request: unknown = JSON.parse(text);
      expect(policy.decide(request)).toEqual(engine.decide(request));
      expect(policy.visible(request)).toEqual(engine.visible(request));
    }
    expect(policy.decideText("{")).toMatchObject({ decision: "deny", code: "invalid_input" });
  });

  it("is one file that imports nothing and makes no code from text", () => {
    const text = String(emit(1)[0]?.content);
    const { importedFiles } = ts.preProcessFile(text, true, true);
    expect(importedFiles).toEqual([]);
    const calls: string[] = [];
    const visit = (node: ts.Node): void => {
      if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && ts.isIdentifier(node.expression)) {
        calls.push(node.expression.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile("policy.js", text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS));
    for (const name of ["eval", "Function", "require", "setTimeout"]) expect(calls).not.toContain(name);
  });

  it("needs the toolchain to be built", () => {
    expect(() => jsBackend.emit(randomProgram(1), {})).toThrow(/built/);
  });
});

describe("the declarations", () => {
  const call = (args: string) => `import { decide } from "./policy";
const decision = decide({ agent: { id: "a" }, tool: "git", action: "push", args: ${args} });
export const text: string = decision.reason;`;

  it("take calls that fit and refuse others", () => {
    const uses = {
      "good.ts": call('{ s: "x", n: 1, j: { any: [1] }, xs: [1, "2"], maybe: null, e: "prod" }'),
      "wrong.ts": call("{ s: 5, n: 1, j: 1 }"),
      "missing.ts": call("{ n: 1, j: 1 }"),
      "enum.ts": call('{ s: "x", n: 1, j: 1, e: "staging" }'),
    };
    const { ir } = compileText({
      "p.aegis": `package p
enum Env { dev, prod }
tool git { push(s: string, n: int, j: json, xs: list<int>?, maybe: bool?, e: Env = dev) }
allow push: git.push
`,
    });
    const [, declarations] = jsBackend.emit(ir, { prebuilt: () => runtime });
    writeFileSync(join(folder, "policy.d.ts"), String(declarations?.content));
    for (const [name, text] of Object.entries(uses)) writeFileSync(join(folder, name), text);
    const program = ts.createProgram(
      Object.keys(uses).map((name) => join(folder, name)),
      {
        strict: true,
        noEmit: true,
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        target: ts.ScriptTarget.ES2022,
        lib: ["lib.es5.d.ts"],
        types: [],
      },
    );
    const faulty = ts.getPreEmitDiagnostics(program).map(({ file }) => file?.fileName.split("/").at(-1));
    expect([...new Set(faulty)].sort()).toEqual(["enum.ts", "missing.ts", "wrong.ts"]);
  });
});
