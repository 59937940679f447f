// The types that are built in: their sentence, and the parts that can be read.
import type { PlacedNode, TypeNode } from "@aegis/compiler";
import { printType } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import type { Hover } from "./hover-part.ts";

export function describeTypeName(path: readonly PlacedNode[]): Hover | null {
  const node = path.findLast(
    (each): each is Extract<TypeNode, { kind: "type-name" }> => each.kind === "type-name",
  );
  const name = node?.name.parts.length === 1 ? node.name.parts[0]?.text : undefined;
  if (node === undefined || name === undefined) return null;
  const parsed = platform.parsedTypes.get(name);
  if (parsed !== undefined) {
    const parts = Object.entries(parsed.parts).map(
      ([part, { type }]) => `${name}.${part}: ${printType(type)}`,
    );
    const examples = parsed.examples.valid.slice(0, 3).map((each) => each.text);
    return {
      span: node.name.span,
      parts: [
        { kind: "text", text: parsed.doc },
        ...(parts.length === 0 ? [] : [{ kind: "code" as const, text: parts.join("\n") }]),
        { kind: "text", text: `For example: ${examples.join("   ")}` },
      ],
    };
  }
  const doc = PLAIN_TYPES.get(name);
  return doc === undefined ? null : { span: node.name.span, parts: [{ kind: "text", text: doc }] };
}

const PLAIN_TYPES: ReadonlyMap<string, string> = new Map([
  ["bool", "True or false."],
  ["int", "A whole number, exact up to 2⁵³ − 1; `in 1..500` narrows it."],
  ["decimal", "A number with at most six digits after the point, exact."],
  ["string", "Text; `max 200` bounds its length in code points."],
  ["time", "A moment in UTC."],
  ["duration", "A span of time, such as 30m."],
  ["json", "Any JSON: it can be redacted, matched and forwarded, not read."],
  ["headers", "HTTP headers: names without regard to case, one text each."],
]);
