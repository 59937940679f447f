// A policy in the other form of writing: Aegis text as YAML, YAML as Aegis text.
import {
  absentReads,
  convertToAegis,
  convertToYaml,
  frontEndOf,
  parseModule,
  parseExpression,
  parseRedactPath,
  parseSelector,
  parseTemplate,
  parseTypeNode,
  parseDuration,
  standardLibrary,
} from "@aegis/compiler";
import type { View } from "./view.ts";

export type Conversion =
  | { readonly ok: true; readonly text: string; readonly path: string; readonly lost: readonly string[] }
  | { readonly ok: false; readonly reason: string };

export function convert(view: View, to: "aegis" | "yaml"): Conversion {
  const { file, module, analysis } = view;
  const from = frontEndOf(file.path).name;
  if (module === null) return { ok: false, reason: "the file is no part of the project" };
  if (from === to) return { ok: false, reason: `the file is ${to === "yaml" ? "YAML" : "Aegis"} already` };
  if (analysis.diagnostics.some((each) => each.severity === "error" && each.span.file === file.path))
    return { ok: false, reason: "the file has errors" };
  if (to === "aegis") {
    const text = convertToAegis(module.module, absentReads(analysis.checked));
    return { ok: true, text, path: file.path.replace(/(?:\.aegis)?\.(?:ya?ml|json)$/, ".aegis"), lost: [] };
  }
  const parser = {
    parseModule,
    parseExpression,
    parseRedactPath,
    parseSelector,
    parseTemplate,
    parseTypeNode,
    parseDuration,
  };
  const { text, unsupported } = convertToYaml(module.module, { libraryTools: standardLibrary.tools, parser });
  return { ok: true, text, path: `${file.path}.yaml`, lost: unsupported.map((each) => each.message) };
}
