// Turns the constant path of a redaction into the places of one call, guided by the types of the action.
import { JsonNumber, type Field, type JsonValue, type Type } from "../../core/index.ts";

/** Names and indices from the root of the document; header names as received. */
export type Place = readonly (string | number)[];

/** Where a value stands, and its declared type (`undefined` below json and in undeclared arguments). */
export interface TypedPlace {
  readonly place: Place;
  readonly type: Type | undefined;
}

/** Segments of a JSON pointer; null when the text is none. */
export function pointerSegments(pointer: string): string[] | null {
  if (pointer === "") return [];
  if (!pointer.startsWith("/")) return null;
  return pointer
    .slice(1)
    .split("/")
    .map((each) => each.replaceAll("~1", "/").replaceAll("~0", "~"));
}

export const isObject = (value: unknown): value is Readonly<Record<string, JsonValue>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);

/** All places that exist in the value; none where a step is absent. */
export function expandPath(
  segments: readonly string[],
  value: JsonValue,
  type: Type | undefined,
): TypedPlace[] {
  let places: { place: Place; value: JsonValue; type: Type | undefined }[] = [{ place: [], value, type }];
  for (const segment of segments) {
    places = places.flatMap(({ place, value: at, type: declared }) =>
      step(segment, at, declared).map(([key, child, childType]) => ({
        place: [...place, key],
        value: child,
        type: childType,
      })),
    );
  }
  return places
    .filter((each) => each.value !== null)
    .map(({ place, type: declared }) => ({ place, type: declared }));
}

function step(
  segment: string,
  value: JsonValue,
  type: Type | undefined,
): [string | number, JsonValue, Type | undefined][] {
  const declared = type?.kind === "optional" ? type.of : type;
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    const of = declared?.kind === "list" || declared?.kind === "set" ? declared.of : undefined;
    if (segment === "*") return items.map((item, index) => [index, item, of]);
    const index = /^(0|[1-9]\d*)$/.test(segment) ? Number(segment) : -1;
    const item = items[index];
    return item === undefined ? [] : [[index, item, of]];
  }
  if (!isObject(value)) return [];
  if (segment === "*")
    return Object.entries(value).map(([key, member]) => [key, member, memberType(declared, key)]);
  if (declared?.kind === "headers") {
    return Object.entries(value)
      .filter(([name]) => name.toLowerCase() === segment)
      .map(([name, member]) => [name, member, { kind: "string" }]);
  }
  const member = Object.hasOwn(value, segment) ? value[segment] : undefined;
  return member === undefined ? [] : [[segment, member, memberType(declared, segment)]];
}

function memberType(type: Type | undefined, key: string): Type | undefined {
  if (type?.kind === "map") return type.of;
  if (type?.kind === "headers") return { kind: "string" };
  if (type?.kind === "record") return fieldType(type.fields, key);
  return undefined;
}

export const fieldType = (fields: readonly Field[], name: string): Type | undefined =>
  fields.find((each) => each.name === name)?.type;
