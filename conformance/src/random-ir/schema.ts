// The schema of a random program: actions with parameters of every kind of type, and the places in them.
import {
  DECIMAL,
  DURATION,
  type Field,
  HEADERS,
  INT,
  type IrAction,
  type IrPlace,
  JSON_TYPE,
  listOf,
  mapOf,
  optional,
  parsed,
  setOf,
  STRING,
  TIME,
  BOOL,
  type Type,
} from "@aegis/runtime/core";
import { parsedTypes } from "@aegis/runtime/facts";
import type { Read } from "./expression.ts";
import { HOSTILE_NAMES } from "./json-text.ts";
import type { Random } from "./random.ts";

export const ENV: Type = { kind: "enum", name: "Env", members: ["dev", "prod", 'a`"\n'] };
const field = (name: string, type: Type, value?: Field["default"]): Field => ({
  name,
  type,
  ...(value === undefined ? {} : { default: value }),
});
const INNER: Type = {
  kind: "record",
  open: false,
  fields: [field("a", optional(STRING)), field("u", parsed("url")), field("n", INT, 3)],
};

/** Parameters of the kinds that policies have; a program takes some of them. */
const USUAL: readonly Field[] = [
  field("short", optional({ kind: "string", max: 5 })),
  field("bounded", optional({ kind: "int", min: 0, max: 50 })),
  field("d", optional(DECIMAL)),
  field("price", DECIMAL, 1_500_000),
  field("b", BOOL, false),
  field("maybe", optional(BOOL)),
  field("url", optional(parsed("url"))),
  field("ref", parsed("git_ref"), "main"),
  field("hosts", setOf(parsed("host")), []),
  field("urls", optional(listOf(parsed("url"), 3))),
  field("xs", listOf(INT), [1, 2]),
  field("names", listOf(STRING), []),
  field("m", mapOf(STRING), []),
  field("h", HEADERS, []),
  field("r", optional(INNER)),
  field("t", optional(TIME)),
  field("du", DURATION, 3_600_000),
  field("e", ENV, "dev"),
  field("cmd", optional(parsed("command"))),
  field("ip", optional(parsed("ip"))),
  field("rs", listOf(INNER, 3), []),
  field("j", JSON_TYPE, "x"),
];
const NAMES = ["to", "body", "x-y", "2nd", "Path", "path", "naïve", "a b", "class", "null", ...HOSTILE_NAMES];

export const agentFields: readonly Field[] = [
  field("id", STRING),
  field("roles", setOf(STRING), []),
  field("clearance", optional(INT)),
  field(
    "on_behalf_of",
    optional({ kind: "record", open: true, fields: [field("id", STRING), field("team", optional(STRING))] }),
  ),
];
export const contextFields: readonly Field[] = [
  field("time", optional(TIME)),
  field("session", optional(STRING)),
  field("environment", ENV, "dev"),
];

export interface Schema {
  readonly actions: readonly Omit<IrAction, "visible">[];
  /** Parameters that every action has. */
  readonly shared: readonly Field[];
  /** By action: those that it alone has. */
  readonly own: readonly (readonly Field[])[];
}

/** One to three actions; `s` and `n` they always have, two in three of the others are of the usual kinds. */
export function randomSchema(random: Random): Schema {
  const usual = USUAL.filter(() => random.chance(0.2));
  const taken = new Set(["s", "n", ...USUAL.map(({ name }) => name)]);
  const fresh = (): Field[] => {
    const name = random.pick(NAMES);
    if (taken.has(name)) return [];
    taken.add(name);
    return [randomField(name, random)];
  };
  const shared = [field("s", STRING), field("n", INT), ...usual, ...fresh(), ...fresh()];
  const names = new Map(
    random.times(1 + random.below(3), () => {
      const tool = random.pick(["git", "http", "__proto__", ...HOSTILE_NAMES]);
      const action = random.pick(["push", 'a`"\n\u2028', "constructor", ...HOSTILE_NAMES]);
      return [JSON.stringify([tool, action]), { tool, action }];
    }),
  );
  const own = [...names].map(() => (random.chance(0.3) ? [...fresh(), ...fresh()] : []));
  const actions = [...names.values()].map((each, at) => ({
    ...each,
    params: [...shared, ...(own[at] ?? [])],
    open: random.chance(0.3),
    result: random.pick([optional(INT), JSON_TYPE, INNER, randomType(random, 1)]),
  }));
  return { actions, shared, own };
}

