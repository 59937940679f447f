// JSON Schema to a type: never narrower than the schema but in size, and `json` where there is no such type.
import {
  BOOL,
  DECIMAL_SCALE,
  DEFAULT_MAX_ITEMS,
  JSON_TYPE,
  MAX_INTEGER,
  listOf,
  mapOf,
  optional,
  required,
} from "@aegis/runtime/core";
import type { EnumType, Field, JsonObject, JsonValue, Type } from "@aegis/runtime/core";
import { hasHiddenCharacters, revealHiddenCharacters } from "./hidden-characters.ts";
import { atPointer, isArray, isObject, member, number, pointerTo, text } from "./json-access.ts";
import { uniteTypes } from "./unite-types.ts";
import type { ManifestNote } from "./manifest.ts";

/** More items than this are never accepted, whatever the schema says. */
const MOST_ITEMS = 10_000;
/** Schema nodes converted for one action: past it everything is `json` (references can multiply without bound). */
const NODE_BUDGET = 5_000;
const MOST_DEPTH = 48;

/** Annotations and keywords that say nothing about the value. */
const SILENT = new Set([
  "$schema",
  "$id",
  "$comment",
  "$defs",
  "definitions",
  "title",
  "description",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "format",
  "nullable",
]);
/** Constraints that a type does not keep; the server checks them itself. */
const DROPPED = [
  "pattern",
  "minLength",
  "minItems",
  "minProperties",
  "maxProperties",
  "multipleOf",
  "not",
  "if",
  "contains",
  "propertyNames",
  "dependentRequired",
  "dependentSchemas",
  "dependencies",
];

export interface SchemaImport {
  readonly action: string;
  /** JSON pointer of the schema in the action, such as `/inputSchema`. */
  readonly pointer: string;
  /** Records are closed unless the schema opens them; what comes back from a tool stays open unless it says closed. */
  readonly closedByDefault: boolean;
  note(kind: ManifestNote["kind"], pointer: string, message: string): void;
}

/** A converted schema; `never` when the schema accepts nothing (a property that must not be there). */
export type Converted = { readonly type: Type; readonly nullable: boolean } | "never";

/** What accepts null alone: in a union it adds only that the value may be absent. */
const ONLY_NULL: Converted = { type: JSON_TYPE, nullable: true };

export class SchemaConverter {
  readonly #root: JsonValue;
  readonly #into: SchemaImport;
  readonly #open = new Set<string>();
  #left = NODE_BUDGET;
  #depth = 0;

  constructor(root: JsonValue, into: SchemaImport) {
    this.#root = root;
    this.#into = into;
  }

