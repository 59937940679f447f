// Where a redact path leads in one action: JSON pointers with the types that stand there.
import type { RecordType, Type } from "@aegis/runtime/core";
import type { RedactPath } from "../../syntax/ast.ts";

export interface RedactionPlace {
  readonly segments: readonly string[];
  readonly type: Type;
  /** Whether the value can be taken away: an optional field, a member, an element. */
  readonly removable: boolean;
}

export type RedactionPlaces =
  | { readonly kind: "places"; readonly places: readonly RedactionPlace[] }
  /** The action has no such argument. */
  | { readonly kind: "missing"; readonly name: string; readonly candidates: readonly string[] }
  /** The step does not fit the type. */
  | { readonly kind: "misfit"; readonly step: number; readonly type: Type; readonly hint: string };

type Step = RedactPath["steps"][number];

/** `root` is the record of arguments, or a record with `value` for results. */
export function redactionPlaces(root: RecordType, path: RedactPath): RedactionPlaces {
  let here: RedactionPlace = { segments: [path.root], type: root, removable: false };
  for (const [index, step] of path.steps.entries()) {
    if (step.kind === "everywhere") return { kind: "places", places: leaves(here) };
    const next = walk(here, step, index);
    if ("kind" in next) return next;
    here = next;
  }
  return { kind: "places", places: [here] };
}

function walk(
  here: RedactionPlace,
  step: Exclude<Step, { kind: "everywhere" }>,
  index: number,
): RedactionPlace | Exclude<RedactionPlaces, { kind: "places" }> {
  const type = present(here.type);
  const to = (segment: string, next: Type, removable: boolean): RedactionPlace => ({
    segments: [...here.segments, segment],
    type: next,
    removable,
  });
  switch (step.kind) {
    case "field": {
      if (type.kind !== "record") return { kind: "misfit", step: index, type, hint: fieldHint(type) };
      const field = type.fields.find((each) => each.name === step.name.text);
      if (field === undefined)
        return { kind: "missing", name: step.name.text, candidates: type.fields.map((each) => each.name) };
      return to(field.name, field.type, field.type.kind === "optional");
    }
    case "key":
      if (type.kind === "headers") return to(step.key.value.toLowerCase(), { kind: "string" }, true);
      if (type.kind === "map") return to(step.key.value, type.of, true);
      return { kind: "misfit", step: index, type, hint: "only maps and headers have members by key" };
    case "each":
      if (type.kind === "list" || type.kind === "set" || type.kind === "map") return to("*", type.of, true);
      if (type.kind === "headers") return to("*", { kind: "string" }, true);
      return { kind: "misfit", step: index, type, hint: "`*` is every element of a list or member of a map" };
  }
}

const present = (type: Type): Type => (type.kind === "optional" ? type.of : type);

const fieldHint = (type: Type): string =>
  type.kind === "map" || type.kind === "headers"
    ? 'members are written ["key"]'
    : type.kind === "list" || type.kind === "set"
      ? "write `.*` for every element"
      : "it has no fields: redact it as a whole, or declare a record";

/** Every plain string, member or element of text, and `json` below a place. */
function leaves(here: RedactionPlace): readonly RedactionPlace[] {
  const type = present(here.type);
  const below = (segment: string, next: Type, removable: boolean): readonly RedactionPlace[] =>
    leaves({ segments: [...here.segments, segment], type: next, removable });
  switch (type.kind) {
    case "string":
    case "json":
      return [here];
    case "list":
    case "set":
    case "map":
      return below("*", type.of, true);
    case "headers":
      return below("*", { kind: "string" }, true);
    case "record":
      return type.fields.flatMap((field) => below(field.name, field.type, field.type.kind === "optional"));
    default:
      return [];
  }
}
