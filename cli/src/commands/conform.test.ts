// `aegisc conform` and `aegisc test --engines`: agreement, a planted disagreement, engines that are not there, exit codes.
import { createInterpreter, type DecisionDocument } from "@aegis/runtime/core";
import type * as Conformance from "@aegis/conformance";
import { platform } from "@aegis/runtime/facts";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { SHOP, testFolder, type TestFolder } from "../testing/run-in.ts";

const planted = vi.hoisted(() => ({ missing: null as string | null }));

/** A few real engines, and one that lets nobody be paid: there or not there, as a test wants it. */
vi.mock("@aegis/conformance", async (importOriginal) => {
  const original = await importOriginal<typeof Conformance>();
  const engine: Conformance.ConformanceEngine = {
    id: "planted",
    doc: "wrong about nobody",
    runs: "process",
    accepts: "bytes",
    missing: () => planted.missing,
    load(program) {
      const right = createInterpreter(program, platform);
      const decide = (text: string): DecisionDocument => {
        const document = right.decideText(text);
        return document.rules.includes("shop.nobody") ? { ...document, decision: "allow" } : document;
      };
      return Promise.resolve({ decide: (texts) => Promise.resolve(texts.map(decide)), close: () => {} });
    },
  };
  const kept = [...original.engines].filter(([id]) => ["reference", "native-closures", "wasm"].includes(id));
  return { ...original, engines: new Map([...kept, [engine.id, engine]]) };
});

let folder: TestFolder;
beforeEach(() => {
  planted.missing = "no such program found";
  folder = testFolder({ "shop.aegis": SHOP });
});
afterEach(() => folder.remove());

describe("conform", () => {
  test("engines that agree are told with what they decided", async () => {
    const { exit, out, err } = await folder.aegisc("conform", "shop.aegis", "--cases", "200", "--seed", "7");
    expect(exit).toBe(0);
    for (const id of ["reference", "native-closures", "wasm"])
      expect(out).toMatch(new RegExp(`^${id}: 2\\d\\d documents, all alike$`, "m"));
    expect(out).toMatch(/allow \d+, deny \d+; --seed 7\n$/);
    expect(err).toBe("left out: planted: no such program found\n");
  });

  test("the same seed says the same", async () => {
    const once = await folder.aegisc("conform", "shop.aegis", "--cases", "100", "--seed", "3");
    expect((await folder.aegisc("conform", "shop.aegis", "--cases", "100", "--seed", "3")).out).toBe(
      once.out,
    );
  });

  test("a disagreement is made small and told with policy, request and each engine's document", async () => {
    planted.missing = null;
    const { exit, out } = await folder.aegisc("conform", "shop.aegis", "--seed", "1");
    expect(exit).toBe(1);
    expect(out).toContain("engines disagree: decision, --seed 1");
    // Small: the rule that is decided wrongly, and no other.
    expect(out).toContain("shop.nobody");
    expect(out).not.toContain("shop.pay");
    expect(out).toMatch(/^request\n {2}\{"agent":.*"tool":"bank","action":"pay".*\}$/m);
    const documents = out.slice(out.indexOf("documents"));
    for (const id of ["reference", "native-closures", "wasm"])
      expect(documents).toMatch(new RegExp(`^  ${id} +\\{.*"decision":"deny"`, "m"));
    expect(documents).toMatch(/^ {2}planted +\{.*"decision":"allow"/m);
  });

  test("an engine that is named and not there, or unknown, is a usage error", async () => {
    const gone = await folder.aegisc("conform", "shop.aegis", "--engines", "planted");
    expect(gone.exit).toBe(2);
    expect(gone.err).toContain("no such program found");
    const unknown = await folder.aegisc("conform", "shop.aegis", "--engines", "none");
    expect(unknown.exit).toBe(2);
    expect(unknown.err).toContain("there is no engine `none`");
    expect(unknown.err).toContain("native-closures");
  });

  test.each(["0", "-1", "many", "1.5"])("--cases %s is a usage error", async (cases) => {
    expect((await folder.aegisc("conform", "shop.aegis", "--cases", cases)).exit).toBe(2);
  });

  test("a policy that does not compile is found wanting", async () => {
    folder.write({ "shop.aegis": "package shop\nallow x: no.such\n" });
    expect((await folder.aegisc("conform", "shop.aegis")).exit).toBe(1);
  });
});

describe("test --engines", () => {
  test("runs the tests on every engine that steps, then compares all", async () => {
    const { exit, err } = await folder.aegisc("test", "shop.aegis", "--engines", "all");
    expect(exit).toBe(0);
    expect(err).toContain("reference: 1 of 1 pass");
    expect(err).toContain("native-closures: 1 of 1 pass");
    expect(err).toMatch(/wasm: 5\d\d documents, all alike/);
    expect(err).toContain("left out: planted: no such program found");
  });

  test("a disagreement is found wanting, and told", async () => {
    planted.missing = null;
    const { exit, err } = await folder.aegisc("test", "shop.aegis", "--engines", "reference,planted");
    expect(exit).toBe(1);
    expect(err).toContain("engines disagree");
    expect(err).toMatch(/planted +\{.*"decision":"allow"/);
  });

  test("a failing test ends it", async () => {
    folder.write({
      "shop.aegis": SHOP.replace("amount: 500 } expect deny code default_deny", "amount: 500 } expect allow"),
    });
    const { exit, err } = await folder.aegisc("test", "shop.aegis", "--engines", "all");
    expect(exit).toBe(1);
    expect(err).not.toContain("all alike");
  });

  test("an engine that is named and not there is a usage error", async () => {
    expect((await folder.aegisc("test", "shop.aegis", "--engines", "planted")).exit).toBe(2);
  });
});