  /** The fields of an object schema: the parameters of an action. Closed, whatever the schema says. */
  params(schema: JsonObject): readonly Field[] {
    const at = this.#into.pointer;
    const additional = member(schema, "additionalProperties");
    if (additional !== undefined && additional !== false)
      this.#into.note(
        "narrowed",
        at,
        "the schema accepts further arguments; they are refused unless a refinement ends in `...`",
      );
    this.#noteDropped(schema, at);
    for (const keyword of ["anyOf", "oneOf", "allOf"])
      if (member(schema, keyword) !== undefined)
        this.#into.note("widened", pointerTo(at, keyword), `\`${keyword}\` over all arguments is not kept`);
    return this.#fields(schema, at, this.#into.action);
  }

  /** Any schema; `name` is what an enum in it is called. */
  convert(schema: JsonValue | undefined, at: string, name: string): Converted {
    this.#depth++;
    const converted = this.#convert(schema, at, name);
    this.#depth--;
    return converted;
  }

  #convert(schema: JsonValue | undefined, at: string, name: string): Converted {
    if (schema === true) return this.#opaque(at, "any value is accepted");
    if (schema === false) return "never";
    if (!isObject(schema)) return this.#opaque(at, "this is no JSON Schema");
    if (this.#left-- <= 0 || this.#depth > MOST_DEPTH) return this.#opaque(at, "the schema is too large");
    const reference = member(schema, "$ref");
    if (reference !== undefined) return this.#reference(schema, reference, at, name);
    if (member(schema, "$dynamicRef") !== undefined || member(schema, "$recursiveRef") !== undefined)
      return this.#opaque(at, "dynamic references are not followed");
    const converted = this.#byKeywords(schema, at, name);
    return converted !== "never" && member(schema, "nullable") === true
      ? { ...converted, nullable: true }
      : converted;
  }

  #byKeywords(schema: JsonObject, at: string, name: string): Converted {
    const members = member(schema, "enum");
    if (isArray(members)) return this.#enumeration(members, at, name);
    const constant = member(schema, "const");
    if (constant !== undefined) return this.#enumeration([constant], at, name);
    const kinds = typesOf(schema);
    const nullable = kinds.includes("null");
    const others = kinds.filter((kind) => kind !== "null");
    if (others.length === 1) {
      const converted = this.#ofKind(others[0] ?? "", schema, at, name);
      return converted === "never"
        ? converted
        : { type: converted.type, nullable: nullable || converted.nullable };
    }
    if (others.length > 1)
      return this.#union(
        others.map((kind) => this.#ofKind(kind, schema, at, name)),
        nullable,
        at,
      );
    for (const keyword of ["anyOf", "oneOf"] as const) {
      const alternatives = member(schema, keyword);
      if (isArray(alternatives)) {
        if (Object.keys(schema).some((key) => key !== keyword && !SILENT.has(key)))
          return this.#opaque(at, `\`${keyword}\` beside other keywords`);
        const below = pointerTo(at, keyword);
        return this.#union(
          alternatives.map((each, index) => this.convert(each, pointerTo(below, index), name)),
          nullable,
          below,
        );
      }
    }
    const all = member(schema, "allOf");
    if (isArray(all)) {
      const [only] = all;
      return all.length === 1 && Object.keys(schema).every((key) => key === "allOf" || SILENT.has(key))
        ? this.convert(only, pointerTo(pointerTo(at, "allOf"), 0), name)
        : this.#opaque(at, "`allOf` has no type");
    }
    if (kinds.length > 0) return ONLY_NULL;
    return Object.keys(schema).every((key) => SILENT.has(key))
      ? this.#opaque(at, "any value is accepted")
      : this.#opaque(at, "the schema names no `type`");
  }

  #ofKind(kind: string, schema: JsonObject, at: string, name: string): Converted {
    if (kind !== "object") this.#noteDropped(schema, at);
    if (
      kind !== "object" &&
      (member(schema, "anyOf") ?? member(schema, "oneOf") ?? member(schema, "allOf")) !== undefined
    )
      this.#into.note("widened", at, "alternatives beside `type` are not kept");
    switch (kind) {
      case "string": {
        const max = number(member(schema, "maxLength"));
        return plain(
          max === undefined || max < 0 ? { kind: "string" } : { kind: "string", max: clamp(Math.floor(max)) },
        );
      }
      case "boolean":
        return plain(BOOL);
      case "integer":
        return plain({ kind: "int", ...bounds(schema, 1) });
      case "number":
        return plain({ kind: "decimal", ...bounds(schema, DECIMAL_SCALE) });
      case "array":
        return this.#array(schema, at, name);
      case "object":
        return this.#object(schema, at, name);
      case "null":
        return ONLY_NULL;
      default:
        return this.#opaque(at, "the schema names an unknown `type`");
    }
  }

  #array(schema: JsonObject, at: string, name: string): Converted {
    const items = member(schema, "items");
    if (member(schema, "prefixItems") !== undefined || isArray(items))
      return this.#opaque(at, "tuples have no type");
    const below = pointerTo(at, "items");
    const element =
      items === undefined ? this.#opaque(below, "elements of any kind") : this.convert(items, below, name);
    const declared = number(member(schema, "maxItems"));
    const max =
      declared === undefined || declared < 0 ? DEFAULT_MAX_ITEMS : Math.min(Math.floor(declared), MOST_ITEMS);
    if (declared !== undefined && declared > MOST_ITEMS)
      this.#into.note(
        "narrowed",
        pointerTo(at, "maxItems"),
        `at most ${String(MOST_ITEMS)} items are accepted`,
      );
    return plain(listOf(this.#inside(element, below), max));
  }

  #object(schema: JsonObject, at: string, name: string): Converted {
    const properties = member(schema, "properties");
    const additional = member(schema, "additionalProperties");
    const named = isObject(properties) ? Object.keys(properties) : [];
    if (member(schema, "patternProperties") !== undefined)
      return this.#opaque(at, "`patternProperties` has no type");
    if (member(schema, "unevaluatedProperties") !== undefined && named.length === 0)
      return this.#opaque(at, "`unevaluatedProperties` has no type");
    for (const keyword of ["anyOf", "oneOf", "allOf"]) {
      const alternatives = member(schema, keyword);
      if (alternatives === undefined) continue;
      if (!isArray(alternatives) || !alternatives.every((each) => onlyRequires(each, named)))
        return this.#opaque(at, `\`${keyword}\` with fields of its own`);
      this.#into.note("widened", pointerTo(at, keyword), `\`${keyword}\` is not kept`);
    }
    if (named.length === 0) {
      if (additional === false) return plain({ kind: "record", fields: [], open: false });
      if (isObject(additional) && Object.keys(additional).some((key) => !SILENT.has(key))) {
        const below = pointerTo(at, "additionalProperties");
        this.#noteDropped(schema, at);
        return plain(mapOf(this.#inside(this.convert(additional, below, name), below)));
      }
      return this.#opaque(at, "an object with any fields");
    }
    this.#noteDropped(schema, at);
    if (isObject(additional) && Object.keys(additional).length > 0)
      this.#into.note(
        "widened",
        pointerTo(at, "additionalProperties"),
        "further fields are accepted without a type",
      );
    const open = additional === undefined ? !this.#into.closedByDefault : additional !== false;
    return plain({ kind: "record", fields: this.#fields(schema, at, name), open });
  }

  #fields(schema: JsonObject, at: string, name: string): readonly Field[] {
    const properties = member(schema, "properties");
    const requires = member(schema, "required");
    const requiredNames = new Set(
      isArray(requires) ? requires.filter((each) => typeof each === "string") : [],
    );
    const fields: Field[] = [];
    const below = pointerTo(at, "properties");
    for (const [key, value] of isObject(properties) ? Object.entries(properties) : []) {
      const converted = this.convert(value, pointerTo(below, key), `${name}_${key}`);
      if (converted === "never") continue;
      const absentable = converted.nullable || !requiredNames.has(key);
      requiredNames.delete(key);
      const doc = isObject(value) ? text(member(value, "description")) : undefined;
      fields.push({
        name: key,
        type: absentable ? optional(converted.type) : converted.type,
        ...(doc === undefined || doc === "" ? {} : { doc: revealHiddenCharacters(doc) }),
      });
    }
    for (const key of requiredNames) {
      this.#into.note(
        "opaque",
        pointerTo(at, "required"),
        `\`${revealHiddenCharacters(key)}\` is required and described nowhere`,
      );
      fields.push({ name: key, type: JSON_TYPE });
    }
    return fields;
  }

  #enumeration(values: readonly JsonValue[], at: string, name: string): Converted {
    const nullable = values.includes(null);
    const others = values.filter((each) => each !== null);
    if (others.length === 0) return nullable ? ONLY_NULL : "never";
    if (others.every((each) => typeof each === "string")) {
      const names = [...new Set(others)];
      if (names.some(hasHiddenCharacters))
        return this.#opaque(at, "a value holds characters that nobody sees");
      return { type: enumOf(name, names), nullable };
    }
    if (others.every((each) => typeof each === "boolean")) {
      if (new Set(others).size === 1) this.#into.note("widened", at, "one fixed bool is not a type");
      return { type: BOOL, nullable };
    }
    const numbers = others.map(number);
    if (numbers.every((each) => each !== undefined)) {
      const whole = numbers.every(Number.isSafeInteger);
      const scaled = numbers.map((each) => clamp(Math.round(each * (whole ? 1 : DECIMAL_SCALE))));
      const min = Math.min(...scaled);
      const max = Math.max(...scaled);
      if (min !== max) this.#into.note("widened", at, "listed numbers are kept as a range");
      return { type: { kind: whole ? "int" : "decimal", min, max }, nullable };
    }
    return { ...this.#opaque(at, "listed values of several types"), nullable };
  }

  #union(parts: readonly Converted[], withNull: boolean, at: string): Converted {
    const real = parts.filter((each) => each !== "never");
    const nullable = withNull || real.some((each) => each.nullable);
    const types = real.filter((each) => each !== ONLY_NULL).map((each) => each.type);
    if (types.length === 0) return real.length === 0 ? "never" : { type: JSON_TYPE, nullable };
    const united = uniteTypes(types);
    if (united === undefined) return { ...this.#opaque(at, "alternatives of several types"), nullable };
    if (united.widened) this.#into.note("widened", at, "alternatives are kept as one type");
    return { type: united.type, nullable };
  }

  /** What stands inside a collection is never optional. */
  #inside(element: Converted, at: string): Type {
    if (element === "never") return JSON_TYPE;
    if (!element.nullable) return required(element.type);
    this.#into.note("opaque", at, "elements that may be null have no type");
    return JSON_TYPE;
  }

  #reference(schema: JsonObject, reference: JsonValue, at: string, name: string): Converted {
    if (typeof reference !== "string" || !/^#(\/|$)/.test(reference))
      return this.#opaque(at, "a reference that leaves the schema is not followed");
    if (Object.keys(schema).some((key) => key !== "$ref" && !SILENT.has(key)))
      return this.#opaque(at, "a reference beside other keywords");
    let pointer: string;
    try {
      pointer = decodeURIComponent(reference.slice(1));
    } catch {
      return this.#opaque(at, "a reference that does not parse");
    }
    if (this.#open.has(pointer)) return this.#opaque(at, "the schema refers to itself");
    const target = atPointer(this.#root, pointer);
    if (target === undefined) return this.#opaque(at, "a reference to nothing");
    this.#open.add(pointer);
    const converted = this.convert(target, at, name);
    this.#open.delete(pointer);
    return converted;
  }

  #noteDropped(schema: JsonObject, at: string): void {
    for (const keyword of DROPPED) {
      const value = member(schema, keyword);
      // `minLength: 0` and the like say nothing; string names are what JSON has anyway.
      if (value === undefined || value === 0) continue;
      if (keyword === "propertyNames" && isObject(value) && trivialNames(value)) continue;
      this.#into.note("widened", pointerTo(at, keyword), `\`${keyword}\` is not kept`);
    }
  }

  #opaque(at: string, why: string): { readonly type: Type; readonly nullable: boolean } {
    this.#into.note("opaque", at, why);
    return { type: JSON_TYPE, nullable: false };
  }
}

