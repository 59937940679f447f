// The parameters of the call that is being written.
import { frontEndOf, type CallExpression, type PlacedNode, type QualifiedName } from "@aegis/compiler";
import { acceptsArgument, builtinsWritten, required, type Type } from "@aegis/runtime/core";
import { signatureParts } from "../../workspace/builtin-signature.ts";
import { cursorAt, type Cursor } from "../../workspace/cursor.ts";
import { knownAt } from "../../workspace/detached.ts";
import type { View } from "../../workspace/view.ts";
import { yamlCursorAt } from "../../workspace/yaml-cursor.ts";
import { yamlReadings } from "../../workspace/yaml-readings.ts";

export interface Signature {
  readonly label: string;
  readonly doc: string | null;
  /** Ranges in the label. */
  readonly parameters: readonly (readonly [start: number, end: number])[];
}

export interface SignatureHelp {
  readonly signatures: readonly Signature[];
  readonly active: number;
}

export function signatureHelp(view: View, offset: number): SignatureHelp | null {
  if (frontEndOf(view.file.path).name === "yaml") return yamlSignatureHelp(view, offset);
  return helpAt(view, cursorAt(view.file, offset));
}

function yamlSignatureHelp(view: View, offset: number): SignatureHelp | null {
  const place = yamlCursorAt(view.file, offset);
  if (place?.value === null || place?.value === undefined) return null;
  for (const { view: own, cursor } of yamlReadings(view, place.value, place.start)) {
    const help = helpAt(own, cursor);
    if (help !== null) return help;
  }
  return null;
}

function helpAt(view: View, cursor: Cursor): SignatureHelp | null {
  const call = cursor.path?.findLast((each): each is CallExpression => each.kind === "call");
  if (cursor.path === null || call === undefined) return null;
  const inner = cursor.path[cursor.path.indexOf(call) + 1];
  const active = call.args.findIndex((each) => each === (inner as PlacedNode | undefined));
  if (active < 0) return null;
  const own = functionSignature(view, call);
  if (own !== null) return { signatures: [own], active };
  const { callee } = call;
  const name = callee.kind === "field" ? callee.name.text : callee.text;
  const written = builtinsWritten(callee.kind === "field" ? "method" : "function", name);
  const of: Type | undefined =
    callee.kind === "field"
      ? knownAt(view, cursor).flatMap(({ types }) => types.get(callee.of)?.type ?? [])[0]
      : undefined;
  const fitting = written.filter((each) => {
    const first = each.params[0];
    return of === undefined || first === undefined || acceptsArgument(first.type, required(of), []);
  });
  const signatures = (fitting.length > 0 ? fitting : written).map((builtin) => {
    const { head, parameters, tail } = signatureParts(builtin);
    return signature(head, parameters, tail, builtin.doc);
  });
  return signatures.length === 0 ? null : { signatures, active };
}

function functionSignature(view: View, { callee }: CallExpression): Signature | null {
  const parts = chainOf(callee);
  const name: QualifiedName | null =
    parts === null ? null : { kind: "qualified-name", span: callee.span, parts };
  const declared = name === null ? undefined : view.module?.resolve(name, "value");
  if (declared?.kind !== "fn") return null;
  const { node } = declared;
  const text = view.analysis.files.get(node.span.file)?.text ?? "";
  const parameters = node.params.map(({ span }) => text.slice(span.start, span.end));
  return signature(
    `${node.name.text}(`,
    parameters,
    `): ${text.slice(node.result.span.start, node.result.span.end)}`,
    node.doc,
  );
}

function chainOf(
  node: CallExpression["callee"] | CallExpression["args"][number],
): QualifiedName["parts"] | null {
  if (node.kind === "name") return [{ kind: "name", span: node.span, text: node.text }];
  const before = node.kind === "field" ? chainOf(node.of) : null;
  return before === null || node.kind !== "field" ? null : [...before, node.name];
}

function signature(head: string, parameters: readonly string[], tail: string, doc: string | null): Signature {
  const ranges: [number, number][] = [];
  let label = head;
  for (const [index, each] of parameters.entries()) {
    if (index > 0) label += ", ";
    ranges.push([label.length, label.length + each.length]);
    label += each;
  }
  return { label: label + tail, doc, parameters: ranges };
}
