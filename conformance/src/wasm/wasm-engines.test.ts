// The stock npm SDK and the thin host decide as the reference interpreter does, on random programs and hostile input.
import {
  canonicalJson,
  compileWasm,
  createInterpreter,
  createWasmEngine,
  type IrProgram,
} from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { compileText } from "@aegis/compiler/testing";
import { loadPolicy } from "@open-policy-agent/opa-wasm";
import { describe, expect, it } from "vitest";
import { randomProgram } from "../random-ir/program.ts";
import { Random } from "../random-ir/random.ts";
import { randomRequest } from "../random-ir/request.ts";
import { moduleOf } from "./module.ts";
import { PUSH, smallProgram } from "./small-program.ts";

const PROGRAMS = Number(process.env["AEGIS_FUZZ_PROGRAMS"] ?? 12);
const REQUESTS = Number(process.env["AEGIS_FUZZ_REQUESTS"] ?? 150);
const FIRST = Number(process.env["AEGIS_FUZZ_SEED"] ?? 1);
const ENTRYPOINTS = ["aegis/decision", "aegis/visible"] as const;

type Ask = (text: Uint8Array, entrypoint?: (typeof ENTRYPOINTS)[number]) => unknown;

/** Asks the stock SDK with raw bytes. */
async function stock(program: IrProgram): Promise<Ask> {
  const policy = await loadPolicy(moduleOf(program).buffer);
  return (text, entrypoint = "aegis/decision") => {
    const [answer] = policy.evaluate(new Uint8Array(text).buffer, entrypoint) as readonly {
      result: unknown;
    }[];
    return answer?.result;
  };
}
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("random programs", () => {
  it.each(Array.from({ length: PROGRAMS }, (_, index) => FIRST + index))("program %i", async (seed) => {
    const program = randomProgram(seed);
    const reference = createInterpreter(program, platform);
    const host = createWasmEngine(compileWasm(moduleOf(program)));
    const ask = await stock(program);
    const random = new Random(seed + 1_000_000);
    for (let count = 0; count < REQUESTS; count++) {
      const text = randomRequest(program, random);
      const message = `seed ${String(seed)}: ${text}`;
      const expected = canonicalJson(reference.decideText(text));
      expect(canonicalJson(host.decideText(text)), message).toBe(expected);
      expect(canonicalJson(host.decide(JSON.parse(text))), message).toBe(
        canonicalJson(reference.decide(JSON.parse(text))),
      );
      expect(canonicalJson(ask(utf8(text))), message).toBe(expected);
      const { agent, context } = Object(JSON.parse(text)) as { agent?: unknown; context?: unknown };
      const list = {
        ...(agent === undefined ? {} : { agent }),
        ...(context === undefined ? {} : { context }),
      };
      expect(host.visible(list), message).toEqual(reference.visible(list));
      expect(ask(utf8(JSON.stringify(list)), "aegis/visible"), message).toEqual(reference.visible(list));
    }
  });
});

const program = smallProgram();
const reference = createInterpreter(program, platform);
const host = createWasmEngine(compileWasm(moduleOf(program)));
const ask = await stock(program);
const withArgs = (args: string): string =>
  JSON.stringify({ ...PUSH, args: 0 }).replace('"args":0', `"args":${args}`);

const hostile: Readonly<Record<string, string>> = {
  "ten million letters": withArgs(`{"repo":"${"x".repeat(10_000_000)}","branch":"main"}`),
  "a hundred thousand levels": withArgs("[".repeat(100_000) + "]".repeat(100_000)),
  "a hundred thousand open levels": "[".repeat(100_000),
  "sixty-four levels": `{"agent":{"id":"a","x":${"[".repeat(62)}${"]".repeat(62)}},"tool":"git","action":"push","args":{"repo":"r","branch":"main"}}`,
  "sixty-five levels": `{"agent":{"id":"a","x":${"[".repeat(63)}${"]".repeat(63)}},"tool":"git","action":"push","args":{"repo":"r","branch":"main"}}`,
  "a key twice": withArgs('{"repo":"r","branch":"main","branch":"dev"}'),
  "a key twice, once escaped": withArgs('{"repo":"r","branch":"main","br\\u0061nch":"dev"}'),
  "a key twice among many": `{"agent":{"id":"a",${Array.from({ length: 40 }, (_, index) => `"k${String(index % 39)}":1`).join(",")}},"tool":"git","action":"push","args":{}}`,
  "many keys": `{"agent":{"id":"a",${Array.from({ length: 5000 }, (_, index) => `"k${String(index)}":1`).join(",")}},"tool":"git","action":"push","args":{"repo":"r","branch":"main"}}`,
  "escaped keys": withArgs('{"\\u0072epo":"r","bran\\u0063h":"ma\\u0069n"}'),
  "a key with a NUL": JSON.stringify(PUSH).replace('"tool"', '"tool\\u0000"'),
  "a lone surrogate, escaped": withArgs('{"repo":"\\ud800","branch":"main"}'),
  "surrogates the wrong way round": withArgs('{"repo":"\\udc00\\ud800","branch":"main"}'),
  "a pair, escaped": withArgs('{"repo":"\\ud83d\\ude00","branch":"main"}'),
  "a huge exponent": withArgs('{"repo":1e999999999,"branch":"main"}'),
  "a long number": withArgs(`{"repo":${"9".repeat(4_000)},"branch":"main"}`),
  "a byte order mark": `\ufeff${JSON.stringify(PUSH)}`,
  "text behind": `${JSON.stringify(PUSH)} x`,
  "a NUL behind": `${JSON.stringify(PUSH)}\u0000`,
  "white space around": ` \n\t\r${JSON.stringify(PUSH, null, 2)}\n`,
  "a control character": withArgs('{"repo":"a\u0001","branch":"main"}'),
  "names of prototypes": withArgs('{"repo":"r","branch":"main","__proto__":{"force":true}}'),
  "an array": "[]",
  "nothing but space": "  ",
};

