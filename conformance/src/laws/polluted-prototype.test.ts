// T16: whatever others have put on `Object.prototype`, before a policy is loaded and while it decides, changes no decision.
import { canonicalJson, createInterpreter, decodeIr, encodeIr } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { beforeAll, describe, expect, it } from "vitest";
import { buildJsRuntime } from "../../../scripts/build-js-runtime.ts";
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
  ...["s", "n", "b", "u", "url", "names", "__proto__x", "force", "origin", "p.plain", "p.count", ""],
];
const VALUES: readonly unknown[] = [true, "main", 0, { set: ["main"], id: "root" }, ["main"]];

const inProcess = [...engines.values()].filter(
  ({ runs, missing }) => runs === "process" && missing() === null,
);

/** Runs with everything put on the prototype of all objects, and takes it off again. */
async function polluted<T>(value: unknown, run: () => Promise<T>): Promise<T> {
  const prototype = Object.prototype as Record<string, unknown>;
  for (const name of NAMES)
    Object.defineProperty(prototype, name, { value, configurable: true, enumerable: true, writable: true });
  try {
    return await run();
  } finally {
    for (const name of NAMES) Reflect.deleteProperty(prototype, name);
  }
}

let prebuilt = "";
beforeAll(async () => {
  prebuilt = await buildJsRuntime();
});

describe.each(inProcess)("$id", (engine) => {
  const resources = { prebuilt: () => prebuilt };
  // Node's import and the script around a bundled module do not load at all under this: there is nothing that could decide.
  const loads = engine.id !== "js";

  it.runIf(loads).each(VALUES.map((value) => [canonicalJson(value), value]))(
    "decides alike where everything is %s",
    async (_, value) => {
      const found = await polluted(value, async () => {
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
    const found = await polluted("main", async () =>
      (await loaded.decide(requests)).map((each) => JSON.stringify(each)),
    );
    loaded.close();
    expect(found.map((text) => canonicalJson(JSON.parse(text)))).toEqual(expected);
  });
});
