// The Rego that a project's policy becomes, and which of its lines came of which rule.
import { backends, compile, type Analysis, type Span } from "@aegis/compiler";

export interface RegoLines {
  readonly rule: string;
  readonly source: Span;
  /** Zero-based, both ends count. */
  readonly startLine: number;
  readonly endLine: number;
}

export type RegoPreview =
  | { readonly ok: true; readonly text: string; readonly map: readonly RegoLines[] }
  | { readonly ok: false; readonly reason: string };

/** The policy's own files come first: they are what a person wants to see. */
const rank = (path: string): number => (path.includes("/policy/") ? 0 : 1);

export function regoPreview(analysis: Analysis): RegoPreview {
  const compiled = compile(analysis);
  const backend = backends.get("rego");
  if (!compiled.ok || backend === undefined) return { ok: false, reason: "the policy has errors" };
  const files = backend
    .emit(compiled.ir, {})
    .filter((each) => typeof each.content === "string")
    .sort((a, b) => rank(a.path) - rank(b.path));
  const lines = files.flatMap(({ path, content }) => [`# ---- ${path}`, ...String(content).split("\n")]);
  const quoted = new Map(
    [...compiled.sourceMap.rules].map(([id, { span }]) => [JSON.stringify(id), { id, span }]),
  );
  const map: RegoLines[] = [];
  for (const { start, end } of paragraphs(lines)) {
    // A paragraph is about the rule that its head names first.
    const head = lines.slice(start, end + 1).find((line) => !line.startsWith("#")) ?? "";
    const name = /"(?:[^"\\]|\\.)*"/.exec(head)?.[0];
    const rule = name === undefined ? undefined : quoted.get(name);
    if (rule !== undefined) map.push({ rule: rule.id, source: rule.span, startLine: start, endLine: end });
  }
  return { ok: true, text: lines.join("\n"), map };
}

function* paragraphs(lines: readonly string[]): Generator<{ readonly start: number; readonly end: number }> {
  let start = -1;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") {
      if (start >= 0) yield { start, end: index - 1 };
      start = -1;
    } else if (start < 0) start = index;
  }
  if (start >= 0) yield { start, end: lines.length - 1 };
}