describe("hostile input", () => {
  it.each(Object.entries(hostile))("%s", (_, text) => {
    const expected = reference.decideText(text);
    expect(host.decideText(text)).toEqual(expected);
    expect(host.decideText(utf8(text))).toEqual(expected);
    expect(ask(utf8(text))).toEqual(expected);
  });

  it("bytes that are no UTF-8", () => {
    const prefix = utf8('{"agent":{"id":"a"},"tool":"git","action":"push","args":{"branch":"main","repo":"');
    const suffix = utf8('"}}');
    const sequences = [
      [0xff],
      [0x80],
      [0xc0, 0x80],
      [0xc1, 0xbf],
      [0xc3],
      [0xe0, 0x9f, 0xbf],
      [0xed, 0xa0, 0x80],
      [0xe2, 0x82],
      [0xf0, 0x8f, 0xbf, 0xbf],
      [0xf4, 0x90, 0x80, 0x80],
      [0xf5, 0x80, 0x80, 0x80],
      [0xef, 0xbf, 0xbf],
      [0xf4, 0x8f, 0xbf, 0xbf],
      [0xc3, 0xa9],
    ];
    for (const bytes of sequences) {
      const text = new Uint8Array([...prefix, ...bytes, ...suffix]);
      expect(host.decideText(text), String(bytes)).toEqual(reference.decideText(text));
      expect(ask(text), String(bytes)).toEqual(reference.decideText(text));
    }
  });

  it("half of a surrogate pair in a string of the host", () => {
    const text = withArgs('{"repo":"\ud800","branch":"main"}');
    expect(host.decideText(text)).toEqual(reference.decideText(text));
  });

  it("objects that are no JSON, and numbers of every size", () => {
    const odd = [
      undefined,
      null,
      1,
      "x",
      [],
      { ...PUSH, args: { repo: undefined } },
      { ...PUSH, extra: 1e300 },
    ];
    for (const request of odd) expect(host.decide(request)).toEqual(reference.decide(request));
    const large = { ...PUSH, agent: { id: "a", x: 1e300, y: 5e-324, z: "\u0001".repeat(400_000) } };
    expect(host.decide(large)).toEqual(reference.decide(large));
  });
});

describe("a policy of many rules", () => {
  it("loads in two pages, as every host gives them, and in the stock SDK", async () => {
    const tools = Array.from(
      { length: 600 },
      (_, index) => `tool t${String(index)} { run(name: string, path: relpath?) }`,
    );
    const rules = tools.map(
      (_, index) =>
        `allow r${String(index)}: t${String(index)}.run when args.name == "a long name number ${String(index)}"`,
    );
    const many = compileText({
      "p.aegis": `package p\n${tools.join("\n")}\npolicy all_of_them {\n${rules.join("\n")}\n}\n`,
    }).ir;
    const module = moduleOf(many);
    // More than the two pages that hosts give.
    expect(module.length).toBeGreaterThan(2 * 65_536);
    const both = [createWasmEngine(compileWasm(module)).decideText.bind(null), await stock(many)];
    for (const [tool, name] of [
      ["t599", "a long name number 599"],
      ["t3", "a long name number 3"],
      ["t3", "x"],
    ] as const) {
      const text = JSON.stringify({ agent: { id: "a" }, tool, action: "run", args: { name } });
      for (const ask of both)
        expect(ask(utf8(text))).toEqual(createInterpreter(many, platform).decideText(text));
    }
  });
});

describe("the thin host", () => {
  it("denies with its own code when the module traps, and decides again", () => {
    const small = createWasmEngine(compileWasm(moduleOf(program)), { maxPages: 3 });
    const large = withArgs(`[${"1,".repeat(50_000)}1]`);
    expect(small.decideText(large)).toMatchObject({ decision: "deny", code: "internal_error" });
    expect(small.decideText(JSON.stringify(PUSH))).toEqual(reference.decide(PUSH));
  });

  it("keeps its memory small over many requests", () => {
    const text = JSON.stringify(PUSH);
    for (let count = 0; count < 20_000; count++) host.decideText(text);
    const small = createWasmEngine(compileWasm(moduleOf(program)), { maxPages: 2 });
    for (let count = 0; count < 20_000; count++) small.decideText(text);
    expect(small.decideText(text)).toEqual(reference.decide(PUSH));
  });

  it("hands out documents that nobody can change", () => {
    expect(Object.isFrozen(host.decide(PUSH).obligations[0])).toBe(true);
  });

  it("refuses a module that is none of ours", () => {
    expect(() => createWasmEngine(compileWasm(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])))).toThrow(
      "not a policy",
    );
  });
});
