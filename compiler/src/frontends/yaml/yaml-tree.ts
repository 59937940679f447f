// The plain tree of a YAML document: strings, numbers, bools, sequences and mappings with places, and nothing else.
import type { Span } from "../../source/span.ts";

export interface YamlScalar {
  readonly kind: "scalar";
  readonly span: Span;
  /** What the core schema makes of it; quoted and block scalars are strings. */
  readonly form: "string" | "number" | "bool" | "null";
  /** The text after unquoting; for a number as written. */
  readonly text: string;
  /** In quotes, or a block. */
  readonly quoted: boolean;
}
export interface YamlSequence {
  readonly kind: "sequence";
  readonly span: Span;
  readonly items: readonly YamlNode[];
}
export interface YamlEntry {
  readonly key: YamlScalar;
  readonly value: YamlNode;
}
export interface YamlMapping {
  readonly kind: "mapping";
  readonly span: Span;
  readonly entries: readonly YamlEntry[];
}
export type YamlNode = YamlScalar | YamlSequence | YamlMapping;

/** What a node is, in words. */
export function describe(node: YamlNode): string {
  if (node.kind === "mapping") return "a mapping";
  if (node.kind === "sequence") return "a list";
  switch (node.form) {
    case "string":
      return "a text";
    case "number":
      return "a number";
    case "bool":
      return "true or false";
    case "null":
      return "nothing";
  }
}

export const isString = (node: YamlNode): node is YamlScalar =>
  node.kind === "scalar" && node.form === "string";
