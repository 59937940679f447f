// The scanner of requests against the careful way: what it takes, that takes too, with the same values in the same slots.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createInterpreter } from "../evaluate/interpreter/create-interpreter.ts";
import { createNativeEngine } from "../evaluate/native/create-native-engine.ts";
import {
  action,
  agentFields,
  and,
  arg,
  buildProgram,
  call,
  compare,
  contextFields,
  field,
  present,
  read,
  text,
} from "../testing/build-program.ts";
import { testPlatform } from "../testing/test-platform.ts";
import type { Field, Type } from "../types/type.ts";
import {
  BOOL,
  DECIMAL,
  DURATION,
  INT,
  JSON_TYPE,
  STRING,
  TIME,
  listOf,
  mapOf,
  optional,
  parsed,
} from "../types/type.ts";
import { readIJson } from "../values/read-i-json.ts";
import { isParsedValue } from "../values/scalar.ts";
import { createRequestScanner } from "./scan-request.ts";
import type { SlotRequest } from "./slot-request.ts";
import { slotRequest } from "./slot-request.ts";
import { createRequestValidator } from "./validate-request.ts";

const record: Type = { kind: "record", fields: [field("a", INT), field("b", optional(STRING))], open: true };
const params: readonly Field[] = [
  field("env", STRING),
  field("kind", { kind: "enum", name: "Kind", members: ["small", "large"] }),
  field("short", { kind: "string", max: 5 }),
  field("count", { kind: "int", min: -5, max: 1_000_000 }),
  field("price", DECIMAL),
  field("force", BOOL, true),
  field("when", optional(TIME)),
  field("span", optional(DURATION)),
  field("url", optional(parsed("url"))),
  field("tags", listOf(STRING, 3)),
  field("sizes", { kind: "set", of: INT, max: 4 }),
  field("map", mapOf(STRING)),
  field("record", record),
  field("any", JSON_TYPE),
  field('odd "name"\\', optional(STRING)),
  field("größe", optional(STRING)),
  field("__proto__", optional(STRING)),
];
const actions = [
  action("shop", "buy", params),
  action("shop", "look", [field("q", optional(STRING)), field("unread", optional(STRING))], { open: true }),
];
const WHOLE = and(...(["args", "agent", "context"] as const).map((root) => present(read(root, record))));
/** The first reads every member, the second two of them alone. */
const programs = [
  buildProgram({ actions, rules: [{ id: "p.all", on: [0, 1], when: WHOLE }] }),
  buildProgram({
    actions,
    rules: [
      {
        id: "p.env",
        on: [0],
        when: and(compare("eq", arg("env"), text("prod")), call("starts_with", arg("short"), text("a"))),
      },
      { id: "p.q", on: [1], when: present(arg("q", optional(STRING))) },
    ],
  }),
];
const [everything, little] = programs;
if (everything === undefined || little === undefined) throw new Error("no program");

const encoder = new TextEncoder();
const scan = createRequestScanner(everything, testPlatform.parsedTypes);
const validator = createRequestValidator(everything, testPlatform.parsedTypes);
/** Undefined for what is refused. */
function readCarefully(input: Uint8Array | string): SlotRequest | undefined {
  const json = readIJson(input);
  const valid = json.ok ? validator.request(json.value) : undefined;
  if (valid?.ok !== true) return undefined;
  const fields = {
    agent: agentFields,
    context: contextFields,
    args: actions[valid.request.action]?.params ?? [],
  };
  return slotRequest(valid.request, fields);
}
const engines = programs.map((program) => ({
  reference: createInterpreter(program, testPlatform),
  native: createNativeEngine(program, testPlatform),
}));

/** Parsed values hold functions: their texts stand for them. */
const comparable = (request: SlotRequest | undefined): unknown =>
  request && { ...request, args: request.args.map((value) => (isParsedValue(value) ? value.text : value)) };

/** What rules look at is made use of once a program has been asked a thousand times. */
beforeAll(() => {
  const json = encoder.encode(`{"agent":{"id":"a"},"tool":"shop","action":"look","args":{}}`);
  for (let asked = 0; asked < 1_000; asked++) for (const { native } of engines) native.decideText(json);
});

/** Whether the scanner took it. */
function check(input: Uint8Array | string): boolean {
  const scanned = scan(input);
  if (scanned !== undefined) expect(comparable(scanned)).toEqual(comparable(readCarefully(input)));
  for (const { reference, native } of engines)
    expect(native.decideText(input)).toEqual(reference.decideText(input));
  return scanned !== undefined;
}

