// Types of the IR as Rego functions that read JSON into values; undefined where the JSON does not fit.
import { type ConstValue, type Field, MAX_INTEGER, type Type } from "@aegis/runtime/core";
import { block, comprehension, member, regoSet, regoString, rule } from "./print-rego.ts";
import { writeConstant } from "./write-constant.ts";

type Record_ = Extract<Type, { kind: "record" }>;

/** Collects the types that a program needs and writes one function for each, in the order of first need. */
export class ShapeWriter {
  readonly rules: string[] = [];
  /** Parsed types whose parsers are called. */
  readonly parsed = new Set<string>();
  readonly #names = new Map<string, string>();
  /** What is written before the name, outside of the file of the shapes. */
  static readonly PREFIX = "shapes.";

  /** The function for a type, as other files call it. */
  readonly validator = (type: Type): string => `${ShapeWriter.PREFIX}${this.#name(type)}`;

  readonly #texts = new Map<string, string>();

  /** The function that gives the set of texts inside a value of a type, keys included; null where there can be none. */
  readonly texts = (type: Type): string | null => {
    if (!holdsText(type)) return null;
    return type.kind === "json" ? "lib.texts" : `${ShapeWriter.PREFIX}${this.#textsName(type)}`;
  };

  #textsName(type: Type): string {
    const key = JSON.stringify(withoutDocs(type));
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const name = `texts${String(this.#texts.size + 1)}`;
    this.#texts.set(key, name);
    this.rules.push(`${name}(value) := ${this.#textsOf(type, "value")}`);
    return name;
  }

  /** A set of the texts inside `term`. */
  #textsOf(type: Type, term: string): string {
    switch (type.kind) {
      case "string":
        return `{${term}}`;
      case "parsed":
        return `{${term}.text}`;
      case "json":
        return `lib.texts(${term})`;
      case "list":
      case "set":
        return holdsText(type.of)
          ? `{text | some item in ${term}; some text in ${this.#inner(type.of)}(item)}`
          : "set()";
      case "headers":
        return `object.keys(${term}) | {text | some text in ${term}}`;
      case "map":
        return holdsText(type.of)
          ? `object.keys(${term}) | {text | some item in ${term}; some text in ${this.#inner(type.of)}(item)}`
          : `object.keys(${term})`;
      case "record": {
        const fields = type.fields.filter((field) => holdsText(field.type));
        const sets = fields.map(
          (field) =>
            `{text | item := ${member(term, field.name)}; some text in ${this.#inner(field.type)}(item)}`,
        );
        return `union({${sets.join(", ")}})`;
      }
      case "optional":
        // Fields of records that are absent have no member; what is there stands as it is.
        return this.#textsOf(type.of, term);
      default:
        return "set()";
    }
  }

  /** A function of its own, so that variables do not meet. */
  #inner(type: Type): string {
    return type.kind === "json" ? "lib.texts" : this.#textsName(type);
  }

  #name(type: Type): string {
    const key = JSON.stringify(withoutDocs(type));
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = `t${String(this.#names.size + 1)}`;
    this.#names.set(key, name);
    // Types that this one is made of get their functions first.
    const rules = this.#write(name, type);
    this.rules.push(...rules);
    return name;
  }

  #write(name: string, type: Type): string[] {
    const is = (expression: string): string[] => [`${name}(value) := ${expression}`];
    const range = (bounds: { readonly min?: number; readonly max?: number }): string =>
      `${String(bounds.min ?? -MAX_INTEGER)}, ${String(bounds.max ?? MAX_INTEGER)}`;
    switch (type.kind) {
      case "bool":
        return is("value if is_boolean(value)");
      case "int":
        return is(`lib.int(value, ${range(type)})`);
      case "decimal":
        return is(`lib.decimal(value, ${range(type)})`);
      case "string":
        return is(
          type.max === undefined ? "value if is_string(value)" : `lib.string(value, ${String(type.max)})`,
        );
      case "enum":
        return is(`value if value in ${regoSet(type.members)}`);
      case "time":
        return is("lib.time(value)");
      case "duration":
        return is("lib.duration(value)");
      case "json":
        return is("value");
      case "headers":
        return is("lib.headers(value)");
      case "parsed":
        this.parsed.add(type.name);
        return is(`data.aegis.types.${type.name}.parse(value) if is_string(value)`);
      case "optional":
        return [
          `${name}(value) := [] if value == null`,
          rule(`${name}(value) := [item]`, ["value != null", `item := ${this.#name(type.of)}(value)`]),
        ];
      case "list":
        return [rule(`${name}(value) := items`, this.#items(type.of, type.max))];
      case "set":
        return [
          rule(`${name}(value) := unique`, [...this.#items(type.of, type.max), ...this.#unique(type.of)]),
        ];
      case "map":
        return [rule(`${name}(value) := members`, this.#members(type.of, type.max))];
      case "record":
        return this.#record(name, type);
    }
  }

  #items(of: Type, max: number): string[] {
    return [
      "is_array(value)",
      `count(value) <= ${String(max)}`,
      `items := [item | some raw in value; item := ${this.#name(of)}(raw)]`,
      "count(items) == count(value)",
    ];
  }

  /** Duplicates collapse by canonical form. */
  #unique(of: Type): string[] {
    return of.kind === "parsed"
      ? [
          `unique := [item |`,
          `\tsome canonical in {item.canonical | some item in items}`,
          `\titem := ${this.#name(of)}(canonical)`,
          `]`,
        ]
      : ["unique := [item | some item in {each | some each in items}]"];
  }

  #members(of: Type, max: number): string[] {
    const lines = ["is_object(value)", `count(value) <= ${String(max)}`];
    if (of.kind === "optional") {
      return [
        ...lines,
        `read := {key: item | some key, raw in value; item := ${this.#name(of)}(raw)}`,
        "count(read) == count(value)",
        "members := {key: item | some key, found in read; some item in found}",
      ];
    }
    return [
      ...lines,
      `members := {key: item | some key, raw in value; item := ${this.#name(of)}(raw)}`,
      "count(members) == count(value)",
    ];
  }

  #record(name: string, { fields, open }: Record_): string[] {
    const rules: string[] = [];
    const always: string[] = [];
    const sometimes: string[] = [];
    const lines = ["is_object(value)"];
    if (!open) lines.push(`count(object.keys(value) - ${regoSet(fields.map((field) => field.name))}) == 0`);
    fields.forEach((field, index) => {
      const variable = `f${String(index + 1)}`;
      const key = regoString(field.name);
      const read = this.#name(field.type);
      const raw = `object.get(value, ${key}, null)`;
      if (field.default !== undefined) {
        const helper = `_${name}_${variable}`;
        rules.push(...this.#withDefault(helper, field, field.default, read));
        lines.push(`${variable} := ${helper}(value)`);
        always.push(`${key}: ${variable}`);
      } else if (field.type.kind === "optional") {
        const item = `x${String(index + 1)}`;
        lines.push(`${variable} := ${read}(${raw})`);
        sometimes.push(comprehension("{}", `${key}: ${item}`, [`some ${item} in ${variable}`]));
      } else {
        // JSON may be null, so that what is missing has to be told apart.
        if (field.type.kind === "json") lines.push(`${key} in object.keys(value)`);
        lines.push(`${variable} := ${read}(${raw})`);
        always.push(`${key}: ${variable}`);
      }
    });
    const fixed = `{${always.join(", ")}}`;
    if (sometimes.length === 0) return [...rules, rule(`${name}(value) := ${fixed}`, lines)];
    const record = `record := object.union_n(${block("[]", [fixed, ...sometimes])})`;
    return [...rules, rule(`${name}(value) := record`, [...lines, record])];
  }

  #withDefault(helper: string, field: Field, value: ConstValue, read: string): string[] {
    const key = regoString(field.name);
    const there = `${read}(object.get(value, ${key}, null))`;
    const type = field.type.kind === "optional" ? field.type.of : field.type;
    return [
      `${helper}(value) := ${writeConstant(type, value)} if not ${key} in object.keys(value)`,
      rule(`${helper}(value) := item`, [`${key} in object.keys(value)`, `item := ${there}`]),
    ];
  }
}

/** Whether a value of the type can hold text: `matches` looks at strings, parsed texts, json, and keys of maps. */
function holdsText(type: Type): boolean {
  switch (type.kind) {
    case "string":
    case "parsed":
    case "json":
    case "map":
    case "headers":
      return true;
    case "list":
    case "set":
    case "optional":
      return holdsText(type.of);
    case "record":
      return type.fields.some((field) => holdsText(field.type));
    default:
      return false;
  }
}

/** Documentation makes no other type. */
function withoutDocs(type: Type): Type {
  switch (type.kind) {
    case "record":
      return {
        ...type,
        fields: type.fields.map(({ name, type: of, default: value }) => ({
          name,
          type: withoutDocs(of),
          ...(value === undefined ? {} : { default: value }),
        })),
      };
    case "list":
    case "set":
    case "map":
      return { ...type, of: withoutDocs(type.of) };
    case "optional":
      return { kind: "optional", of: withoutDocs(type.of) };
    default:
      return type;
  }
}
