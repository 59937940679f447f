// Reads one mapping of the format: known keys, required keys, and the shapes that occur everywhere.
import { didYouMean } from "../../diagnostics/closest-name.ts";
import { yamlDiagnostics } from "../../diagnostics/catalogue/yaml.ts";
import type { Span } from "../../source/span.ts";
import type { Annotation } from "../../syntax/ast.ts";
import type { Literal, Name } from "../../syntax/expression.ts";
import type { YamlContext } from "./context.ts";
import { YAML_KEYS } from "./keys.ts";
import type { YamlShape } from "./keys.ts";
import { literal } from "./literals.ts";
import type { YamlEntry, YamlMapping, YamlNode } from "./yaml-tree.ts";

export class MappingReader {
  readonly node: YamlMapping;
  readonly place: string;
  readonly context: YamlContext;
  readonly #entries: ReadonlyMap<string, YamlEntry>;
  readonly #keys: readonly string[];

  /** Reports every key that the shape does not have. */
  constructor(context: YamlContext, node: YamlMapping, shape: YamlShape, place: string) {
    this.context = context;
    this.node = node;
    this.place = place;
    const keys: readonly string[] = YAML_KEYS[shape];
    this.#keys = keys;
    for (const { key } of node.entries)
      if (!keys.includes(key.text))
        context.report(
          yamlDiagnostics["unknown-key"](key.span, {
            key: key.text,
            place,
            hint: didYouMean(key.text, keys, `the keys are ${keys.join(", ")}`),
          }),
        );
    this.#entries = new Map(node.entries.map((entry) => [entry.key.text, entry]));
  }

  get span(): Span {
    return this.node.span;
  }

  /** Whether the shape has the key. */
  knows(key: string): boolean {
    return this.#keys.includes(key);
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  keySpan(key: string): Span {
    return this.#entries.get(key)?.key.span ?? this.node.span;
  }

  /** The value, unless it is missing or (reported) empty. */
  get(key: string): YamlNode | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.value.kind === "scalar" && entry.value.form === "null") {
      this.context.report(yamlDiagnostics["null-value"](entry.key.span, { key }));
      return undefined;
    }
    return entry.value;
  }

  /** As `get`, and a missing key is reported. */
  need(key: string, hint = ""): YamlNode | undefined {
    if (!this.has(key))
      this.context.report(
        yamlDiagnostics["missing-key"](
          { ...this.node.span, end: Math.min(this.node.span.end, this.node.span.start + 1) },
          { place: this.place, key, hint },
        ),
      );
    return this.get(key);
  }

  /** Reads the value if there is one. */
  map<T>(key: string, read: (node: YamlNode) => T): T | null {
    const node = this.get(key);
    return node === undefined ? null : read(node);
  }

  flag(key: string): boolean {
    const node = this.get(key);
    if (node === undefined) return false;
    if (node.kind === "scalar" && node.form === "bool") return /^t/i.test(node.text);
    this.context.wrongShape(node, `\`${key}\``, "true or false");
    return false;
  }

  /** A whole number of at least `least`. */
  count(key: string, least: number): number | null {
    return this.map(key, (node) => {
      const value =
        node.kind === "scalar" && node.form === "number" && /^[0-9]{1,15}$/.test(node.text)
          ? Number(node.text)
          : -1;
      if (value >= least) return value;
      this.context.wrongShape(node, `\`${key}\``, `a whole number of at least ${String(least)}`);
      return null;
    });
  }

  get doc(): string | null {
    return this.map("doc", (node) => this.context.text(node, "`doc`")?.value ?? null);
  }

  /** `{ owner: secops, waivable: true, review: { every: 180d } }`. */
  get annotations(): readonly Annotation[] {
    const node = this.get("annotations");
    if (node === undefined) return [];
    if (node.kind !== "mapping") {
      this.context.wrongShape(node, "`annotations`", "a mapping from name to value");
      return [];
    }
    return node.entries.flatMap(({ key, value }) => {
      const name = this.context.name(key, "an annotation");
      return name === undefined
        ? []
        : [{ span: key.span, name, args: annotationArguments(this.context, value) }];
    });
  }
}

function annotationArguments(context: YamlContext, node: YamlNode): { name: Name | null; value: Literal }[] {
  if (node.kind === "scalar" && node.form === "bool" && /^t/i.test(node.text)) return [];
  if (node.kind === "mapping")
    return node.entries.flatMap(({ key, value }) => {
      const name = context.name(key, "an argument");
      const read = literal(context, value, "an argument of an annotation");
      return name === undefined || read === undefined ? [] : [{ name, value: read }];
    });
  return (node.kind === "sequence" ? node.items : [node]).flatMap((each) => {
    const value = literal(context, each, "an argument of an annotation");
    return value === undefined ? [] : [{ name: null, value }];
  });
}

/** Opens a mapping, or reports what stands there instead. */
export function openMapping(
  context: YamlContext,
  node: YamlNode,
  shape: YamlShape,
  place: string,
  hint = "",
): MappingReader | undefined {
  return node.kind === "mapping"
    ? new MappingReader(context, node, shape, place)
    : context.wrongShape(node, place, "a mapping", hint);
}

/** The items of a list, or of a single value standing for a list of one. */
export const oneOrMany = (node: YamlNode): readonly YamlNode[] =>
  node.kind === "sequence" ? node.items : [node];

/** Entries of a mapping from author-given names; reports another shape. */
export function namedEntries(
  context: YamlContext,
  node: YamlNode,
  place: string,
): readonly { readonly name: Name; readonly value: YamlNode; readonly span: Span }[] {
  if (node.kind !== "mapping") {
    context.wrongShape(node, place, "a mapping from name to declaration");
    return [];
  }
  return node.entries.flatMap(({ key, value }) => {
    const name = context.name(key, `a name in ${place}`);
    if (name === undefined) return [];
    if (value.kind === "scalar" && value.form === "null") {
      context.report(yamlDiagnostics["null-value"](key.span, { key: key.text }));
      return [];
    }
    return [{ name, value, span: { ...key.span, end: Math.max(key.span.end, value.span.end) } }];
  });
}

/** The items of a list; reports another shape. */
export function listItems(context: YamlContext, node: YamlNode, place: string): readonly YamlNode[] {
  if (node.kind === "sequence") return node.items;
  context.wrongShape(node, place, "a list", "put `- ` before each item");
  return [];
}
