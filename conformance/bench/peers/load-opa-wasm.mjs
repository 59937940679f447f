// The module of the npm SDK, asked with the whole request.
import { loadPolicy } from "@open-policy-agent/opa-wasm";

export async function loadWasm(bytes, data) {
  const policy = await loadPolicy(bytes, { initial: 64, maximum: 4096 });
  policy.setData(data);
  return {
    prepare: (requests) => requests,
    decide: (request) => policy.evaluate(request),
    answer: ([{ result }]) => result,
  };
}
