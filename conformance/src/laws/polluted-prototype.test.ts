// T16: whatever others have put on `Object.prototype`, before a policy is loaded and while it decides, changes no decision.
import { canonicalJson, createInterpreter, decodeIr, encodeIr } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { beforeAll, describe, expect, it } from "vitest";
import { buildJsRuntime } from "../../../scripts/build-js-runtime.ts";
import { importJsModule, jsModuleText } from "../engines/js-module/import-js-module.ts";
import { engines } from "../engines/engine-registry.ts";
import { randomCase } from "../harness/random-case.ts";

const { program: made, requests: all } = randomCase(3, 40);
// As bundles come: read by the decoder.
const decoded = decodeIr(JSON.parse(encodeIr(made)), platform);
if (!decoded.ok) throw new Error("the decoder refuses what was made for it");
const program = decoded.ir;
const requests = all.filter((text) => text.length < 5000);
const expected = requests.map((text) => canonicalJson(createInterpreter(program, platform).decideText(text)));

/**
 * Members of requests, decisions, types and rules: what code that forgets `Object.hasOwn` would find.
 * Not `e` and `r`: the messages between the test runner and its workers have optional members of these names.
 */
const NAMES = [
  ...[
    "phase",
    "args",
    "context",
    "state",
    "facts",
    "result",
    "agent",
    "roles",
    "session",
    "time",
    "labels",
    "schema",
  ],
  ...[
    "shadow",
    "until",
    "default",
    "max",
    "min",
    "hint",
    "matching",
    "role",
    "user",
    "waived",
    "each",
    "settle",
    "part",
  ],
  ...["s", "n", "b", "u", "url", "names", "__proto__x", "force", "origin", "p.plain", "p.count", "", "0"],
];
/** What the library for patterns must not find on an empty object. */
const PATTERNS_STOP_AT = "result";
const VALUES: readonly unknown[] = [true, "main", 0, { set: ["main"], id: "root" }, ["main"]];

const inProcess = [...engines.values()].filter(
  ({ runs, missing }) => runs === "process" && missing() === null,
);

/** Runs with these put on the prototype of all objects, and takes them off again. */
async function polluted<T>(names: readonly string[], value: unknown, run: () => Promise<T>): Promise<T> {
  const prototype = Object.prototype as Record<string, unknown>;
  for (const name of names)
    Object.defineProperty(prototype, name, { value, configurable: true, enumerable: true, writable: true });
  try {
    return await run();
  } finally {
    for (const name of names) Reflect.deleteProperty(prototype, name);
  }
}

let prebuilt = "";
beforeAll(async () => {
  prebuilt = await buildJsRuntime();
});

describe.each(inProcess)("$id", (engine) => {
  const resources = { prebuilt: () => prebuilt };
  // The module makes its patterns while it loads, and the library for them finds `result` on its own objects then: see below.
  const names = engine.id === "js" ? NAMES.filter((name) => name !== PATTERNS_STOP_AT) : NAMES;

  it.each(VALUES.map((value) => [canonicalJson(value), value]))(
    "decides alike where everything is %s",
    async (_, value) => {
      const found = await polluted(names, value, async () => {
        const loaded = await engine.load(program, resources);
        const documents = await loaded.decide(requests);
        const texts = documents.map((each) => JSON.stringify(each));
        loaded.close();
        return texts;
      });
      expect(found.map((text) => canonicalJson(JSON.parse(text)))).toEqual(expected);
    },
  );

  it("decides alike when the pollution comes after it was loaded", async () => {
    const loaded = await engine.load(program, resources);
    const found = await polluted(NAMES, "main", async () =>
      (await loaded.decide(requests)).map((each) => JSON.stringify(each)),
    );
    loaded.close();
    expect(found.map((text) => canonicalJson(JSON.parse(text)))).toEqual(expected);
  });
});

it("is a module that does not load rather than one that decides without its patterns", async () => {
  expect(program.patterns).not.toEqual([]);
  const load = polluted([PATTERNS_STOP_AT], true, () =>
    importJsModule(jsModuleText(program, { prebuilt: () => prebuilt })),
  );
  await expect(load).rejects.toThrow("damaged");
});
