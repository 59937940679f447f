// Answers that depend on the rules alone are printed once and given again: never in place of another.
import { createInterpreter } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { compileText } from "@aegis/compiler/testing";
import { expect, it } from "vitest";
import { fixedRequests } from "../../bench/workload/requests.ts";
import { ruleSet } from "../../bench/workload/rule-set.ts";
import { toAegis } from "../../bench/workload/to-aegis.ts";
import { moduleOf, RawHost } from "./module.ts";

const program = compileText({ "bench.aegis": toAegis(ruleSet(100)) }).ir;
const module = moduleOf(program);
const engine = createInterpreter(program, platform);
const requests = fixedRequests(60);

function evaluate(host: RawHost, text: string, format: number): string {
  const heap = host.call("opa_heap_ptr_get");
  const length = host.put(heap, text);
  const answer = host.text(host.call("opa_eval", 0, 0, 0, heap, length, heap + length, format));
  host.call("opa_heap_ptr_set", heap);
  return answer;
}

it("in both formats and again, calls and results", () => {
  const host = new RawHost(module, 8);
  for (let round = 0; round < 3; round++) {
    for (const request of requests) {
      const call = JSON.stringify(request);
      const result = JSON.stringify({ ...request, phase: "result", result: { status: "ok", value: 1 } });
      for (const text of [call, result]) {
        const document = engine.decideText(text);
        expect(JSON.parse(evaluate(host, text, 0))).toEqual([{ result: document }]);
        expect(evaluate(host, text, 1)).toBe(`{{"result":${JSON.stringify(document)}}}`);
      }
    }
  }
});

it("whatever order the members come in", () => {
  const host = new RawHost(module, 8);
  for (const [index, request] of requests.entries()) {
    const document = engine.decideText(JSON.stringify(request));
    const entries = Object.entries(request);
    const turned = Object.fromEntries([
      ...entries.slice(index % entries.length),
      ...entries.slice(0, index % entries.length),
    ]);
    const reversed = { ...turned, args: Object.fromEntries(Object.entries(request.args).reverse()) };
    for (const text of [JSON.stringify(turned), JSON.stringify(reversed, null, 2)])
      expect(JSON.parse(evaluate(host, text, 0))).toEqual([{ result: document }]);
  }
});

it("and the result of a context stays as it is when others are asked about", () => {
  const host = new RawHost(module, 8);
  const results = requests.slice(0, 20).map((request) => {
    const context = host.call("opa_eval_ctx_new");
    host.call("opa_eval_ctx_set_input", context, host.parse(JSON.stringify(request), "opa_json_parse"));
    host.call("opa_eval_ctx_set_entrypoint", context, 0);
    host.call("eval", context);
    return host.call("opa_eval_ctx_get_result", context);
  });
  const documents = requests.slice(0, 20).map((request) => engine.decideText(JSON.stringify(request)));
  expect(results.map((result) => host.json(result))).toEqual(documents.map((result) => [{ result }]));
});
