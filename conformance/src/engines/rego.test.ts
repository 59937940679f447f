// Stock OPA on generated Rego decides as the reference interpreter does: random programs, random requests.
import { backends } from "@aegis/compiler";
import { canonicalJson, createInterpreter, type IrProgram } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { describe, expect, it } from "vitest";
import { checkRego, findOpa, skipsWithout } from "../../../runtime/src/testing/index.ts";
import { randomProgram } from "../random-ir/program.ts";
import { randomRequest } from "../random-ir/request.ts";
import { Random } from "../random-ir/random.ts";
import { evaluateText } from "./opa-node.ts";

const opa = findOpa();
const skipped = skipsWithout("opa", opa);
const PROGRAMS = Number(process.env["AEGIS_FUZZ_PROGRAMS"] ?? 3);
const REQUESTS = Number(process.env["AEGIS_FUZZ_REQUESTS"] ?? 40);
const FIRST = Number(process.env["AEGIS_FUZZ_SEED"] ?? 1);

const modules = (program: IrProgram): Record<string, string> =>
  Object.fromEntries(
    (backends.get("rego")?.emit(program, {}) ?? []).map(({ path, content }) => [
      path.replaceAll("/", "__"),
      String(content),
    ]),
  );

describe.skipIf(skipped)("OPA and the reference interpreter", () => {
  it.each(Array.from({ length: PROGRAMS }, (_, index) => FIRST + index))("agree on program %i", (seed) => {
    const program = randomProgram(seed);
    const random = new Random(seed + 1_000_000);
    const requests = random.times(REQUESTS, () => randomRequest(program, random));
    const files = modules(program);
    const found = evaluateText(
      opa ?? "",
      files,
      "[d | some r in input.requests; d := data.aegis.decision with input as r]",
      `{"requests":[${requests.join(",")}]}`,
    ) as unknown[];
    const engine = createInterpreter(program, platform);
    requests.forEach((request, index) => {
      const expected = engine.decideText(request);
      expect(canonicalJson(found[index]), `seed ${String(seed)}: ${request}`).toBe(canonicalJson(expected));
    });
  });

  it("are content with the text", () => {
    expect(checkRego(opa ?? "", modules(randomProgram(FIRST)))).toBe("");
  });
});