/** Required, optional, or with a default. */
function randomField(name: string, random: Random): Field {
  const type = randomType(random, 2);
  if (type.kind === "optional" || random.chance(0.3)) return field(name, type);
  if ((type.kind === "list" || type.kind === "set" || type.kind === "map") && random.chance(0.5))
    return field(name, type, []);
  return field(name, optional(type));
}

function randomType(random: Random, depth: number): Type {
  const scalar = (): Type =>
    random.pick<Type>([
      STRING,
      { kind: "string", max: 3 },
      INT,
      { kind: "int", min: -5, max: 9 },
      DECIMAL,
      BOOL,
      TIME,
      DURATION,
      ENV,
      ...[...parsedTypes.keys()].map(parsed),
    ]);
  switch (random.below(depth > 0 ? 9 : 3)) {
    case 3:
      return listOf(randomType(random, depth - 1), 1 + random.below(5));
    case 4:
      return setOf(scalar(), 1 + random.below(5));
    case 5:
      return mapOf(randomType(random, depth - 1), 1 + random.below(5));
    case 6:
      return random.chance(0.5) ? HEADERS : JSON_TYPE;
    case 7: {
      const names = new Set(random.times(1 + random.below(3), () => random.pick(["a", "u", "n", ...NAMES])));
      const fields = [...names].map((name) => randomField(name, random));
      return { kind: "record", open: random.chance(0.3), fields };
    }
    default:
      return scalar();
  }
}

/** The field itself and, where it is a record, what lies in it. */
export function readsOfField({ name, type }: Field): Read[] {
  const read = (at: Type, ...path: string[]): Read => ({ kind: "read", root: "args", path, type: at });
  const record = type.kind === "optional" ? type.of : type;
  if (record.kind !== "record") return [read(type, name)];
  const wrap = (inner: Type): Type =>
    type.kind === "optional" && inner.kind !== "optional" ? optional(inner) : inner;
  return [read(type, name), ...record.fields.map((each) => read(wrap(each.type), name, each.name))];
}

/** Every place of a string or a parsed value in the fields, and of the parts of parsed values. */
export function placesOf(fields: readonly Field[]): { type: Type; place: IrPlace }[] {
  const found: { type: Type; place: IrPlace }[] = [];
  const visit = (type: Type, path: IrPlace["path"]): void => {
    switch (type.kind) {
      case "string":
        if (type.max === undefined) found.push({ type, place: { path, part: null } });
        break;
      case "parsed": {
        found.push({ type, place: { path, part: null } });
        const parts = Object.entries(parsedTypes.get(type.name)?.parts ?? {});
        for (const [part, { type: of }] of parts)
          if (of.kind === "parsed") found.push({ type: of, place: { path, part } });
        break;
      }
      case "list":
      case "set":
      case "map":
        visit(type.of, [...path, { each: true }]);
        break;
      case "headers":
        visit(STRING, [...path, { each: true }]);
        break;
      case "optional":
        visit(type.of, path);
        break;
      case "record":
        for (const each of type.fields) visit(each.type, [...path, each.name]);
        break;
      default:
    }
  };
  for (const { name, type } of fields) visit(type, [name]);
  return found;
}

/** JSON pointers of what may be redacted: the arguments, each of them, and what lies directly in them. */
export function redactionPaths(fields: readonly Field[]): string[] {
  const paths = fields.flatMap(({ name, type }) => [[name], ...inside(type).map((step) => [name, step])]);
  return [[], ...paths].map((path) => ["/args", ...path.map(pointerStep)].join("/"));
}

export const pointerStep = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");

function inside(type: Type): string[] {
  switch (type.kind) {
    case "optional":
      return inside(type.of);
    case "list":
    case "set":
    case "map":
      return ["*"];
    case "headers":
      return ["authorization", "*"];
    case "record":
      return type.fields.map(({ name }) => name);
    default:
      return [];
  }
}
