// The generated Rego on the real OPA: its command line decides a batch of requests in one evaluation.
import { findOpa } from "@aegis/runtime/testing";
import { defineEngine } from "../engine.ts";
import { batchQuery, evaluateBatch } from "../opa-batch.ts";
import { policyFolder } from "../policy-folder.ts";

export const regoOpaEngine = defineEngine({
  id: "rego",
  doc: "The generated Rego on the `opa` command line.",
  runs: "peer",
  accepts: "i-json",
  missing: () => (findOpa() === undefined ? "no opa found (set AEGIS_OPA)" : null),
  load(program) {
    const policy = policyFolder(program, "rego");
    const ask = (entrypoint: string, requests: readonly string[]): Promise<unknown[]> =>
      evaluateBatch(findOpa() ?? "opa", ["--data", policy.folder], batchQuery(entrypoint), requests);
    return Promise.resolve({
      decide: (requests) => ask("decision", requests),
      visible: (requests) => ask("visible", requests),
      close: policy.remove,
    });
  },
});
