// The generated Rego on the real OPA: its command line decides a batch of requests in one evaluation.
import { findOpa } from "@aegis/runtime/testing";
import { defineEngine, type LoadedEngine } from "../engine.ts";
import { batchQuery, evaluateBatch } from "../opa-batch.ts";
import { folderOf, policyFolder, type PolicyFolder } from "../policy-folder.ts";

export const regoOpaEngine = defineEngine({
  id: "rego",
  doc: "The generated Rego on the `opa` command line.",
  runs: "peer",
  accepts: "i-json",
  missing: () => (findOpa() === undefined ? "no opa found (set AEGIS_OPA)" : null),
  load: (program) => Promise.resolve(asked(policyFolder(program, "rego"))),
  open: (files) => {
    const modules = [...files].filter(([path]) => path.endsWith(".rego"));
    return modules.length === 0
      ? Promise.reject(new Error("the bundle has no Rego"))
      : Promise.resolve(asked(folderOf(modules.map(([path, content]) => ({ path, content })))));
  },
});

function asked(policy: PolicyFolder): LoadedEngine {
  const ask = (entrypoint: string, requests: readonly string[]): Promise<unknown[]> =>
    evaluateBatch(findOpa() ?? "opa", ["--data", policy.folder], batchQuery(entrypoint), requests);
  return {
    decide: (requests) => ask("decision", requests),
    visible: (requests) => ask("visible", requests),
    close: policy.remove,
  };
}
