// Which place of the call a value shows: so that a reason does not print what is redacted.
import { eachChild } from "@aegis/runtime/core";
import type { IrExpression } from "@aegis/runtime/core";

type Segments = readonly string[];

/** JSON pointer of the one place shown, or of the innermost that holds all; empty when nothing of the call is shown. */
export function shownPlace(values: readonly IrExpression[]): string {
  const places = values.flatMap(placesOf);
  const [first, ...others] = places;
  if (first === undefined) return "";
  const common = others.reduce(commonPrefix, first);
  // From both arguments and result: what is redacted in the result phase is the result.
  const segments = common.length === 0 ? ["result"] : common;
  return segments.map((segment) => `/${segment.replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");
}

function commonPrefix(left: Segments, right: Segments): Segments {
  const end = left.findIndex((segment, index) => segment !== right[index]);
  return end < 0 ? left : left.slice(0, end);
}

/** Every place of arguments and result that the value may show. */
function placesOf(node: IrExpression): readonly Segments[] {
  switch (node.kind) {
    case "read":
      return node.root === "args" || node.root === "result" ? [[node.root, ...node.path]] : [];
    case "field":
      return placesOf(node.of).map((place) => [...place, node.name]);
    case "index":
      return placesOf(node.of).map((place) => [...place, node.key]);
    case "gather":
      return node.places.map((place) => [
        "args",
        ...place.path.map((step) => (typeof step === "string" ? step : "*")),
      ]);
    case "fact":
      return [
        node.path
          .split("/")
          .slice(1)
          .map((segment) => segment.replace(/~1/g, "/").replace(/~0/g, "~")),
      ];
    default: {
      const places: Segments[] = [];
      eachChild(node, (child) => places.push(...placesOf(child)));
      return places;
    }
  }
}
