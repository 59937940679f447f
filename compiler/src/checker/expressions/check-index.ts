// `m["key"]`: a member of a map, or a header; always optional.
import { optional, printType, STRING } from "@aegis/runtime/core";
import type { Type } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { IndexAccess } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { FAILED, isError, typed } from "../checked.ts";
import { checkAs, checkPlace } from "./check.ts";
import { memberKey } from "./place-key.ts";
import { sourceOf } from "./source-of.ts";

export function checkIndex(context: CheckContext, node: IndexAccess, _expected: Type | null): Checked {
  const of = checkPlace({ ...context, position: "value" }, node.of, null);
  if (isError(of.type)) return FAILED;
  const map = of.type.kind === "optional" ? of.type.of : of.type;
  if (map.kind !== "map" && map.kind !== "headers") {
    context.sink.report(
      typeDiagnostics["no-members"](node.index.span, {
        type: printType(map),
        hint:
          map.kind === "list" || map.kind === "set"
            ? "look at elements with `any`, `all` or `count`"
            : "only maps and headers have members by key",
      }),
    );
    return FAILED;
  }
  // An absent map has no members: read as an empty one.
  if (of.type.kind === "optional") {
    const info = context.types.get(node.of);
    if (info !== undefined) context.types.set(node.of, { ...info, type: map, narrowed: true });
  }
  const key = checkAs({ ...context, position: "value" }, node.index, STRING, "keys are texts");
  if (isError(key.type)) return FAILED;
  if (typeof key.constant !== "string") {
    context.sink.report(typeDiagnostics["map-key"](node.index.span, { place: sourceOf(node.of) }));
    return FAILED;
  }
  if (map.kind === "headers" && key.constant !== key.constant.toLowerCase()) {
    const name = key.constant.toLowerCase();
    context.sink.report(
      typeDiagnostics["header-case"](
        node.index.span,
        { name },
        {
          fixes: [
            {
              title: `write "${name}"`,
              edits: [{ span: node.index.span, newText: JSON.stringify(name) }],
            },
          ],
        },
      ),
    );
    return FAILED;
  }
  const element = map.kind === "headers" ? STRING : map.of;
  return typed(optional(element), of.key === undefined ? {} : { key: memberKey(of.key, key.constant) });
}
