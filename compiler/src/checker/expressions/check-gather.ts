// `args.all(T)`: every value of a type in the call, hosts inside urls and addresses included.
import { isScalar, listOf, MAX_GATHERED, parsed, printType, sameType } from "@aegis/runtime/core";
import type { RecordType, Type } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { CallExpression, TypeNode } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { FAILED, typed } from "../checked.ts";
import type { GatherPlace } from "../checked-program.ts";
import { qualifiedNameOf } from "../../syntax/qualified-name-of.ts";

/** Parts that count as values of their own type: type gathered, type found, part. */
const INSIDE: readonly { readonly gathered: string; readonly found: string; readonly part: string }[] = [
  { gathered: "host", found: "url", part: "host" },
  { gathered: "host", found: "email", part: "domain" },
];

export function checkGather(context: CheckContext, node: CallExpression): Checked {
  const { args } = context.roots;
  if (args === null) {
    context.sink.report(
      typeDiagnostics["unreadable-root"](node.callee.span, {
        root: "args",
        place: context.place,
        hint: "arguments are known where a rule looks at one call",
      }),
    );
    return FAILED;
  }
  const [argument, ...rest] = node.args;
  const name = argument === undefined ? undefined : qualifiedNameOf(argument);
  if (name === undefined || rest.length > 0) {
    context.sink.report(typeDiagnostics["gather-type"](node.span));
    return FAILED;
  }
  const typeNode: TypeNode = { kind: "type-name", span: name.span, name, bounds: null };
  const type = context.module.typeOf(typeNode, context.sink);
  if (type.kind === "json") return FAILED;
  if (!isScalar(type)) {
    context.sink.report(typeDiagnostics["gather-type"](node.span));
    return FAILED;
  }
  const places = gatherPlaces(args, type);
  const max = Math.min(
    MAX_GATHERED,
    places.reduce((sum, place) => sum + place.bound, 0),
  );
  return typed(listOf(type, Math.max(1, max)), {
    meaning: { kind: "gather", type, places: places.map(({ path, part }) => ({ path, part })) },
  });
}

interface BoundedPlace extends GatherPlace {
  /** Most values that can stand there. */
  readonly bound: number;
}
type Path = GatherPlace["path"];

/** Places below the arguments at which a value of the type stands. */
export function gatherPlaces(args: RecordType, wanted: Type): readonly BoundedPlace[] {
  return args.fields.flatMap((field) => visit(field.type, wanted, [field.name], 1));
}

function visit(type: Type, wanted: Type, path: Path, bound: number): readonly BoundedPlace[] {
  switch (type.kind) {
    case "optional":
      return visit(type.of, wanted, path, bound);
    case "list":
    case "set":
    case "map":
      return visit(type.of, wanted, [...path, { each: true }], bound * type.max);
    case "headers":
      return visit({ kind: "string" }, wanted, [...path, { each: true }], bound * 1000);
    case "record":
      return type.fields.flatMap((field) => visit(field.type, wanted, [...path, field.name], bound));
    default:
      return [
        ...(sameType(type, wanted) ? [{ path, part: null, bound }] : []),
        ...INSIDE.filter(
          (each) => sameType(type, parsed(each.found)) && sameType(wanted, parsed(each.gathered)),
        ).map((each) => ({ path, part: each.part, bound })),
      ];
  }
}

export const describeGather = (type: Type): string => `args.all(${printType(type)})`;
