// A parsed value as the JSON object that the Rego parsers give.
import type { ParsedTypeDefinition, ParsedValue } from "../../../core/types/parsed-type.ts";
import { required } from "../../../core/types/type.ts";
import { parsedTypes } from "../registry.ts";

export function parsedAsJson(value: ParsedValue, definition: ParsedTypeDefinition): Record<string, unknown> {
  const parts = Object.entries(definition.parts).flatMap(([name, { type }]) => {
    const part = value.part(name);
    if (part === undefined) return [];
    const of = required(type);
    const nested = of.kind === "parsed" ? parsedTypes.get(of.name) : undefined;
    return [[name, nested === undefined ? plain(part) : parsedAsJson(part as ParsedValue, nested)] as const];
  });
  return { text: value.text, canonical: value.canonical, ...Object.fromEntries(parts) };
}

function plain(part: unknown): unknown {
  if (part instanceof Map) return Object.fromEntries([...part].map(([key, value]) => [key, plain(value)]));
  return Array.isArray(part) ? part.map(plain) : part;
}
