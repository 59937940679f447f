// Functions of std.net, std.path and std.shell over parsed values: OPA and the reference interpreter decide alike.
import { backends } from "@aegis/compiler";
import { compileText } from "@aegis/compiler/testing";
import { canonicalJson, createInterpreter } from "@aegis/runtime/core";
import { parsedTypes, platform } from "@aegis/runtime/facts";
import { findOpa, skipsWithout } from "@aegis/runtime/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateText } from "./opa-node.ts";

const opa = findOpa();
const skipped = skipsWithout("opa", opa);

const CONDITIONS = [
  "net.is_public(args.u.host)",
  "net.is_metadata(args.u.host)",
  "net.is_secure(args.u) and args.u.port is present and args.u.port == 443",
  "net.drop_sites.covers(args.u.host)",
  "path.is_secret(args.p)",
  "path.is_control_relative(args.r)",
  "path.is_system(args.p)",
  "shell.only_reads(args.line)",
  "shell.may_run(args.line, shell.risky)",
  'shell.may_call(args.line, "git", "push")',
  "shell.may_touch_secrets(args.line)",
];
const { ir } = compileText(
  [
    "package p",
    "import std.net",
    "import std.path",
    "import std.shell",
    "tool t { x(u: url, p: path, r: relpath, line: command) }",
    ...CONDITIONS.map((condition, index) => `allow r${String(index)}: t.x when ${condition}`),
  ].join("\n"),
);

const textOf = (type: string, more: readonly string[]): fc.Arbitrary<string> => {
  const examples = parsedTypes.get(type)?.examples;
  const valid = examples?.valid.map(({ text }) => text) ?? [];
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...valid, ...more) },
    { weight: 1, arbitrary: fc.constantFrom(...(examples?.invalid ?? [])) },
  );
};
const requests = fc.record({
  u: textOf("url", [
    "http://169.254.169.254/",
    "http://[fd00::1]/",
    "https://x.ngrok.io",
    "http://intranet/",
  ]),
  p: textOf("path", ["/w/.ENV", "/home/a/.ssh/x", "/etc/passwd", "/w/a.pem", "/w/.git/hooks/a"]),
  r: textOf("relpath", [".github/workflows/a.yml", "src/.env.local", "aegis.json"]),
  line: textOf("command", [
    "/bin/RM x",
    "cat .env | head",
    "git -C x push",
    "git *",
    "ls > out",
    "grep 'a\nb' c; wc -l",
    "find . -name x",
    "find . -delete",
    "sed -n 1p x",
  ]),
});

describe.skipIf(skipped)("the library on OPA", () => {
  it("decides like the interpreter", { timeout: 60_000 }, () => {
    const all = fc
      .sample(requests, { numRuns: Number(process.env["AEGIS_FUZZ_RUNS"] ?? 150) })
      .map((args) => ({
        agent: { id: "a" },
        tool: "t",
        action: "x",
        args,
      }));
    const files = Object.fromEntries(
      (backends.get("rego")?.emit(ir, {}) ?? []).map(({ path, content }) => [
        path.replaceAll("/", "__"),
        String(content),
      ]),
    );
    const found = evaluateText(
      opa ?? "",
      files,
      "[d | some r in input.requests; d := data.aegis.decision with input as r]",
      JSON.stringify({ requests: all }),
    ) as unknown[];
    const engine = createInterpreter(ir, platform);
    all.forEach((request, index) => {
      const expected = engine.decide(request);
      expect(canonicalJson(found[index]), JSON.stringify(request)).toBe(canonicalJson(expected));
    });
  });
});
