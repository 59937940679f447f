// Tests of `std.secrets`: each pattern finds its credential, whole, and none finds ordinary text.
import { describe, expect, it } from "vitest";
import { createInterpreter } from "@aegis/runtime/core";
import { compilePattern, platform } from "@aegis/runtime/facts";
import { compileText } from "../testing/index.ts";

/** Samples are put together here, so that scanners do not take this file for a leak. */
const r = (characters: string, length: number): string => characters.repeat(length).slice(0, length);
const found: readonly (readonly [pattern: string, sample: string])[] = [
  ["aws_access_key", `AKIA${r("A1B2", 16)}`],
  ["aws_secret_key", `aws_secret_access_key = "${r("aB3/", 40)}`],
  ["github_token", `ghp_${r("aB3", 36)}`],
  ["github_token", `github_pat_${r("aB3", 22)}_${r("aB3", 59)}`],
  ["gitlab_token", `glpat-${r("aB3-", 20)}`],
  ["slack_token", `xoxb-${r("1234", 12)}-${r("12aB", 24)}`],
  ["stripe_key", `sk_live_${r("aB3", 24)}`],
  ["google_key", `AIza${r("aB3_", 35)}`],
  ["anthropic_key", `sk-ant-api03-${r("aB3_", 90)}`],
  ["npm_token", `npm_${r("aB3", 36)}`],
  ["sendgrid_key", `SG.${r("aB3", 22)}.${r("aB3", 43)}`],
  ["digitalocean_token", `dop_v1_${r("0a1b", 64)}`],
  ["jwt", `eyJ${r("hbGc", 30)}.eyJ${r("zdWI", 40)}.${r("aB3_", 43)}`],
  ["private_key", `-----BEGIN RSA PRIVATE KEY-----\n${r("MIIE\n", 400)}\n-----END RSA PRIVATE KEY-----`],
  [
    "private_key",
    `-----BEGIN OPENSSH PRIVATE KEY-----\\n${r("b3Bl", 3000)}==\\n-----END OPENSSH PRIVATE KEY-----`,
  ],
  ["url_credentials", `postgres://user:${r("p4ss", 8)}@h`],
  ["authorization", `Authorization: Bearer ${r("aB3.", 60)}`],
  ["named_secret", `password = ${r("hunter2", 16)}`],
];
const ordinary = [
  "please push the branch release/1.2 to origin and tell me when the tests pass",
  "https://api.example.com/v1/orders?id=12#top",
  "the password is not written here",
  "const total = items.reduce((sum, item) => sum + item.price, 0);",
  "commit 3f786850e387550fdab836ed7e6dc881de23001b",
  "mail someone@example.com at 10:30",
  "risk-assessment and task-management",
];

const names = [...new Set(found.map(([name]) => name)), "any"];
const { ir } = compileText(
  [
    "package p",
    "import std.secrets",
    "tool t { x(text: string) }",
    ...names.map((name) => `allow is_${name}: t.x when args.text matches secrets.${name}`),
  ].join("\n"),
);
const engine = createInterpreter(ir, platform);
const matching = (text: string): readonly string[] =>
  engine
    .decide({ agent: { id: "a" }, tool: "t", action: "x", args: { text } })
    .rules.map((rule) => rule.slice("p.is_".length));

describe("std.secrets", () => {
  it.each(found)("%s finds its credential", (name, sample) => {
    expect(matching(`before ${sample} after`)).toEqual(expect.arrayContaining(["any", name]));
  });

  it.each(found)("%s covers its credential to the end", (name, sample) => {
    const pattern = ir.patterns.find((each) => each.name === `std.secrets.${name}`)?.pattern ?? "";
    const [span] = compilePattern(pattern).spans(sample);
    expect(span).toEqual([0, sample.length]);
  });

  it.each(ordinary)("finds nothing in: %s", (text) => {
    expect(matching(text)).toEqual([]);
  });
});
