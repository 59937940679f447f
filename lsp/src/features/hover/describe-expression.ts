// What types say about an expression: its type, the part of a parsed value, the builtin that is called.
import type { Expression, PlacedNode } from "@aegis/compiler";
import { builtins, printType, type Type } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { infosOf } from "../../workspace/expression-at.ts";
import type { View } from "../../workspace/view.ts";
import { builtinSignature } from "../../workspace/builtin-signature.ts";
import type { HoverPart } from "./hover-part.ts";

export function describeExpression(
  view: View,
  expression: Expression,
  path: readonly PlacedNode[],
  offset: number,
): HoverPart[] {
  const call = callAround(expression, path, offset);
  const infos = infosOf(view, call ?? expression, path);
  const parts: HoverPart[] = [];
  for (const { info } of infos) {
    const { meaning } = info;
    if (meaning?.kind === "builtin") {
      const builtin = builtins.get(meaning.name);
      if (builtin === undefined) continue;
      parts.push({ kind: "code", text: builtinSignature(builtin) }, { kind: "text", text: builtin.doc });
    } else if (expression.kind === "binary" || expression.kind === "call") continue;
    else {
      parts.push({ kind: "code", text: typeLine(view, expression, info.type) });
      if (info.narrowed === true)
        parts.push({ kind: "text", text: "Present here: what stands before it has proved it." });
      if (meaning?.kind === "part") parts.push(...partDoc(view, expression, meaning.name, path));
      if (meaning?.kind === "gather")
        parts.push({
          kind: "text",
          text: `Gathers ${String(meaning.places.length)} places of the arguments.`,
        });
    }
  }
  return parts;
}

/** The call whose function or method is named at the offset. */
function callAround(
  expression: Expression,
  path: readonly PlacedNode[],
  offset: number,
): Expression | undefined {
  if (expression.kind !== "name" && expression.kind !== "field" && expression.kind !== "call")
    return undefined;
  const call = path.findLast((each): each is Extract<Expression, { kind: "call" }> => each.kind === "call");
  if (call === undefined) return undefined;
  const name = call.callee.kind === "field" ? call.callee.name : call.callee;
  return name.span.start <= offset && offset <= name.span.end ? call : undefined;
}

function typeLine(view: View, expression: Expression, type: Type): string {
  const text = view.file.text.slice(expression.span.start, expression.span.end).replace(/\s+/g, " ");
  return `${text.length > 60 ? `${text.slice(0, 59)}…` : text}: ${printType(type)}`;
}

/** The documentation of a part, by the type of what it is a part of. */
function partDoc(view: View, expression: Expression, name: string, path: readonly PlacedNode[]): HoverPart[] {
  if (expression.kind !== "field") return [];
  const docs = infosOf(view, expression.of, path).map(({ info }) => {
    const type = info.type.kind === "optional" ? info.type.of : info.type;
    return type.kind === "parsed" ? platform.parsedTypes.get(type.name)?.parts[name]?.doc : undefined;
  });
  return [...new Set(docs)].flatMap((text) => (text === undefined ? [] : [{ kind: "text" as const, text }]));
}