const plain = (type: Type): Converted => ({ type, nullable: false });

const enumOf = (name: string, members: readonly string[]): EnumType => ({
  kind: "enum",
  name: name.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^(?=[0-9])/, "_"),
  members,
});

function typesOf(schema: JsonObject): readonly string[] {
  const type = member(schema, "type");
  if (typeof type === "string") return [type];
  if (isArray(type)) return [...new Set(type.map((each) => (typeof each === "string" ? each : "?")))];
  if (member(schema, "properties") !== undefined) return ["object"];
  if (member(schema, "items") !== undefined) return ["array"];
  return [];
}

/** An alternative that only demands some of the fields already named. */
const onlyRequires = (schema: JsonValue, named: readonly string[]): boolean => {
  if (!isObject(schema)) return false;
  const properties = member(schema, "properties");
  return (
    Object.keys(schema).every(
      (key) => SILENT.has(key) || key === "required" || key === "properties" || key === "type",
    ) &&
    (properties === undefined ||
      (isObject(properties) && Object.keys(properties).every((key) => named.includes(key))))
  );
};

const trivialNames = (schema: JsonObject): boolean =>
  Object.keys(schema).every((key) => SILENT.has(key) || (key === "type" && member(schema, key) === "string"));

const clamp = (value: number): number => Math.max(-MAX_INTEGER, Math.min(MAX_INTEGER, value));

