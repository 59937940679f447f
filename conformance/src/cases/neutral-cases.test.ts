// The engine-neutral cases on every engine: each gives the document that the case says, and all give the same.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileText } from "@aegis/compiler/testing";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { buildJsRuntime } from "../../../scripts/build-js-runtime.ts";
import { engines } from "../engines/engine-registry.ts";
import { compareEngines } from "../harness/compare.ts";
import { loadEngines } from "../harness/loaded-engines.ts";
import { requestText, type CaseFile } from "./case-file.ts";

const folder = new URL("../../cases/", import.meta.url).pathname;
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yaml"))
  .sort();
const schema = JSON.parse(readFileSync(join(folder, "case.schema.json"), "utf8")) as object;
const isCaseFile = new Ajv2020({ strict: false, allErrors: true }).compile<CaseFile>(schema);
const running = [...engines.values()].filter((engine) => engine.missing() === null);

let prebuilt = "";
beforeAll(async () => {
  prebuilt = await buildJsRuntime();
});

describe.each(files)("%s", (name) => {
  it("holds on every engine", { timeout: 60_000 }, async () => {
    const file: unknown = parse(readFileSync(join(folder, name), "utf8"));
    if (!isCaseFile(file)) return expect.fail(JSON.stringify(isCaseFile.errors));
    const { ir } = compileText(file.modules, { data: new Map(Object.entries(file.data ?? {})) });
    const loaded = await loadEngines(ir, running, { prebuilt: () => prebuilt });
    try {
      for (const entrypoint of ["decision", "visible"] as const) {
        const cases = file.cases.filter(
          (each) => (each.visible !== undefined) === (entrypoint === "visible"),
        );
        if (cases.length === 0) continue;
        const texts = cases.map((each) => requestText(each, entrypoint === "visible" ? {} : file.base));
        const { reference, divergences } = await compareEngines(loaded, texts, entrypoint);
        for (const [at, { name: title, expect: wanted, visible }] of cases.entries()) {
          const document = reference[at];
          if (visible !== undefined) {
            const listed = (document as { tool: string; action: string }[]).map(
              (e) => `${e.tool}.${e.action}`,
            );
            expect.soft(listed, title).toEqual(visible);
            continue;
          }
          const found = document as Record<string, unknown>;
          for (const [member, value] of Object.entries(wanted ?? {}))
            expect.soft(found[member], `${title}: ${member}`).toEqual(value ?? undefined);
        }
        expect(divergences.map(({ request, documents }) => [request.slice(0, 300), ...documents])).toEqual(
          [],
        );
      }
    } finally {
      loaded.close();
    }
  });
});
