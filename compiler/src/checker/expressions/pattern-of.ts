// The pattern that an expression names or spells.
import { parsePattern, STRING } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { Expression } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import { fromFailedImport, printQualified, resolveChain } from "./declared-value.ts";

export interface NamedPattern {
  /** Qualified name, or the pattern itself when it has none. */
  readonly name: string;
  readonly pattern: string;
}

/** Reports what is no pattern; writes the meaning of the node into the side table. */
export function patternOf(context: CheckContext, node: Expression): NamedPattern | undefined {
  const pattern = findPattern(context, node);
  if (pattern !== undefined)
    context.types.set(node, { type: STRING, meaning: { kind: "pattern", ...pattern } });
  return pattern;
}

function findPattern(context: CheckContext, node: Expression): NamedPattern | undefined {
  if (node.kind === "missing") return undefined;
  if (node.kind === "regex") {
    const parsed = parsePattern(node.source, { ignoreCase: node.ignoreCase });
    if (parsed.ok) return { name: parsed.canonical, pattern: parsed.canonical };
    context.sink.report(typeDiagnostics["bad-pattern"](node.span, { problem: parsed.message }));
    return undefined;
  }
  const chain = resolveChain(context, node);
  if (chain?.declared?.kind === "pattern") {
    const { name, pattern } = chain.declared;
    return { name, pattern };
  }
  if (chain?.declared === undefined && fromFailedImport(context, chain?.name)) return undefined;
  context.sink.report(
    chain !== undefined && chain.declared === undefined
      ? typeDiagnostics["unknown-name"](node.span, {
          name: printQualified(chain.name),
          hint: 'declare it with `pattern`, or write one in place: re"…"',
        })
      : typeDiagnostics["not-a-pattern"](node.span),
  );
  return undefined;
}
