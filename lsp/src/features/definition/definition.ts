// Where the name at an offset is declared.
import type { Span } from "@aegis/compiler";
import { occurrencesAt } from "../../workspace/symbol-at.ts";
import type { View } from "../../workspace/view.ts";

export interface Definition {
  /** The name that was asked about. */
  readonly origin: Span;
  readonly target: Span;
}

export const definitions = (view: View, offset: number): readonly Definition[] => {
  const targets = new Map<string, Definition>();
  for (const { span, symbol } of occurrencesAt(view, offset))
    targets.set(`${symbol.span.file}:${String(symbol.span.start)}`, { origin: span, target: symbol.span });
  return [...targets.values()];
};
