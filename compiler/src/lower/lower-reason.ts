// Reasons and hints: texts with placeholders, and the places whose values they would show.
import type { IrExpression } from "@aegis/runtime/core";
import type { Template } from "../syntax/ast.ts";
import type { Environment } from "./environment.ts";
import { assumeSet } from "./resolve-maybe.ts";
import { shownPlace } from "./shown-place.ts";

export type ReasonPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "value"; readonly values: readonly IrExpression[]; readonly path: string };

/** One value per environment for each placeholder. */
export function lowerReason(
  template: Template | null,
  environments: readonly Environment[],
): readonly ReasonPart[] | null {
  if (template === null) return null;
  return template.parts.map((part): ReasonPart => {
    if (part.kind === "text") return { kind: "text", text: part.text };
    const values = environments.map((environment) =>
      assumeSet(environment.lower.value(part.expression, environment).expression),
    );
    return { kind: "value", values, path: shownPlace(values) };
  });
}

/** The fixed text of a hint: placeholders are left out. */
export function lowerHint(template: Template | null): string | null {
  if (template === null) return null;
  return template.parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
}
