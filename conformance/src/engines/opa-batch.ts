// Many requests in one run of `opa eval`.
import { runProgram } from "./run-program.ts";

/** A comprehension over the batch: one document for each request, in order. */
export const batchQuery = (entrypoint: string): string =>
  `[d | some r in input.requests; d := data.aegis.${entrypoint} with input as r]`;

/** `load` are the options that name policies. Requests stay text, so that numbers keep their spelling. */
export async function evaluateBatch(
  opa: string,
  load: readonly string[],
  query: string,
  requests: readonly string[],
): Promise<unknown[]> {
  const output = await runProgram(
    opa,
    ["eval", "--format", "json", ...load, "--stdin-input", query],
    `{"requests":[${requests.join(",")}]}`,
  );
  const parsed = JSON.parse(output) as { result?: { expressions: { value: unknown[] }[] }[] };
  return parsed.result?.[0]?.expressions[0]?.value ?? [];
}
