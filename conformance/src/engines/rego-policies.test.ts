// Stock OPA decides on real policies as the reference interpreter does, and finds their Rego well written.
import { readFileSync } from "node:fs";
import { backends } from "@aegis/compiler";
import { canonicalJson, createInterpreter, type IrProgram } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { describe, expect, it } from "vitest";
import { ARTICLE, compileText } from "../../../compiler/src/testing/index.ts";
import { checkRego, findOpa, skipsWithout } from "../../../runtime/src/testing/index.ts";
import { Random } from "../random-ir/random.ts";
import { randomRequest } from "../random-ir/request.ts";
import { evaluateText } from "./opa-node.ts";

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../compiler/fixtures/${name}`, import.meta.url), "utf8");
const text = { type: "string" };
const tool = (name: string, properties: object) => ({
  name,
  inputSchema: { type: "object", properties, required: Object.keys(properties), additionalProperties: false },
});
const MANIFEST = JSON.stringify({
  tools: [
    tool("create_or_update_file", { path: text, branch: text, content: text }),
    tool("get_file_contents", { path: text }),
  ],
});
const policies: Readonly<Record<string, () => IrProgram>> = {
  codegen: () =>
    compileText(fixture("syntax/codegen.aegis"), {
      readManifest: (_, path) => ({ ok: true, path, text: MANIFEST }),
      data: new Map([["acme.codegen.partners", ["*.partner.com"]]]),
      channels: new Set(["releases"]),
    }).ir,
  article: () => compileText({ "article.yaml": ARTICLE }).ir,
};

const opa = findOpa();

describe.skipIf(skipsWithout("opa", opa)).each(Object.entries(policies))("OPA on %s", (_, compiled) => {
  const program = compiled();
  const files = Object.fromEntries(
    (backends.get("rego")?.emit(program, {}) ?? []).map(({ path, content }) => [
      path.replaceAll("/", "__"),
      String(content),
    ]),
  );
  const engine = createInterpreter(program, platform);
  const random = new Random(7);

  it("decides as the reference interpreter does", () => {
    const requests = random.times(60, () => randomRequest(program, random));
    const query = "[d | some r in input.requests; d := data.aegis.decision with input as r]";
    const found = evaluateText(opa ?? "", files, query, `{"requests":[${requests.join(",")}]}`) as unknown[];
    requests.forEach((request, index) => {
      expect(canonicalJson(found[index]), request).toBe(canonicalJson(engine.decideText(request)));
    });
  });

  it("sees as much in the list phase", () => {
    const requests = random.times(20, () => {
      const { agent, context } = JSON.parse(randomRequest(program, random)) as Record<string, unknown>;
      return { ...(agent === undefined ? {} : { agent }), ...(context === undefined ? {} : { context }) };
    });
    const query = "[d | some r in input.requests; d := data.aegis.visible with input as r]";
    const found = evaluateText(opa ?? "", files, query, JSON.stringify({ requests }));
    expect(found).toEqual(requests.map((request) => engine.visible(request)));
  });

  it("finds nothing to complain about", () => {
    expect(checkRego(opa ?? "", files)).toBe("");
  });
});
