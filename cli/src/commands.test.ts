// Every command in process, in a folder of its own: what it does, what it says, and how it ends.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { disposableFolders, LARGE, SHOP, SMALL, type TestFolder } from "./testing/run-in.ts";

const folder = disposableFolders();
const shop = (more: Readonly<Record<string, string>> = {}): TestFolder =>
  folder({ "shop.aegis": SHOP, ...more });

describe("usage", () => {
  test.each([
    [["frobnicate"], "unknown command"],
    [["chek"], "Did you mean check"],
    [["check"], "no policy named and no aegis.json"],
    [["check", "nowhere.aegis"], "nothing matches `nowhere.aegis`"],
    [["check", "*.yaml"], "nothing matches"],
    [["check", "shop.aegis", "--frob"], "unknown option"],
    [["check", "shop.aegis", "--at", "soon"], "`soon` is no time"],
    [["test", "empty.aegis"], "there are no tests"],
    [["eval", "shop.aegis", "--input", "none.json"], "cannot read `none.json`"],
    [["eval", "shop.aegis", "--input", "blank.txt"], "there is no request"],
    [["eval", "--bundle", "none.tar.gz", "--input", "blank.txt"], "does not exist"],
    [["eval", "shop.aegis", "--bundle", "x.tar.gz", "--input", "blank.txt"], "a policy or a bundle?"],
    [["explain", "shop.aegis", "--input", "blank.txt"], "is not one JSON document"],
    [["build", "shop.aegis", "-t", "js"], "where to?"],
    [["build", "shop.aegis", "-t", "js", "-t", "rego"], "stands alone"],
    [["build", "shop.aegis", "--serial", "-1"], "is no serial"],
    [["build", "shop.aegis", "--signing-key", "shop.aegis"], "is no ES256 private key"],
    [["build", "shop.aegis", "-o", "no/such/b.tar.gz"], "cannot write"],
    [["convert", "-"], "what is on standard input?"],
    [["import", "mcp"], "import what?"],
    [["import", "mcp", "--", "no-such-program"], "what does the policy call this server?"],
    [["import", "mcp", "--name", "x", "--", "no-such-program"], "there is no such program"],
    [["drift", "x.json"], "no policy named"],
  ])("%j ends with 2 and says what to do", async (argv, words) => {
    const { exit, err } = await shop({
      "empty.aegis": "package e\nimport std.tools.git\nallow x: git.commit\n",
      "blank.txt": "\n",
    }).aegisc(...argv);
    expect(err).toContain(words);
    expect(exit).toBe(2);
  });

  test("help and version end with 0", async () => {
    const { aegisc } = shop();
    expect(await aegisc("--help")).toMatchObject({ exit: 0, out: expect.stringContaining("verify-bundle") });
    expect(await aegisc("build", "--help")).toMatchObject({
      exit: 0,
      out: expect.stringContaining("--signing-key"),
    });
    expect(await aegisc("help", "import", "mcp")).toMatchObject({ exit: 0 });
    expect((await aegisc("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("check and lint", () => {
  test("a sound policy, and a broken one in every format", async () => {
    const { aegisc } = shop({ "broken.aegis": "package b\nimport std.tools.git\nallow x: git.psh\n" });
    expect(await aegisc("check", "shop.aegis")).toMatchObject({
      exit: 0,
      out: "",
      err: "ok: 1 file, 2 rules, 1 action\n",
    });
    expect(await aegisc("check", "broken.aegis")).toMatchObject({
      exit: 1,
      out: expect.stringContaining("broken.aegis:3"),
    });
    const sarif = JSON.parse((await aegisc("check", "broken.aegis", "--format", "sarif")).out) as {
      runs: { results: { ruleId: string }[] }[];
    };
    expect(sarif.runs[0]?.results.map((each) => each.ruleId)).toEqual(["tools/unknown-action"]);
    expect((await aegisc("check", "broken.aegis", "--format", "github")).out).toMatch(
      /^::error file=broken\.aegis,line=3,/,
    );
    expect((await aegisc("check", "broken.aegis", "--format", "junit")).out).toContain("<failure ");
    expect(JSON.parse((await aegisc("check", "broken.aegis", "--format", "json")).out)).toMatchObject({
      version: 1,
    });
  });

  test("lint finds, is silenced, and takes severities from aegis.json", async () => {
    const weak =
      'package w\ntool t { run(sql: string) }\nallow x: t.run when args.sql.starts_with("select")\n';
    const { aegisc, write } = folder({ "w.aegis": weak });
    expect(await aegisc("check", "w.aegis")).toMatchObject({ exit: 0 });
    expect(await aegisc("lint", "w.aegis")).toMatchObject({
      exit: 1,
      out: expect.stringContaining("lint/weak-test"),
    });
    write({ "aegis.json": '{ "lint": { "weak-test": "warning" } }' });
    expect(await aegisc("lint")).toMatchObject({ exit: 0 });
    expect(await aegisc("lint", "--strict")).toMatchObject({ exit: 1 });
    write({ "aegis.json": '{ "lint": { "weak-tset": "off" } }' });
    expect(await aegisc("lint")).toMatchObject({ exit: 2, err: expect.stringContaining("weak-tset") });
  });
});

describe("test", () => {
  test("passes, fails, and filters", async () => {
    const failing = SHOP.replace("expect deny code default_deny", "expect allow");
    const { aegisc } = shop({ "failing.aegis": failing });
    expect(await aegisc("test", "shop.aegis")).toMatchObject({
      exit: 0,
      out: expect.stringContaining("1 passed, 0 failed"),
    });
    expect(await aegisc("test", "failing.aegis")).toMatchObject({ exit: 1 });
    expect((await aegisc("test", "failing.aegis", "--format", "tap")).out).toMatch(
      /^TAP version 14\n1\.\.1\nnot ok 1 /,
    );
    expect((await aegisc("test", "failing.aegis", "--format", "junit")).out).toContain('failures="1"');
    expect(await aegisc("test", "shop.aegis", "--filter", "large")).toMatchObject({ exit: 2 });
  });

  test("coverage and its threshold", async () => {
    const { aegisc, read } = shop();
    expect(await aegisc("test", "shop.aegis", "--threshold", "100", "--lcov", "c.info")).toMatchObject({
      exit: 0,
    });
    expect(read("c.info")).toMatch(/^TN:\nSF:shop\.aegis\n/);
    expect(await aegisc("test", "shop.aegis", "--coverage", "--cobertura", "c.xml")).toMatchObject({
      exit: 0,
    });
    expect(read("c.xml")).toContain("<coverage ");
  });
});

describe("eval and explain", () => {
  test.each(["native", "reference"])("%s: a document a line, bad lines in their place", async (engine) => {
    const { aegisc } = shop({ "r.jsonl": `${SMALL}\n\nnot json\n${LARGE}\n` });
    const { exit, out } = await aegisc("eval", "shop.aegis", "--input", "r.jsonl", "--engine", engine);
    const codes = out
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { code: string }).code);
    expect([exit, codes]).toEqual([0, ["matched", "invalid_input", "default_deny"]]);
  });

  test("--fail-on, before the policy too; one document over several lines; -o", async () => {
    const { aegisc, read } = shop({ "large.json": JSON.stringify(JSON.parse(LARGE), null, 2) });
    expect(await aegisc("eval", "--fail-on", "deny", "shop.aegis", "--input", "large.json")).toMatchObject({
      exit: 1,
    });
    expect(
      await aegisc("eval", "--fail-on", "allow,sanitize", "shop.aegis", "--input", "large.json"),
    ).toMatchObject({ exit: 0 });
    expect(await aegisc("eval", "shop.aegis", "--input", "large.json", "-o", "d.jsonl")).toMatchObject({
      exit: 0,
      out: "",
    });
    expect(JSON.parse(read("d.jsonl"))).toMatchObject({ decision: "deny" });
  });

  test("explain names the nearest allow", async () => {
    const { aegisc } = shop({ "large.json": LARGE });
    const { exit, out } = await aegisc("explain", "shop.aegis", "--input", "large.json");
    expect([exit, out]).toEqual([0, expect.stringContaining("nearest allow: shop.pay")]);
  });
});

describe("bundles", () => {
  test("init, build, verify, decide; the unsigned bytes are the same each time", async () => {
    const { aegisc, path } = folder();
    expect(await aegisc("init")).toMatchObject({ exit: 0 });
    expect(existsSync(join(path, ".aegis/dev-key.pem"))).toBe(true);
    expect(await aegisc("init")).toMatchObject({ exit: 2 });
    const sign = ["--signing-key", ".aegis/dev-key.pem"];
    expect(await aegisc("build", ...sign, "-o", "b.tar.gz")).toMatchObject({
      exit: 0,
      err: expect.stringContaining("signed by"),
    });
    expect(await aegisc("verify-bundle", "b.tar.gz")).toMatchObject({
      exit: 0,
      out: expect.stringContaining("signed by a known key"),
    });
    const [one, two] = [
      await aegisc("build", "--format", "json", "-o", "1.tar.gz"),
      await aegisc("build", "--format", "json", "-o", "2.tar.gz"),
    ];
    expect(one.err).toContain("unsigned");
    const digest = ({ out }: { out: string }): string => (JSON.parse(out) as { sha256: string }).sha256;
    expect(digest(one)).toBe(digest(two));
    expect(await aegisc("verify-bundle", "1.tar.gz")).toMatchObject({
      exit: 1,
      err: expect.stringContaining("not signed"),
    });
    expect(await aegisc("verify-bundle", "1.tar.gz", "--insecure-unsigned")).toMatchObject({ exit: 0 });
    expect(await aegisc("sign", "1.tar.gz", ...sign)).toMatchObject({ exit: 0 });
    expect(await aegisc("verify-bundle", "1.tar.gz")).toMatchObject({ exit: 0 });
    expect(await aegisc("build", "--not-after", "2026-01-01", ...sign, "-o", "old.tar.gz")).toMatchObject({
      exit: 0,
    });
    expect(await aegisc("verify-bundle", "old.tar.gz")).toMatchObject({
      exit: 1,
      err: expect.stringContaining("expired"),
    });
  });

  test("a bundle that observes says until when, by option or by aegis.json", async () => {
    const { aegisc, write } = shop({ "aegis.json": "{}" });
    const modeOf = async (...options: string[]): Promise<unknown> => {
      expect(await aegisc("build", "-o", "m.tar.gz", ...options)).toMatchObject({ exit: 0 });
      const { out } = await aegisc("verify-bundle", "m.tar.gz", "--insecure-unsigned", "--format", "json");
      const { mode, observe_until } = (JSON.parse(out) as { metadata: Record<string, unknown> }).metadata;
      return [mode, observe_until];
    };
    expect(await aegisc("build", "--mode", "observe")).toMatchObject({
      exit: 2,
      err: expect.stringContaining("needs an end"),
    });
    expect(await aegisc("build", "--observe-until", "2099-01-01")).toMatchObject({ exit: 2 });
    const until = ["observe", "2099-01-01T00:00:00Z"];
    expect(await modeOf("--mode", "observe", "--observe-until", "2099-01-01")).toEqual(until);
    expect(await modeOf()).toEqual([undefined, undefined]);
    write({ "aegis.json": '{ "mode": "observe", "observe_until": "2099-01-01" }' });
    expect(await modeOf()).toEqual(until);
    expect(await modeOf("--mode", "enforce")).toEqual([undefined, undefined]);
  });
});

describe("fmt, progress, watch", () => {
  test("formats files, tells which, and leaves a broken one alone", async () => {
    const { aegisc, read } = shop({ "wide.aegis": SHOP.replaceAll("allow pay", "allow   pay") });
    expect(await aegisc("fmt", "wide.aegis", "--check")).toMatchObject({ exit: 1, out: "wide.aegis\n" });
    expect(read("wide.aegis")).toContain("allow   pay: bank.pay");
    expect(await aegisc("fmt", "wide.aegis")).toMatchObject({ exit: 0, out: "wide.aegis\n" });
    expect(read("wide.aegis")).toContain("allow pay: bank.pay");
    expect(await aegisc("fmt", "wide.aegis", "--check")).toMatchObject({ exit: 0, out: "" });
    const broken = folder({ "b.aegis": "package b\nallow" });
    expect(await broken.aegisc("fmt", "b.aegis")).toMatchObject({ exit: 1 });
    expect(broken.read("b.aegis")).toBe("package b\nallow");
  });

  test("a counter on a terminal after a second, taken away at the end; none elsewhere", async () => {
    const lines = `${SMALL}\n`.repeat(3);
    const { aegiscWith } = shop({ "r.jsonl": lines });
    const slow = () => {
      let time = 0;
      return () => (time += 2000);
    };
    const argv = ["eval", "shop.aegis", "--input", "r.jsonl", "--at", "2026-01-01"];
    const shown = await aegiscWith({ terminal: true, now: slow() }, ...argv);
    expect(shown.err).toBe("\r1 requests \r2 requests \r3 requests \r\u001b[K");
    expect((await aegiscWith({ now: slow() }, ...argv)).err).toBe("");
  });

  test("--watch runs again when a source changes, and ends on Ctrl-C", async () => {
    const { aegiscWith, write } = shop();
    const asked = new AbortController();
    let said = "";
    let again = 0;
    const ran = aegiscWith(
      {
        signal: asked.signal,
        out: (text) => void (said += text),
        err: (text) => {
          if (!text.includes("watching for changes")) return;
          again += 1;
          if (again === 1)
            setImmediate(() =>
              write({ "shop.aegis": SHOP.replace("500 } expect deny", "50 } expect deny") }),
            );
          else asked.abort();
        },
      },
      "test",
      "shop.aegis",
      "--watch",
    );
    expect((await ran).exit).toBe(0);
    expect(said).toContain("1 passed, 0 failed");
    expect(said).toContain("0 passed, 1 failed");
  });
});

test("--watch does not run again for what the run itself writes", async () => {
  const { aegiscWith, write, read } = shop();
  const asked = new AbortController();
  let runs = 0;
  const ran = aegiscWith(
    {
      signal: asked.signal,
      err: (text) => {
        if (!text.includes("watching for changes")) return;
        runs += 1;
        // A change of a source after the report: were the report a reason to run, there would be three runs.
        if (runs === 1) setTimeout(() => write({ "shop.aegis": `${SHOP}\n` }), 400);
        else setTimeout(() => asked.abort(), 400);
      },
    },
    ...["test", "shop.aegis", "--watch", "--format", "json", "-o", "report.json"],
  );
  expect((await ran).exit).toBe(0);
  expect(JSON.parse(read("report.json"))).toMatchObject({ version: 1 });
  expect(runs).toBe(2);
});

describe("for authors of the standard library", () => {
  const NET = 'package std.net\n\n/// Is it ours?\nfn is_ours(host: host): bool = host == "ours.example"\n';
  const TESTS = `package net_test
import std.net
import std.tools.{http}
allow ours: http.get when net.is_ours(args.url.host)
test "ours" {
  step http.get { url: "https://ours.example/" } expect allow
  step http.get { url: "https://theirs.example/" } expect deny
}
`;
  test("sources of `std.…` stand for the built-in modules, when asked for", async () => {
    const { aegisc } = folder({ "net/net.aegis": NET, "net/net.test.aegis": TESTS });
    expect(await aegisc("test", "net", "--as-library", "--coverage")).toMatchObject({
      exit: 0,
      out: expect.stringContaining("1 passed, 0 failed"),
    });
    expect(await aegisc("check", "net", "--as-library")).toMatchObject({ exit: 0 });
    expect(await aegisc("lint", "net", "--as-library")).toMatchObject({ exit: 0 });
    expect(await aegisc("check", "net/net.aegis", "--as-library")).toMatchObject({
      exit: 2,
      err: expect.stringContaining("nothing imports them"),
    });
    const told = await aegisc("check", "net/net.aegis");
    expect([told.exit, told.out.match(/^error\[/gm)]).toEqual([1, ["error["]]);
  });
});

describe("convert, lock, drift, docs, doctor", () => {
  test("to YAML and back keeps the tests green", async () => {
    const { aegisc } = shop();
    expect(await aegisc("convert", "shop.aegis", "-o", "y/shop.yaml")).toMatchObject({ exit: 2 });
    expect(await aegisc("convert", "shop.aegis", "-o", "shop.yaml")).toMatchObject({ exit: 0 });
    expect(await aegisc("test", "shop.yaml")).toMatchObject({ exit: 0 });
    expect(await aegisc("convert", "shop.yaml", "-o", "again.aegis")).toMatchObject({ exit: 0 });
    expect(await aegisc("test", "again.aegis")).toMatchObject({ exit: 0 });
    expect(await aegisc("convert", "shop.yaml", "--to", "yaml")).toMatchObject({ exit: 2 });
  });

  test("a manifest is imported, locked, and drifts", async () => {
    const manifest = (type: string): string =>
      JSON.stringify({
        tools: [
          {
            name: "read",
            inputSchema: {
              type: "object",
              properties: { path: { type } },
              required: ["path"],
              additionalProperties: false,
            },
          },
        ],
      });
    const { aegisc, write } = folder({
      "aegis.json": '{ "name": "demo" }',
      "fs.tools.json": manifest("string"),
      "new.json": manifest("integer"),
    });
    expect(await aegisc("import", "mcp", "fs.tools.json", "-o", "fs.aegis")).toMatchObject({
      exit: 0,
      err: expect.stringContaining("1 action"),
    });
    write({ "rules.aegis": 'package demo\nallow read: fs.read when args.path under "/srv"\n' });
    const missing = expect.stringContaining("note: there is no aegis.lock");
    expect(await aegisc("check")).toMatchObject({ exit: 0, err: missing });
    expect(await aegisc("build", "-o", "b.tar.gz")).toMatchObject({ exit: 0, err: missing });
    expect(await aegisc("lock", "--check")).toMatchObject({ exit: 1 });
    expect(await aegisc("lock")).toMatchObject({ exit: 0 });
    expect(await aegisc("lock", "--check")).toMatchObject({ exit: 0 });
    expect((await aegisc("check")).err).not.toContain("note:");
    expect(await aegisc("drift", "fs.tools.json")).toMatchObject({ exit: 0, err: "no difference\n" });
    expect(await aegisc("drift", "new.json")).toMatchObject({
      exit: 1,
      out: expect.stringContaining("demo.read"),
    });
    write({ "fs.tools.json": manifest("string").replace("}]", "} ]") });
    expect(await aegisc("drift")).toMatchObject({ exit: 1, out: expect.stringContaining("fs.tools.json") });
    expect((await aegisc("check")).err).toContain("note: aegis.lock is not up to date");
    expect((await aegisc("check", "fs.aegis", "rules.aegis")).err).not.toContain("note:");
  });

  test("docs of a project and of the library", async () => {
    const { aegisc } = shop();
    const { exit, out } = await aegisc("docs", "shop.aegis");
    expect([exit, out]).toEqual([0, expect.stringContaining("### `shop.pay`")]);
    expect(JSON.parse((await aegisc("docs", "shop.aegis", "--format", "json")).out)).toMatchObject({
      version: 1,
    });
    expect((await aegisc("docs", "--library")).out).toContain("# std.secrets".replace(".", "&#46;"));
  });

  test("doctor says what is wrong", async () => {
    const { aegisc } = folder({ "aegis.json": '{ "naem": "x" }' });
    expect(await aegisc("doctor")).toMatchObject({ exit: 1, out: expect.stringContaining("naem") });
    expect(JSON.parse((await aegisc("doctor", "--format", "json")).out)).toMatchObject({ version: 1 });
  });
});
