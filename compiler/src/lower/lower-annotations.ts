// Annotations for reports, as written: `@owner("secops")` has the value `secops`, `@review(every: 180d)` `every: 180d`.
import type { Annotation } from "../syntax/ast.ts";
import type { Literal } from "../syntax/expression.ts";
import { InternalError } from "./internal-error.ts";

export function lowerAnnotations(
  annotations: readonly Annotation[],
): readonly { readonly name: string; readonly value: string }[] {
  return annotations.map(({ name, args }) => ({
    name: name.text,
    value: args
      .map((arg) =>
        arg.name === null ? literalText(arg.value) : `${arg.name.text}: ${literalText(arg.value)}`,
      )
      .join(", "),
  }));
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
] as const;

function literalText(literal: Literal): string {
  switch (literal.kind) {
    case "string":
      return literal.value;
    case "number":
    case "time":
      return literal.text;
    case "bool":
      return String(literal.value);
    case "duration": {
      const unit = UNITS.find(([, length]) => literal.milliseconds % length === 0);
      if (unit === undefined) throw new InternalError("a duration that is no whole number of milliseconds");
      return `${literal.milliseconds / unit[1]}${unit[0]}`;
    }
  }
}
