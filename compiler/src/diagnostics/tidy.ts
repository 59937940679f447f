// Puts diagnostics in order and tells each once.
import { compareUtf8 } from "@aegis/runtime/core";
import type { Diagnostic } from "./diagnostic.ts";

/** Uses of one name that is not there are one mistake: told where it is first used, with the other places beside. */
export function firstUses(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const first = new Map<string, Diagnostic>();
  for (const [index, each] of diagnostics.entries()) {
    const unknown = each.code.includes("/unknown-");
    const key = JSON.stringify(unknown ? [each.code, each.span.file, each.message] : [index]);
    const before = first.get(key);
    const related = [...(before?.related ?? []), { span: each.span, message: "and here" }];
    first.set(key, before === undefined ? each : { ...before, related });
  }
  return [...first.values()];
}

/** In the order of files and places; what two phases found alike is told once. */
export function tidy(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const kept = new Map<string, Diagnostic>();
  for (const each of diagnostics) {
    const { file, start, end } = each.span;
    const key = JSON.stringify([each.code, file, start, end, each.message]);
    if (!kept.has(key)) kept.set(key, each);
  }
  return [...kept.values()].sort(
    (a, b) =>
      compareUtf8(a.span.file, b.span.file) ||
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      compareUtf8(a.code, b.code),
  );
}
