// The parts that `path` and `relpath` share.
import { BOOL, listOf, optional, STRING } from "../../../core/types/type.ts";
import type { ParsedTypeDefinition } from "../../../core/types/parsed-type.ts";
import { MAX_SEGMENTS } from "./path-grammar.ts";

export const PATH_PARTS: ParsedTypeDefinition["parts"] = {
  segments: { type: listOf(STRING, MAX_SEGMENTS), doc: "The names between the slashes, in order." },
  name: { type: STRING, doc: "The last segment; empty for the root." },
  extension: {
    type: optional(STRING),
    doc: "What follows the last dot of the name, unless the name starts with that dot.",
  },
  hidden: { type: BOOL, doc: "Whether a segment starts with a dot." },
};

/** `canonical` is a path of the grammar, without a slash at its end unless it is the root. */
export function pathParts(canonical: string): Readonly<Record<string, unknown>> {
  const segments = canonical.split("/").filter((segment) => segment !== "");
  const name = segments.at(-1) ?? "";
  const dot = name.lastIndexOf(".");
  return {
    segments,
    name,
    extension: dot > 0 ? name.slice(dot + 1) : undefined,
    hidden: segments.some((segment) => segment.startsWith(".")),
  };
}
