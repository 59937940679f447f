// Reports as others read them: JUnit against its schema, SARIF against its schema, TAP, lcov and annotations by parsers.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { lcovParser } from "@friedemannsommer/lcov-parser";
import ajvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { Parser, type Result } from "tap-parser";
import { afterAll, describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { SHOP, testFolder } from "../testing/run-in.ts";
import { COBERTURA } from "../testing/cobertura-schema.ts";

/** A schema that scripts/install-peers.ts has brought; undefined where it was not run. */
function peerSchema(name: string): string | undefined {
  const file = fileURLToPath(new URL(`../../../.peers/share/${name}`, import.meta.url));
  if (existsSync(file)) return readFileSync(file, "utf8");
  console.warn(`skipped: no ${name} (run \`npx tsx scripts/install-peers.ts\`)`);
  return undefined;
}
const junit = peerSchema("junit.xsd");
const sarif = peerSchema("sarif-2.1.0.json");

/** Everything that means something to one of the formats. */
const HOSTILE = `<x a='1'>]]>&amp; # SKIP # TODO \\\\ %0A::error::x, end_of_record 🙂\\n1..0`;
const failing = SHOP.replace("small payments", HOSTILE).replace(
  "expect deny code default_deny",
  "expect allow",
);
const folder = testFolder({
  "shop.aegis": SHOP,
  "odd #1?, a%b:.aegis": failing.replace("package shop", "package odd").replaceAll("bank", "till"),
  "broken.aegis": "package b\nimport std.tools.git\nallow x: git.psh\n",
});
afterAll(() => folder.remove());
const printed = async (...argv: string[]): Promise<string> => (await folder.aegisc(...argv)).out;
const ODD = "odd #1?, a%b:.aegis";

async function xmlProblems(text: string, schema: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml: text, schema });
  return errors.map(({ message }) => message);
}

describe.skipIf(junit === undefined)("JUnit fits its schema", () => {
  test.each([
    ["tests that pass and fail", ["test", "shop.aegis", ODD]],
    ["diagnostics", ["check", "shop.aegis", "broken.aegis"]],
  ])("%s", async (_, argv) => {
    const text = await printed(...argv, "--format", "junit");
    expect(text).toContain("<failure");
    expect(await xmlProblems(text, junit ?? "")).toEqual([]);
    expect(await xmlProblems(text.replace("<testsuite ", "<testsuite odd='1' "), junit ?? "")).not.toEqual(
      [],
    );
  });
});

describe.skipIf(sarif === undefined)("SARIF fits its schema", () => {
  const ajv = new ajvDraft04.default({ strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = sarif === undefined ? undefined : ajv.compile(JSON.parse(sarif) as object);
  test.each([
    ["diagnostics", ["check", "broken.aegis"]],
    ["findings", ["lint", "shop.aegis"]],
    ["failed tests", ["test", ODD]],
    ["nothing", ["test", "shop.aegis"]],
  ])("%s", async (_, argv) => {
    const log: unknown = JSON.parse(await printed(...argv, "--format", "sarif"));
    expect(validate?.(log), JSON.stringify(validate?.errors)).toBe(true);
    expect(validate?.({ ...(log as object), version: "2.0.0" })).toBe(false);
  });

  test("a file's name is a reference, whatever it is", async () => {
    const text = await printed("test", ODD, "--format", "sarif");
    const uri = /"uri": "([^"]*)"/.exec(text)?.[1] ?? "";
    const { pathname, search, hash } = new URL(uri, "file:///");
    expect([decodeURIComponent(pathname), search, hash]).toEqual([`/${ODD}`, "", ""]);
  });
});

test("TAP: a parser counts what passed and failed, and no title is a directive", async () => {
  const text = await printed("test", "shop.aegis", ODD, "--format", "tap");
  const found = await new Promise<{ ok: boolean; asserts: Result[]; final: unknown[] }>((done) => {
    const asserts: Result[] = [];
    const parser = new Parser({ strict: true }, (final) =>
      done({
        ok: final.ok,
        asserts,
        final: [final.plan.start, final.plan.end, final.count, final.fail, final.skip, final.todo],
      }),
    );
    parser.on("assert", (each: Result) => void asserts.push(each));
    parser.end(text);
  });
  expect(found.final).toEqual([1, 2, 2, 1, 0, 0]);
  expect(found.ok).toBe(false);
  expect(found.asserts.map(({ name }) => name).join()).toContain("# SKIP");
});

test("lcov: a parser finds lines and branches, and the sums agree with them", async () => {
  const { exit } = await folder.aegisc("test", "shop.aegis", "--lcov", "c.info");
  expect(exit).toBe(0);
  const [file, ...more] = await lcovParser({ from: folder.read("c.info") });
  expect([file?.path, more]).toEqual(["shop.aegis", []]);
  const { lines, branches } = file ?? expect.fail("no file");
  expect(lines.details.length).toBeGreaterThan(1);
  expect([lines.instrumented, lines.hit]).toEqual([
    lines.details.length,
    lines.details.filter(({ hit }) => hit > 0).length,
  ]);
  expect([branches.instrumented, branches.hit]).toEqual([
    branches.details.length,
    branches.details.filter(({ hit }) => hit > 0).length,
  ]);
});

test("Cobertura has what its DTD asks for, and sums that agree with the lines", async () => {
  expect(await folder.aegisc("test", "shop.aegis", "--cobertura", "c.xml")).toMatchObject({ exit: 0 });
  const text = folder.read("c.xml");
  expect(await xmlProblems(text.replace(/<!DOCTYPE[^>]*>/, ""), COBERTURA)).toEqual([]);
  const valid = /lines-valid="(\d+)"/.exec(text)?.[1];
  expect(valid).toBe(String(text.match(/<line /g)?.length));
});

test("GitHub annotations: one command a finding, as the runner takes them apart", async () => {
  const text = await printed("test", ODD, "--format", "github");
  const lines = text.trimEnd().split("\n");
  expect(lines).toHaveLength(1);
  const [, command, properties = "", message = ""] = /^::(\w+) ([^:]*)::(.*)$/.exec(lines[0] ?? "") ?? [];
  const unescaped = (value: string): string =>
    value.replace(/%(0A|0D|25|3A|2C)/g, (each) => decodeURIComponent(each));
  const pairs = new Map(
    properties.split(",").map((each) => each.split("=").map(unescaped) as [string, string]),
  );
  expect(command).toBe("error");
  expect(pairs.get("file")).toBe(ODD);
  expect(unescaped(message)).toContain("%0A::error::x");
});
