// How the runtime walks a value of a type in search of text.
import type { Type } from "@aegis/runtime/core";
import type { EncodeContext } from "./encode-context.ts";

/** Its address, which begins with the number of the function that walks; 0 where there is no text to be found. */
export function encodeWalk(type: Type, context: EncodeContext): number {
  const walk = (name: string, ...words: readonly number[]): number =>
    context.image.words([context.functions.number(`wk_${name}`), ...words]);
  switch (type.kind) {
    case "string":
      return walk("text");
    case "parsed":
      return walk("parsed");
    case "json":
      return walk("json");
    case "list":
    case "set":
      return walk("items", encodeWalk(type.of, context));
    case "map":
      return walk("members", encodeWalk(type.of, context));
    case "headers":
      return walk("members", walk("text"));
    case "record":
      return walk(
        "record",
        type.fields.length,
        ...type.fields.map((field) => encodeWalk(field.type, context)),
      );
    case "optional":
      return encodeWalk(type.of, context);
    default:
      return 0;
  }
}
