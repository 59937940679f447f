// The generated Rego on the real OPA: its command line decides a batch of requests in one evaluation.
import { findOpa } from "@aegis/runtime/testing";
import { defineEngine } from "../engine.ts";
import { policyFolder } from "../policy-folder.ts";
import { runProgram } from "../run-program.ts";

/** A comprehension over the batch: one document for each request, in order. */
const query = (entrypoint: string): string =>
  `[d | some r in input.requests; d := data.aegis.${entrypoint} with input as r]`;

export const regoOpaEngine = defineEngine({
  id: "rego",
  doc: "The generated Rego on the `opa` command line.",
  runs: "peer",
  accepts: "i-json",
  missing: () => (findOpa() === undefined ? "no opa found (set AEGIS_OPA)" : null),
  load(program) {
    const policy = policyFolder(program, "rego");
    const ask = async (entrypoint: string, requests: readonly string[]): Promise<unknown[]> => {
      const output = await runProgram(
        findOpa() ?? "opa",
        ["eval", "--format", "json", "--data", policy.folder, "--stdin-input", query(entrypoint)],
        `{"requests":[${requests.join(",")}]}`,
      );
      const parsed = JSON.parse(output) as { result?: { expressions: { value: unknown[] }[] }[] };
      return parsed.result?.[0]?.expressions[0]?.value ?? [];
    };
    return Promise.resolve({
      decide: (requests) => ask("decision", requests),
      visible: (requests) => ask("visible", requests),
      close: policy.remove,
    });
  },
});
