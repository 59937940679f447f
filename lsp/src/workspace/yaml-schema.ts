// Follows the published JSON Schema along the keys of a YAML file: what may stand at a place.
import { POLICY_SCHEMA, type PolicySchema, type YamlNode } from "@aegis/compiler";
import { keysOf, type YamlPlace } from "./yaml-cursor.ts";

/** Schemas without `$ref` and `anyOf`, each with the name of its definition. */
export interface Allowed {
  readonly schema: PolicySchema;
  /** Names of the definitions it came from, outer first. */
  readonly names: readonly string[];
}

/** What may stand at the end of a path, given the keys that are written on the way. */
export function allowedAt({ path, around }: YamlPlace): readonly Allowed[] {
  let allowed = expanded({ schema: POLICY_SCHEMA, names: ["module"] }, around[0]);
  for (const [index, step] of path.entries())
    allowed = allowed.flatMap(({ schema }) => {
      const inner = typeof step === "number" ? schema.items : under(schema, step);
      return inner === undefined ? [] : expanded({ schema: inner, names: [] }, around[index + 1]);
    });
  return allowed;
}

function under(schema: PolicySchema, key: string): PolicySchema | undefined {
  const known = new Map(Object.entries(schema.properties ?? {})).get(key);
  if (known !== undefined) return known;
  const { additionalProperties: rest } = schema;
  return typeof rest === "object" ? rest : undefined;
}

/** The alternatives of a schema that go with the keys of what is written there. */
function expanded({ schema, names }: Allowed, written: YamlNode | undefined): readonly Allowed[] {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/$defs/", "");
    const target = new Map(Object.entries(POLICY_SCHEMA.$defs ?? {})).get(name);
    return target === undefined ? [] : expanded({ schema: target, names: [...names, name] }, written);
  }
  if (schema.anyOf !== undefined)
    return schema.anyOf.flatMap((each) => expanded({ schema: each, names }, written));
  const { if: condition, then, else: otherwise } = schema;
  if (condition !== undefined) {
    const keys = keysOf(written);
    const decided = (condition.required ?? []).every((each) => keys.includes(each));
    const chosen = decided ? [then] : keys.length === 0 ? [then, otherwise] : [otherwise];
    return chosen.flatMap((each) => (each === undefined ? [] : expanded({ schema: each, names }, written)));
  }
  const goes =
    schema.properties === undefined ||
    schema.additionalProperties !== false ||
    keysOf(written).every((key) => Object.hasOwn(schema.properties ?? {}, key));
  return goes ? [{ schema, names }] : [];
}

/** Keys that a mapping may still take, with their words. */
export function keysAllowed(place: YamlPlace): ReadonlyMap<string, PolicySchema> {
  const keys = new Map<string, PolicySchema>();
  const written = keysOf(place.around.at(-1));
  for (const { schema } of allowedAt(place)) {
    const excluded = alternativesTaken(schema, written);
    for (const [key, value] of Object.entries(schema.properties ?? {}))
      if (!written.includes(key) && !excluded.has(key) && !keys.has(key)) keys.set(key, value);
  }
  return keys;
}

/** Of keys that exclude each other, the others when one is written. */
function alternativesTaken(schema: PolicySchema, written: readonly string[]): ReadonlySet<string> {
  const groups = (schema.oneOf ?? []).map((each) => each.required ?? []);
  const taken = groups.find((each) => each.length > 0 && each.every((key) => written.includes(key)));
  return new Set(taken === undefined ? [] : groups.filter((each) => each !== taken).flat());
}

/** The words of the schema about a key. */
export function describedKey(schema: PolicySchema): string | undefined {
  if (schema.description !== undefined || schema.$ref === undefined) return schema.description;
  return new Map(Object.entries(POLICY_SCHEMA.$defs ?? {})).get(schema.$ref.replace("#/$defs/", ""))
    ?.description;
}
