// `agent` and `context` blocks of all packages put together with the built-in attributes.
import type { Field } from "@aegis/runtime/core";
import { compareUtf8, printType } from "@aegis/runtime/core";
import { declarationDiagnostics as report } from "../diagnostics/catalogue/declaration.ts";
import type { DiagnosticSink } from "../diagnostics/diagnostic.ts";
import type { Span } from "../source/span.ts";
import type { AttributeBlock } from "../syntax/ast.ts";
import { AGENT_FIELDS, CONTEXT_FIELDS } from "./builtin-declarations.ts";
import type { ModuleTable } from "./names/tables.ts";
import { narrows } from "./types/narrows.ts";
import type { TypeNames } from "./types/type-of.ts";
import { fieldsOf } from "./types/type-of.ts";

interface Attribute {
  readonly field: Field;
  /** Null for a built-in attribute as it is. */
  readonly declaredAt: Span | null;
}

/** Sorted by name. A declaration may narrow a built-in attribute (make `tenant` required), all of them must agree. */
export function mergeAttributes(
  of: AttributeBlock["of"],
  modules: readonly ModuleTable[],
  typeNames: (module: ModuleTable) => TypeNames,
  sink: DiagnosticSink,
): readonly Field[] {
  const builtin = of === "agent" ? AGENT_FIELDS : CONTEXT_FIELDS;
  const merged = new Map<string, Attribute>(
    builtin.map((field) => [field.name, { field, declaredAt: null }]),
  );
  for (const module of modules) {
    for (const item of module.bound.module.items) {
      if (item.kind !== "attributes" || item.of !== of) continue;
      const places = new Map(item.fields.map((node) => [node.name.text, node.name.span]));
      for (const field of fieldsOf(item.fields, typeNames(module), sink)) {
        const span = places.get(field.name) ?? item.span;
        const earlier = merged.get(field.name);
        if (earlier === undefined || fits(field, earlier))
          merged.set(field.name, { field, declaredAt: span });
        else reportConflict(of, field, span, earlier, sink);
      }
    }
  }
  return [...merged.values()].map((each) => each.field).sort((a, b) => compareUtf8(a.name, b.name));
}

function fits(field: Field, earlier: Attribute): boolean {
  if (earlier.declaredAt !== null)
    return (
      narrows(earlier.field.type, field.type) &&
      narrows(field.type, earlier.field.type) &&
      field.type.kind === earlier.field.type.kind &&
      field.default === earlier.field.default
    );
  const wasRequired = earlier.field.type.kind !== "optional" && earlier.field.default === undefined;
  return narrows(earlier.field.type, field.type) && !(wasRequired && field.type.kind === "optional");
}

function reportConflict(
  of: string,
  field: Field,
  span: Span,
  earlier: Attribute,
  sink: DiagnosticSink,
): void {
  const related =
    earlier.declaredAt === null ? {} : { related: [{ span: earlier.declaredAt, message: "elsewhere" }] };
  sink.report(
    report["conflicting-attribute"](
      span,
      { of, name: field.name, type: printType(field.type), other: printType(earlier.field.type) },
      related,
    ),
  );
}
