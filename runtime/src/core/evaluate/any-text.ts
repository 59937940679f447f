// Whether some text inside a value satisfies a test: strings, texts of parsed values, keys of maps, leaves and keys of json.
import type { Type, TypeKind } from "../types/type.ts";
import { isParsedValue } from "../values/scalar.ts";
import type { JsonValue, Value } from "../values/value.ts";
import { JsonNumber } from "../values/value.ts";

type Test = (text: string) => boolean;
type Walk<Kind extends TypeKind> = (type: Extract<Type, { kind: Kind }>, value: Value, test: Test) => boolean;

const never = (): boolean => false;
const walks: { readonly [Kind in TypeKind]: Walk<Kind> } = {
  bool: never,
  int: never,
  decimal: never,
  time: never,
  duration: never,
  enum: never,
  string: (_type, value, test) => typeof value === "string" && test(value),
  parsed: (_type, value, test) => isParsedValue(value) && test(value.text),
  json: (_type, value, test) => anyJsonText(value as JsonValue, test),
  list: (type, value, test) => anyItem(type.of, value, test),
  set: (type, value, test) => anyItem(type.of, value, test),
  map: (type, value, test) =>
    value instanceof Map &&
    [...value].some(([key, member]) => test(key as string) || anyText(type.of, member as Value, test)),
  headers: (_type, value, test) =>
    value instanceof Map && [...value].some(([name, text]) => test(name as string) || test(text as string)),
  // Names of fields are the author's, not the caller's.
  record: (type, value, test) =>
    value instanceof Map &&
    type.fields.some((field) =>
      anyText(field.type, (value as ReadonlyMap<string, Value>).get(field.name), test),
    ),
  optional: (type, value, test) => value !== undefined && anyText(type.of, value, test),
};

/** Stops at the first text that satisfies the test. */
export function anyText(type: Type, value: Value, test: Test): boolean {
  const walk = walks[type.kind] as Walk<TypeKind>;
  return value !== undefined && walk(type as never, value, test);
}

const anyItem = (of: Type, value: Value, test: Test): boolean =>
  Array.isArray(value) && value.some((item) => anyText(of, item as Value, test));

/** String leaves and keys at any depth. */
export function anyJsonText(json: JsonValue, test: Test): boolean {
  if (typeof json === "string") return test(json);
  if (typeof json !== "object" || json === null || json instanceof JsonNumber) return false;
  if (Array.isArray(json)) return (json as readonly JsonValue[]).some((item) => anyJsonText(item, test));
  return Object.entries(json as Readonly<Record<string, JsonValue>>).some(
    ([key, member]) => test(key) || anyJsonText(member, test),
  );
}