const WORDS = [
  "prod",
  "abc",
  "",
  "a".repeat(40),
  "größer",
  "\u{1f600}",
  'q"\\\n',
  "é",
  "\u0000",
  "null",
  "\u007f",
];
const strings = fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: "grapheme" }));
const json = fc.oneof(
  strings,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(strings),
  fc.dictionary(strings, fc.array(fc.nat())),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const buy = fc.record(
  {
    env: strings,
    kind: fc.constantFrom("small", "large"),
    short: fc.oneof(fc.constantFrom("abcde", "äöüßé", "a"), fc.string({ unit: "grapheme", maxLength: 5 })),
    count: fc.integer({ min: -5, max: 1_000_000 }),
    price: fc.constantFrom<unknown>(0.1, 12.345678, -3, 1e3, 12345678901, 0, 7, 8.5, "4.5"),
    force: fc.boolean(),
    when: maybe(
      fc.constantFrom("2026-11-22T09:00:00Z", "2024-02-29T23:59:59.123Z", "2026-11-22T09:00:00.5Z"),
    ),
    span: maybe(fc.constantFrom("PT5M", "P1DT0.5S")),
    url: maybe(fc.constantFrom("https://example.org/", "http://a.b")),
    tags: fc.array(strings, { maxLength: 3 }),
    sizes: fc.array(fc.nat(3), { maxLength: 4 }),
    map: fc.dictionary(strings, strings, { maxKeys: 3 }),
    record: fc.record({ a: fc.nat(), b: strings, c: json }, { requiredKeys: ["a"] }),
    any: json,
    'odd "name"\\': maybe(strings),
    größe: maybe(strings),
  },
  { requiredKeys: ["env", "kind", "short", "count", "price", "tags", "sizes", "map", "record", "any"] },
);
const look = fc.record({ q: strings, unread: maybe(strings), other: json }, { requiredKeys: [] });
const requests = fc
  .tuple(
    fc.oneof(
      buy.map((args) => ({ tool: "shop", action: "buy", args })),
      look.map((args) => ({ tool: "shop", action: "look", args })),
    ),
    fc.record(
      { id: strings, roles: fc.array(strings, { maxLength: 3 }), team: maybe(strings), more: json },
      { requiredKeys: ["id"] },
    ),
    fc.record(
      {
        context: fc.record(
          { time: fc.constant("2026-11-22T09:00:00Z"), session: strings },
          { requiredKeys: [] },
        ),
        phase: fc.constantFrom("call", "call", "call", null, "list"),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([asked, agent, rest]) => ({ ...asked, agent, ...rest }));

/** JSON text as other writers have it: another order, white space, needless escapes. */
function print(value: unknown, random: () => number): string {
  const space = (): string => " \n\t\r".charAt(Math.floor(random() * 12));
  if (Array.isArray(value))
    return `[${value.map((each) => space() + print(each, random) + space()).join(",")}]`;
  if (typeof value === "string") {
    const escape = random() < 0.2;
    return JSON.stringify(value).replace(/[a-z]/, (letter) =>
      escape && !value.includes("\\") ? `\\u00${letter.charCodeAt(0).toString(16)}` : letter,
    );
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(() => random() - 0.5);
  const printed = members.map(
    ([key, each]) => `${space()}${print(key, random)}${space()}:${space()}${print(each, random)}${space()}`,
  );
  return `{${printed.join(",")}}`;
}

describe("a request that is scanned is what the careful way reads", () => {
  it("as machines write it", () => {
    let taken = 0;
    fc.assert(
      fc.property(requests, (request) => {
        const json = JSON.stringify(request);
        if (check(encoder.encode(json))) taken++;
        check(json);
      }),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  it("as others write it", () => {
    fc.assert(
      fc.property(
        requests,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })),
        (request, stream) => {
          check(encoder.encode(print(request, () => stream.next().value as number)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("with one byte changed, lost or added, and cut short", () => {
    const byte = fc.oneof(
      fc.constantFrom(0x22, 0x5c, 0x2c, 0x3a, 0x7b, 0x7d, 0x5b, 0x5d, 0, 0x1f, 0x80, 0xc3, 0xff, 0x30),
      fc.nat(255),
    );
    fc.assert(
      fc.property(requests, fc.nat(), fc.nat(2), byte, (request, at, removed, added) => {
        const bytes = [...encoder.encode(JSON.stringify(request))];
        const place = at % bytes.length;
        const damaged = [
          ...bytes.slice(0, place),
          ...(removed === 2 ? [] : [added]),
          ...bytes.slice(place + Math.min(removed, 1)),
        ];
        check(Uint8Array.from(damaged));
        check(Uint8Array.from(bytes.slice(0, place)));
      }),
      { numRuns: 300 },
    );
  });
});

const LOOK = '"agent":{"id":"a"},"tool":"shop","action":"look"';
const deep = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
describe("one by one", () => {
  it.each([
    ["args first", `{"args":{"q":"x"},${LOOK}}`, true],
    ["args first, and broken", `{"args":{"q":"x],${LOOK}}`, false],
    ["a member twice", `{${LOOK},"args":{},"args":{}}`, false],
    ["an argument twice", `{${LOOK},"args":{"q":"x","q":"y"}}`, false],
    ["an undeclared argument twice", `{${LOOK},"args":{"z":"x","z":"y"}}`, false],
    ["an argument twice, once spelt with an escape", `{${LOOK},"args":{"q":"x","\\u0071":"y"}}`, false],
    ["white space around everything", ` { ${LOOK} , "args" : { "q" : "x" } } \n`, true],
    ["a byte order mark", `\ufeff{${LOOK},"args":{}}`, false],
    ["text behind", `{${LOOK},"args":{}}x`, false],
    ["a zero behind", `{${LOOK},"args":{}}\0`, false],
    ["a trailing comma", `{${LOOK},"args":{"q":"x",}}`, false],
    ["a control character in a string that nothing reads", `{${LOOK},"args":{"unread":"a\u0001"}}`, false],
    ["half of a pair, by escape", `{${LOOK},"args":{"unread":"\\ud800"}}`, false],
    ["a pair by escapes", `{${LOOK},"args":{"unread":"\\ud83d\\ude00"}}`, true],
    ["an unknown escape", `{${LOOK},"args":{"unread":"\\x"}}`, false],
    ["an escape at the end", `{${LOOK},"args":{"unread":"\\`, false],
    ["beyond ASCII", `{${LOOK},"args":{"q":"größe","unread":"\u{1f600}"}}`, true],
    ["a name of the prototype", `{${LOOK},"args":{"__proto__":{"a":1},"constructor":"x"}}`, true],
    ["just deep enough", `{${LOOK},"args":{"z":${deep(62)}}}`, true],
    ["too deep", `{${LOOK},"args":{"z":${deep(63)}}}`, false],
    ["a number that is too long", `{${LOOK},"args":{"z":${"1".repeat(33)}}}`, false],
    [
      "null for what is optional",
      `{${LOOK},"args":{"q":null,"unread":null},"context":{"session":null}}`,
      true,
    ],
    ["context null", `{${LOOK},"args":{},"context":null}`, false],
    ["state, facts, result", `{${LOOK},"args":{},"state":{},"facts":{},"result":null,"phase":"call"}`, true],
    ["an unknown action", `{"agent":{"id":"a"},"tool":"shop","action":"toString","args":{}}`, false],
    ["nothing", "", false],
    ["an opening quote", '{"', false],
  ])("%s", (_name, json, taken) => {
    expect(check(encoder.encode(json))).toBe(taken);
    if (json.isWellFormed()) check(json);
  });

  it("members in every order, each after every other", () => {
    const orders = permutations([
      '"agent":{"id":"a"}',
      '"tool":"shop"',
      '"action":"look"',
      '"args":{"q":"x"}',
    ]);
    for (const order of orders) for (const each of [orders[0], order]) check(`{${(each ?? []).join(",")}}`);
    for (const args of permutations(['"q":"x"', '"unread":"y"', '"z":1']))
      expect(check(`{${LOOK},"args":{${args.join(",")}}}`)).toBe(true);
  });

  it("the longest text, cut off within a name that is longer than the memory behind it", () => {
    const text = `{"agent":{"id":"a"},"tool":"shop","action":"buy","args":{"odd`;
    expect(check(encoder.encode(" ".repeat(1_048_576 - text.length) + text))).toBe(false);
  });

  it("bytes that are no UTF-8, in a string that nothing reads", () => {
    const bytes = encoder.encode(`{${LOOK},"args":{"unread":"aXb"}}`);
    for (const byte of [0x80, 0xc3, 0xe2, 0xff]) check(bytes.map((each) => (each === 0x58 ? byte : each)));
  });

  it("up to the longest text, from memory that is shared, and nothing of the text before", () => {
    const long = encoder.encode(`{${LOOK},"args":{"q":"${"x".repeat(1_048_576 - 90)}"}}`);
    expect(check(new Uint8Array([...long, ...encoder.encode(" ".repeat(1_048_576 - long.length))]))).toBe(
      true,
    );
    const shared = new Uint8Array(new SharedArrayBuffer(100));
    const short = encoder.encode(`{${LOOK},"args":{"q":"a text"}}`);
    shared.set(short);
    expect(check(shared.subarray(0, short.length))).toBe(true);
    expect(check(short.subarray(0, short.length - 1))).toBe(false);
  });
});

const permutations = (items: readonly string[]): string[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
