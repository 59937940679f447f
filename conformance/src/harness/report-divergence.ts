// A divergence as text for people: the policy, the request, and what each engine says.
import { printIr, type IrProgram } from "@aegis/runtime/core";
import type { Divergence } from "./compare.ts";

const MAX_REQUEST = 4000;

/** `origin` says how to come to this case again. */
export function reportDivergence(
  origin: string,
  program: IrProgram,
  { request, documents }: Divergence,
): string {
  const shown =
    request.length > MAX_REQUEST
      ? `${request.slice(0, MAX_REQUEST)}… (${String(request.length)} characters)`
      : request;
  const width = Math.max(...[...documents.keys()].map((id) => id.length));
  return [
    `engines disagree: ${origin}`,
    "",
    "policy",
    ...indented(printIr(program).trimEnd()),
    "",
    "request",
    ...indented(shown),
    "",
    "documents",
    ...[...documents].map(([id, text]) => `  ${id.padEnd(width)}  ${text}`),
    "",
  ].join("\n");
}

const indented = (text: string): string[] => text.split("\n").map((line) => `  ${line}`);
