// Who calls a function, and what it calls: functions call each other, rules and limits call functions.
import type { Item, NamedSymbol, RuleDeclaration, Span } from "@aegis/compiler";
import { occurrencesAt, occurrencesIn, placesOf } from "../../workspace/symbol-at.ts";
import { viewOf, type View } from "../../workspace/view.ts";

export interface Caller {
  readonly name: string;
  readonly kind: "fn" | "rule" | "other";
  readonly span: Span;
  readonly nameSpan: Span;
}

export interface Call {
  readonly of: Caller;
  /** Where it is called. */
  readonly places: readonly Span[];
}

/** The function at the offset. */
export function callable(view: View, offset: number): Caller | null {
  const symbol = occurrencesAt(view, offset).find((each) => each.symbol.kind === "fn")?.symbol;
  return symbol === undefined ? null : functionCaller(symbol);
}

const functionCaller = (symbol: NamedSymbol): Caller => ({
  name: symbol.name,
  kind: "fn",
  span: (symbol.node as Item).span,
  nameSpan: symbol.span,
});

export function callsTo(view: View, offset: number): readonly Call[] {
  const symbols = occurrencesAt(view, offset).flatMap(({ symbol }) => (symbol.kind === "fn" ? [symbol] : []));
  const calls = new Map<string, { of: Caller; places: Span[] }>();
  for (const { span, declares } of placesOf(view, symbols)) {
    const of = declares ? undefined : holderOf(view, span);
    if (of === undefined) continue;
    const key = `${of.span.file}:${String(of.span.start)}`;
    const call = calls.get(key) ?? { of, places: [] };
    call.places.push(span);
    calls.set(key, call);
  }
  return [...calls.values()];
}

export function callsFrom(view: View, offset: number): readonly Call[] {
  const symbol = occurrencesAt(view, offset).find((each) => each.symbol.kind === "fn")?.symbol;
  const body = (symbol?.node as Item | undefined)?.span;
  const inside = body === undefined ? null : viewOf(view.analysis, body.file);
  if (body === undefined || inside === null) return [];
  const calls = new Map<string, { of: Caller; places: Span[] }>();
  for (const { span, symbol: called, declares } of occurrencesIn(inside)) {
    if (called.kind !== "fn" || declares || span.start < body.start || span.end > body.end) continue;
    const call = calls.get(called.key) ?? { of: functionCaller(called), places: [] };
    call.places.push(span);
    calls.set(called.key, call);
  }
  return [...calls.values()];
}

/** The declaration around a place; an import calls nothing. */
function holderOf(view: View, span: Span): Caller | undefined {
  const module = view.analysis.resolved.modules.find((each) => each.module.file === span.file)?.module;
  const around = (each: Item | RuleDeclaration) => each.span.start <= span.start && span.end <= each.span.end;
  const item = module?.items.find(around);
  if (item === undefined || item.kind === "import") return undefined;
  const rule = item.kind === "policy" ? item.rules.find(around) : item.kind === "rule" ? item : undefined;
  if (rule !== undefined)
    return { name: rule.name.text, kind: "rule", span: rule.span, nameSpan: rule.name.span };
  const named = "name" in item ? item.name : null;
  return {
    name: named?.text ?? item.kind,
    kind: item.kind === "fn" ? "fn" : "other",
    span: item.span,
    nameSpan: named?.span ?? item.span,
  };
}
