// Objects for JSON that comes from outside: any key is an own key of its own, and nothing is inherited.
import type { JsonValue } from "./value.ts";

export type MutableJsonObject = Record<string, JsonValue>;

// A constructor with an empty frozen prototype makes objects without `__proto__`, setters or methods that are, unlike
// those of `Object.create(null)`, as fast as literals.
const BareObject = function () {} as unknown as new () => MutableJsonObject;
BareObject.prototype = Object.freeze(Object.create(null));

/** An empty object on which `object[key] = value` makes an own member for every key, `__proto__` included. */
export const newJsonObject = (): MutableJsonObject => new BareObject();
