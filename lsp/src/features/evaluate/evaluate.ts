// Decides one request by a project's policy and explains it.
import { compile, type Analysis } from "@aegis/compiler";
import { explain, type Explanation } from "@aegis/conformance";

export type Evaluation =
  { readonly ok: true; readonly explanation: Explanation } | { readonly ok: false; readonly reason: string };

/** `text` is a request as JSON. Never throws on it. */
export function evaluateRequest(analysis: Analysis, text: string): Evaluation {
  let request: unknown;
  try {
    request = JSON.parse(text);
  } catch {
    return { ok: false, reason: "the request is not JSON" };
  }
  const compiled = compile(analysis);
  if (!compiled.ok) return { ok: false, reason: "the policy has errors" };
  return { ok: true, explanation: explain(compiled, analysis.files, request) };
}
