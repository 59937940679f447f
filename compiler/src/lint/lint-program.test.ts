// Silencing findings by comments, severities by settings, in Aegis and in YAML.
import { describe, expect, test } from "vitest";
import { lintLines, lintText } from "../testing/lint-text.ts";

const policy = (...lines: string[]): string =>
  ["package a", "tool web { fetch(url: string, path: string) }", ...lines, ""].join("\n");
const WEAK = 'allow x: web.fetch when args.url.starts_with("https://a.com")';
const PLAIN = 'allow y: web.fetch when args.url == "https://a.com"';

describe("a comment", () => {
  test.each([
    ["above the rule", ["// lint-ignore weak-test: the server checks again", WEAK], []],
    ["after the code", [`${WEAK} // lint-ignore weak-test: the server checks again`], []],
    [
      "above annotations, other comments and an empty line",
      ["// lint-ignore weak-test: checked again", "", "// a note", '@owner("a")', WEAK],
      [],
    ],
    [
      "above a rule of several lines",
      [
        "// lint-ignore weak-test: checked",
        "allow x: web.fetch",
        '  when args.url.starts_with("https://a.com")',
      ],
      [],
    ],
    ["of several rules", ["// lint-ignore weak-test, no-because: known", WEAK], ["unused-suppression 3"]],
    ["without a reason", ["// lint-ignore weak-test", WEAK], ["bad-suppression 3", "weak-test 4"]],
    ["with an empty reason", ["// lint-ignore weak-test: ", WEAK], ["bad-suppression 3", "weak-test 4"]],
    ["without a rule", ["// lint-ignore", WEAK], ["bad-suppression 3", "weak-test 4"]],
    ["of an unknown rule", ["// lint-ignore week-test: why", WEAK], ["bad-suppression 3", "weak-test 4"]],
    ["that silences nothing", ["// lint-ignore weak-test: why", PLAIN], ["unused-suppression 3"]],
    [
      "about one rule only",
      ["// lint-ignore weak-test: why", PLAIN, WEAK],
      ["unused-suppression 3", "weak-test 5"],
    ],
    [
      "above a policy: not for all in it",
      ["// lint-ignore weak-test: why", "policy p {", `  ${WEAK}`, "}"],
      ["unused-suppression 3", "weak-test 5"],
    ],
    ["at the very end", [WEAK, "// lint-ignore weak-test: why"], ["weak-test 3", "unused-suppression 4"]],
  ])("%s", (_name, lines, expected) => {
    expect(lintLines(policy(...lines))).toEqual(expected);
  });

  test("in YAML", () => {
    const yaml = (comment: string): string => `package: a
tools:
  web:
    actions:
      fetch:
        params: { url: string }
rules:
  ${comment}
  - allow: x
    call: web.fetch
    when: url.starts_with("https://a.com")
`;
    const lines = (comment: string): string[] => lintLines(yaml(comment), new Map(), "a.yaml");
    expect(lines("# a note")).toEqual(["weak-test 11"]);
    expect(lines("# lint-ignore weak-test: the server checks again")).toEqual([]);
    expect(lines("# lint-ignore weak-test")).toEqual(["bad-suppression 8", "weak-test 11"]);
  });
});

describe("settings", () => {
  test("change the severity, and switch off", () => {
    const severities = (setting: "off" | "warning" | "error"): string[] =>
      lintText(policy(WEAK), new Map([["weak-test", setting]])).map((each) => each.severity);
    expect(severities("warning")).toEqual(["warning"]);
    expect(severities("off")).toEqual([]);
  });

  test("a rule that is off needs no comment, and the comment is no mistake", () => {
    const text = policy("// lint-ignore weak-test: why", WEAK);
    expect(lintLines(text, new Map([["weak-test", "off"]]))).toEqual([]);
  });
});

test("the library is not linted", () => {
  expect(lintLines("package a\nimport std.tools.{git, http, mail}\nallow x: git.commit\n")).toEqual([]);
});
