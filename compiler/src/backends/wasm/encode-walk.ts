// How the runtime walks a value of a type in search of text.
import type { Type } from "@aegis/runtime/core";
import type { DataImage } from "./data-image.ts";

const WALK = { none: 0, text: 1, parsed: 2, json: 3, items: 4, members: 5, record: 6 } as const;

/** Its address. */
export function encodeWalk(type: Type, image: DataImage): number {
  switch (type.kind) {
    case "string":
      return image.words([WALK.text]);
    case "parsed":
      return image.words([WALK.parsed]);
    case "json":
      return image.words([WALK.json]);
    case "list":
    case "set":
      return image.words([WALK.items, encodeWalk(type.of, image)]);
    case "map":
      return image.words([WALK.members, encodeWalk(type.of, image)]);
    case "headers":
      return image.words([WALK.members, image.words([WALK.text])]);
    case "record":
      return image.words([
        WALK.record,
        type.fields.length,
        ...type.fields.map((field) => encodeWalk(field.type, image)),
      ]);
    case "optional":
      return encodeWalk(type.of, image);
    default:
      return image.words([WALK.none]);
  }
}
