// How diagnostics are declared: message templates whose `{parameters}` the type system reads.
import type { Span } from "../source/span.ts";
import type { Diagnostic, Severity } from "./diagnostic.ts";

interface Template {
  readonly severity?: Severity;
  readonly message: string;
  readonly help?: string;
}

type ParametersOf<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersOf<Rest>
  : never;
type TextOf<T extends Template> = T extends {
  readonly message: infer M extends string;
  readonly help: infer H extends string;
}
  ? M | H
  : T extends { readonly message: infer M extends string }
    ? M
    : never;
type Arguments<T extends Template> = Record<ParametersOf<TextOf<T>>, string | number>;
type Extra = Pick<Diagnostic, "related" | "fixes">;

/** Makes a diagnostic; the arguments are the parameters of message and help. */
export type DiagnosticFactory<T extends Template> = [keyof Arguments<T>] extends [never]
  ? (span: Span, parameters?: Record<string, never>, extra?: Extra) => Diagnostic
  : (span: Span, parameters: Arguments<T>, extra?: Extra) => Diagnostic;

export interface DiagnosticInfo {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
}

/** Declares the diagnostics of one phase: `defineDiagnostics("type", { "unknown-field": { message: "…{name}…" } })`. */
export function defineDiagnostics<const Table extends Record<string, Template>>(
  phase: string,
  table: Table,
): { readonly [Slug in keyof Table]: DiagnosticFactory<Table[Slug]> } & {
  readonly $all: readonly DiagnosticInfo[];
} {
  const all: DiagnosticInfo[] = [];
  // Without a prototype it is a table to the engine too, and adding to it is quick.
  const factories = Object.create(null) as Record<string, unknown>;
  factories["$all"] = all;
  for (const [slug, template] of Object.entries(table)) {
    const code = `${phase}/${slug}`;
    const severity = template.severity ?? "error";
    all.push({
      code,
      severity,
      message: template.message,
      ...(template.help === undefined ? {} : { help: template.help }),
    });
    factories[slug] = (
      span: Span,
      parameters: Record<string, string | number> = {},
      extra: Extra = {},
    ): Diagnostic => ({
      code,
      severity,
      message: fill(template.message, parameters),
      span,
      ...(template.help === undefined ? {} : { help: fill(template.help, parameters) }),
      ...extra,
    });
  }
  return factories as never;
}

const fill = (text: string, parameters: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(parameters, name) ? String(parameters[name]) : whole,
  );
