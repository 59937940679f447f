// Runtime form of values: what validation produces and what every native engine computes on.
import type { ParsedValue } from "../types/parsed-type.ts";

/**
 * | type             | runtime form                                             |
 * |------------------|----------------------------------------------------------|
 * | bool             | boolean                                                  |
 * | int              | integer number, never -0                                 |
 * | decimal          | integer number of millionths, never -0                   |
 * | time, duration   | integer number of milliseconds                           |
 * | string, enum     | string                                                   |
 * | parsed           | ParsedValue                                              |
 * | list             | array                                                    |
 * | set              | array without duplicates (by canonical form)             |
 * | map              | Map from string                                          |
 * | headers          | Map from lower-case name to string                       |
 * | record           | Map from field name; absent fields have no entry         |
 * | json             | the JSON value received (own properties only are read)   |
 * | absent optional  | undefined                                                |
 */
export type Value =
  | boolean
  | number
  | string
  | ParsedValue
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | JsonValue
  | undefined;

/** JSON as received. Objects may have any own keys, `__proto__` included: read them with `Object.hasOwn` or `Object.entries`. */
export type JsonValue = null | boolean | number | string | JsonNumber | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A number token that a double does not hold exactly; `text` is the token as received. */
export class JsonNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
