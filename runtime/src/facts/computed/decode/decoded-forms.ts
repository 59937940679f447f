// All that a value says once encodings are undone, layer by layer.
import type { JsonValue } from "../../../core/values/value.ts";
import { textsOf } from "../texts-of.ts";
import { decoders } from "./decoders.ts";

/** Encodings inside encodings that are undone; one more makes the value unknown. */
export const MAX_LAYERS = 3;
/** Most forms, and most characters in all that are looked at, the value's own included. */
export const MAX_FORMS = 1000;
export const MAX_CHARACTERS = 1 << 20;

/** Texts that do not stand in the value as they are; `undefined` past a limit, where something may be left unseen. */
export function decodedForms(value: JsonValue | undefined): readonly string[] | undefined {
  const plain = new Set(textsOf(value, false));
  const forms = new Set(textsOf(value, true).filter((text) => !plain.has(text)));
  let room = MAX_CHARACTERS;
  let layer: readonly string[] = [...plain, ...forms];
  for (let depth = 0; layer.length > 0; depth += 1) {
    const next: string[] = [];
    for (const text of layer) {
      room -= text.length;
      if (room < 0) return undefined;
      for (const form of decoders.flatMap((decoder) => decoder.decode(text))) {
        if (plain.has(form) || forms.has(form)) continue;
        if (depth === MAX_LAYERS) return undefined;
        forms.add(form);
        next.push(form);
        if (forms.size > MAX_FORMS) return undefined;
      }
    }
    layer = next;
  }
  return [...forms];
}
