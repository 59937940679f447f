// The texts in a value: strings and keys at any depth, and what the strings of a list say when they are put together.
import type { JsonValue } from "../../core/values/value.ts";
import { JsonNumber } from "../../core/values/value.ts";

/** `joined`: also the strings of each list as one, so that a text split over neighbours is seen. Any depth. */
export function textsOf(value: JsonValue | undefined, joined: boolean): readonly string[] {
  const found: string[] = [];
  const pending: (JsonValue | undefined)[] = [value];
  while (pending.length > 0) {
    const each = pending.pop();
    if (typeof each === "string") found.push(each);
    else if (Array.isArray(each)) {
      const items = each as readonly JsonValue[];
      for (const item of items) pending.push(item);
      const strings = items.filter((item) => typeof item === "string");
      if (joined && strings.length > 1) found.push(strings.join(""));
    } else if (typeof each === "object" && each !== null && !(each instanceof JsonNumber)) {
      for (const [key, member] of Object.entries(each as Readonly<Record<string, JsonValue>>)) {
        found.push(key);
        pending.push(member);
      }
    }
  }
  return found;
}