/** Inclusive bounds in units of 1/scale; those outside the range of the type say nothing. */
function bounds(schema: JsonObject, scale: number): { min?: number; max?: number } {
  const low = (value: number): number => Math.ceil(value * scale - 1e-6);
  const high = (value: number): number => Math.floor(value * scale + 1e-6);
  const strictLow = member(schema, "exclusiveMinimum");
  const strictHigh = member(schema, "exclusiveMaximum");
  const minimum = number(member(schema, "minimum"));
  const maximum = number(member(schema, "maximum"));
  const lows: number[] = [];
  const highs: number[] = [];
  // Draft 4 wrote `exclusiveMinimum: true` beside `minimum`.
  if (minimum !== undefined) lows.push(strictLow === true ? high(minimum) + 1 : low(minimum));
  if (maximum !== undefined) highs.push(strictHigh === true ? low(maximum) - 1 : high(maximum));
  const exclusiveLow = number(strictLow);
  const exclusiveHigh = number(strictHigh);
  if (exclusiveLow !== undefined) lows.push(high(exclusiveLow) + 1);
  if (exclusiveHigh !== undefined) highs.push(low(exclusiveHigh) - 1);
  const min = Math.max(...lows);
  const max = Math.min(...highs);
  return {
    ...(min > -MAX_INTEGER ? { min: clamp(min) } : {}),
    ...(max < MAX_INTEGER ? { max: clamp(max) } : {}),
  };
}
