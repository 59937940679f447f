// From text to the plain tree: everything of YAML that makes one text mean two things is refused here, with its place.
import { Scalar, isAlias, isMap, isScalar, isSeq, parseAllDocuments } from "yaml";
import type { Document, Node, ParsedNode, YAMLError } from "yaml";
import { yamlDiagnostics } from "../../diagnostics/catalogue/yaml.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type { SourceFile } from "../../source/source-file.ts";
import type { Span } from "../../source/span.ts";
import type { YamlEntry, YamlNode, YamlScalar } from "./yaml-tree.ts";
import { describe } from "./yaml-tree.ts";

/** UTF-16 units; policies are written by hand. */
const LONGEST_FILE = 5_000_000;
const DEEPEST = 64;
/** Most texts have none of these, which is seen much sooner. */
const UNUSUAL = /[^\t\n\r\x20-\x7E]/;
const HIDDEN = /[\p{Default_Ignorable_Code_Point}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** The tree of the one document; undefined when there is none or it is broken (reported). */
export function readTree(file: SourceFile, sink: DiagnosticSink): YamlNode | undefined {
  const whole = { file: file.path, start: 0, end: file.text.length };
  if (file.text.length > LONGEST_FILE) {
    sink.report(yamlDiagnostics["too-large"](whole, { what: "larger than 5 MB" }));
    return undefined;
  }
  // A byte order mark may stand first; anything else unseen may stand nowhere.
  const hidden = UNUSUAL.test(file.text) ? file.text.slice(1).search(HIDDEN) : -1;
  if (hidden >= 0) {
    const code = (file.text.codePointAt(hidden + 1) ?? 0).toString(16).padStart(4, "0");
    const span = { file: file.path, start: hidden + 1, end: hidden + 2 };
    sink.report(yamlDiagnostics["hidden-character"](span, { code }));
    return undefined;
  }
  const documents = parse(file.text);
  const [first, second] = documents;
  if (first === undefined) return undefined;
  if (second !== undefined) {
    const start = second.range[0];
    sink.report(
      yamlDiagnostics["several-documents"]({
        file: file.path,
        start,
        end: Math.min(start + 3, file.text.length),
      }),
    );
    return undefined;
  }
  const version = first.directives.yaml;
  if (version.explicit === true && version.version !== "1.2") {
    sink.report(
      yamlDiagnostics.version({ ...whole, end: file.lineText(0).length }, { version: version.version }),
    );
    return undefined;
  }
  const reader = new TreeReader(file, sink);
  const root = first.contents === null ? undefined : reader.node(first.contents, 0);
  const [broken] = first.errors;
  if (broken !== undefined) {
    // A tag that does not resolve has been reported as a tag.
    if (reader.refused === 0) sink.report(yamlDiagnostics.syntax(...problemOf(broken, file)));
    return undefined;
  }
  return reader.refused > 0 ? undefined : root;
}

function parse(text: string): Document.Parsed<ParsedNode>[] {
  const documents = parseAllDocuments(text, {
    version: "1.2",
    schema: "core",
    merge: false,
    uniqueKeys: false,
    logLevel: "silent",
    prettyErrors: false,
  });
  return Array.isArray(documents) ? documents : [];
}

function problemOf(error: YAMLError, file: SourceFile): [Span, { problem: string }] {
  const [start, end] = error.pos;
  const at = {
    file: file.path,
    start: Math.min(start, file.text.length),
    end: Math.min(end, file.text.length),
  };
  if (error.code === "RESOURCE_EXHAUSTION") return [at, { problem: "it is nested too deeply" }];
  // The library's sentences start with a capital and may quote the text; only the first clause is kept.
  const [sentence = ""] = error.message.split(/[\n:]/);
  return [at, { problem: sentence.charAt(0).toLowerCase() + sentence.slice(1) }];
}

class TreeReader {
  refused = 0;
  readonly #file: SourceFile;
  readonly #sink: DiagnosticSink;

  constructor(file: SourceFile, sink: DiagnosticSink) {
    this.#file = file;
    this.#sink = sink;
  }

  node(node: Node, depth: number): YamlNode | undefined {
    const span = this.#span(node);
    if (depth > DEEPEST)
      return this.#refuse(yamlDiagnostics["too-large"](span, { what: "nested too deeply" }));
    if (isAlias(node)) return this.#refuse(yamlDiagnostics.alias(span, { name: node.source }));
    if (!isScalar(node) && !isMap(node) && !isSeq(node))
      return this.#refuse(yamlDiagnostics.syntax(span, { problem: "it holds something unknown" }));
    if (node.anchor !== undefined) return this.#refuse(yamlDiagnostics.anchor(span, { name: node.anchor }));
    if (node.tag !== undefined) return this.#refuse(yamlDiagnostics.tag(span));
    if (isScalar(node)) return scalar(node, span);
    if (isSeq(node)) {
      const items: YamlNode[] = [];
      for (const item of node.items) {
        const read = this.node(item as Node, depth + 1);
        if (read !== undefined) items.push(read);
      }
      return { kind: "sequence", span, items };
    }
    const entries = new Map<string, YamlEntry>();
    for (const pair of node.items) {
      const key = this.#key(pair.key as Node, span);
      if (key === undefined) continue;
      const earlier = entries.get(key.text);
      if (earlier !== undefined) {
        this.#refuse(
          yamlDiagnostics["duplicate-key"](
            key.span,
            { key: key.text },
            {
              related: [{ span: earlier.key.span, message: "first given here" }],
            },
          ),
        );
        continue;
      }
      const value: YamlNode | undefined =
        pair.value === null || pair.value === undefined
          ? { kind: "scalar", span: key.span, form: "null", text: "", quoted: false }
          : this.node(pair.value as Node, depth + 1);
      if (value !== undefined) entries.set(key.text, { key, value });
    }
    return { kind: "mapping", span, entries: [...entries.values()] };
  }

  #key(node: Node, around: Span): YamlScalar | undefined {
    if (isMap(node) || isSeq(node))
      return this.#refuse(
        yamlDiagnostics["key-not-string"](this.#span(node), { what: isMap(node) ? "a mapping" : "a list" }),
      );
    const read = this.node(node, 0);
    if (read?.kind !== "scalar") return undefined;
    if (read.text === "<<" && !read.quoted) return this.#refuse(yamlDiagnostics["merge-key"](read.span));
    if (read.form !== "string" || isAmbiguousWord(read))
      return this.#refuse(
        read.form === "null"
          ? yamlDiagnostics["key-not-string"](read.text === "" ? around : read.span, { what: "nothing" })
          : yamlDiagnostics["name-not-string"](read.span, { text: read.text, found: describe(read) }),
      );
    return read;
  }

  #span(node: Node): Span {
    const [start, end] = node.range ?? [0, 0];
    return { file: this.#file.path, start, end: Math.max(start, Math.min(end, this.#file.text.length)) };
  }

  #refuse(diagnostic: Parameters<DiagnosticSink["report"]>[0]): undefined {
    this.refused++;
    this.#sink.report(diagnostic);
    return undefined;
  }
}

function scalar(node: Scalar, span: Span): YamlScalar {
  const quoted = node.type !== undefined && node.type !== Scalar.PLAIN;
  const form =
    typeof node.value === "string"
      ? "string"
      : typeof node.value === "boolean"
        ? "bool"
        : node.value === null
          ? "null"
          : "number";
  const text = typeof node.value === "string" ? node.value : (node.source ?? "");
  return { kind: "scalar", span, form, text, quoted };
}

/** Words that YAML 1.1 readers, and so people and other tools, take for a bool. */
export const isAmbiguousWord = (node: YamlScalar): boolean =>
  !node.quoted && /^(?:y|yes|n|no|on|off)$/i.test(node.text);
