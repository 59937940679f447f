// aegisc bench: what it tells of a policy, for people and for programs, and how it ends.
import type { PolicyBenchReport } from "@aegis/conformance";
import { afterEach, describe, expect, test } from "vitest";
import type { BenchedPolicy } from "./output/pretty-bench.ts";
import { writePrettyBench } from "./output/pretty-bench.ts";
import { SHOP, SMALL, testFolder, type Ran, type TestFolder } from "./testing/run-in.ts";

const folders: TestFolder[] = [];
afterEach(() => folders.splice(0).forEach((each) => each.remove()));
const shop = (more: Readonly<Record<string, string>> = {}): TestFolder => {
  const made = testFolder({ "shop.aegis": SHOP, ...more });
  folders.push(made);
  return made;
};
const QUICK = ["--rounds", "1", "--time", "1"] as const;
const bench = (folder: TestFolder, ...argv: readonly string[]): Promise<Ran> =>
  folder.aegisc("bench", "shop.aegis", ...QUICK, ...argv);
const told = ({ out }: Ran): BenchedPolicy => JSON.parse(out) as BenchedPolicy;

describe("what is timed", () => {
  test("the tests' requests on every engine, from objects and from bytes", async () => {
    const ran = await bench(
      shop(),
      "--json",
      "--engine",
      "native",
      "--engine",
      "closures",
      "--engine",
      "wasm",
    );
    expect(ran).toMatchObject({ exit: 0, err: "" });
    const report = told(ran);
    expect(report).toMatchObject({
      version: 1,
      from: "tests",
      rules: 2,
      actions: 1,
      requests: { count: 3, refused: 0 },
      lookedAt: { mean: 2, max: 2, tool: "bank", action: "pay" },
    });
    expect(report.decisions).toEqual([
      { decision: "deny", count: 2 },
      { decision: "allow", count: 1 },
    ]);
    expect(report.engines.map(({ engine, input }) => `${engine} ${input}`)).toEqual([
      "native object",
      "native bytes",
      "closures object",
      "closures bytes",
      "wasm bytes",
    ]);
    for (const { ns, low, high, p99, size } of [...report.engines]) {
      expect(low).toBeLessThanOrEqual(ns);
      expect(high).toBeGreaterThanOrEqual(ns);
      expect(Math.min(low, p99, size)).toBeGreaterThan(0);
    }
    expect(report.bundleBytes).toBeGreaterThan(1_000);
    expect(report.jsonParse.ns).toBeGreaterThan(0);
    expect(report.hotSpots.map(({ rule, triedIn }) => [rule, triedIn]).sort()).toEqual([
      ["shop.nobody", 1],
      ["shop.pay", 1],
    ]);
  });

  test("calls made for the tools, alike for the same seed; those that are refused are left out", async () => {
    const folder = shop();
    const ask = async (seed: string): Promise<BenchedPolicy> =>
      told(await bench(folder, "--json", "--requests", "generated", "--engine", "native", "--seed", seed));
    const [one, again, other] = [await ask("3"), await ask("3"), await ask("4")];
    expect(one).toMatchObject({ from: "generated", requests: { refused: 0 } });
    expect(one.requests.count).toBeGreaterThan(100);
    expect(again.requests).toEqual(one.requests);
    expect(other.requests).not.toEqual(one.requests);
  });

  test("a policy without tests gets calls made for its tools", async () => {
    const folder = shop({ "bare.aegis": SHOP.slice(0, SHOP.indexOf("test ")) });
    const ran = await folder.aegisc("bench", "bare.aegis", ...QUICK, "--json", "--engine", "native");
    expect(told(ran).from).toBe("generated");
  });

  test("given requests, and a bundle", async () => {
    const folder = shop({ "calls.jsonl": `${SMALL}\n${SMALL}\n{"tool":1}\n` });
    const given = await bench(folder, "--input", "calls.jsonl", "--json", "--engine", "native");
    expect(told(given)).toMatchObject({ from: "input", requests: { count: 2, refused: 1 } });
    await folder.aegisc("build", "shop.aegis", "-o", "shop.tar.gz");
    const bundle = await folder.aegisc(
      "bench",
      ...["--bundle", "shop.tar.gz", "--insecure-unsigned", "--engine", "native", "--json", ...QUICK],
    );
    expect(told(bundle)).toMatchObject({ from: "generated", rules: 2 });
  });
});

describe("how it ends", () => {
  test("with 1 when a request has more rules to look at than wanted", async () => {
    const folder = shop();
    expect(await bench(folder, "--engine", "native", "--max-rules", "2")).toMatchObject({ exit: 0 });
    const ran = await bench(folder, "--engine", "native", "--max-rules", "1");
    expect(ran).toMatchObject({ exit: 1, err: "a request has 2 rules to look at: more than 1\n" });
  });

  test("with 1 for a policy that is wrong", async () => {
    const folder = shop({ "wrong.aegis": SHOP.replace("args.amount", "args.amont") });
    const ran = await folder.aegisc("bench", "wrong.aegis", ...QUICK);
    expect(ran).toMatchObject({ exit: 1, out: "" });
    expect(ran.err).toContain("amont");
  });

  test.each([
    [["--rounds", "0"], "`0` is no number"],
    [["--max-rules", "few"], "--max-rules: `few` is no number"],
    [["--engine", "abacus"], "abacus"],
    [["--input", "none.jsonl"], "cannot read `none.jsonl`"],
    [["--input", "refused.jsonl"], "no request reaches the rules"],
    [["--bundle", "x.tar.gz"], "a policy or a bundle?"],
  ])("with 2 for %j", async (argv, words) => {
    const ran = await bench(shop({ "refused.jsonl": '{"tool":1}\n' }), ...argv);
    expect(ran).toMatchObject({ exit: 2, out: "" });
    expect(ran.err).toContain(words);
  });
});

describe("at a terminal", () => {
  const report = async (): Promise<BenchedPolicy> =>
    told(await bench(shop(), "--json", "--engine", "native"));
  const plain = (benched: BenchedPolicy, columns: number): readonly string[] =>
    writePrettyBench(benched, { colour: false, columns }).split("\n");

  test("a narrow one gets fewer columns, and never a line that does not fit", async () => {
    const benched = await report();
    const wide = plain(benched, 200);
    expect(wide.join("\n")).toMatch(/median +per second +least +most +p99 +to JSON.parse +load +size/);
    for (const columns of [120, 80, 60]) {
      const table = plain(benched, columns).filter((line) => /median|^native|^JSON/.test(line));
      expect(table).toHaveLength(4);
      for (const line of table) expect(line.length).toBeLessThanOrEqual(columns);
    }
    expect(plain(benched, 1).join("\n")).toContain("median");
  });

  test("names of the policy cannot steer it", async () => {
    const benched: BenchedPolicy & PolicyBenchReport = await report();
    const lookedAt = { ...benched.lookedAt, action: "pay\u001b[2J\nfake" };
    const text = plain({ ...benched, lookedAt }, 80).join("\n");
    expect(text).not.toContain("\u001b");
    expect(text).not.toContain("\nfake");
  });
});
