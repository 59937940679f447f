// What the checker hands on: groups of actions, meanings, gathered places, redactions, bindings.
import { describe, expect, test } from "vitest";
import { walkExpression } from "../syntax/expression-children.ts";
import { checkSource } from "./testing/check-source.ts";
import type { CheckedProgram, CheckedRule, ExpressionInfo } from "./checked-program.ts";

const TOOLS = `package p
tool http {
  get(url: url, headers: headers?)
  post(url: url, headers: headers?, body: string)
}
tool mail {
  send(to: list<email>, cc: list<email>?, link: url?, sender: { address: email, name: string }, extra: map<string, url>, raw: json)
  list(limit: int?)
}
`;
function program(rules: string): CheckedProgram {
  const { program: checked, codes } = checkSource(TOOLS + rules);
  expect(codes).toEqual([]);
  return checked;
}
const ruleOf = (checked: CheckedProgram, id: string): CheckedRule =>
  checked.rules.find((each) => each.id === id)!;
const actionNames = (checked: CheckedProgram, rule: CheckedRule): readonly (readonly string[])[] =>
  rule.groups.map((group) =>
    group.actions.map((index) => `${checked.actions[index]!.tool}.${checked.actions[index]!.action}`),
  );
function infos(rule: CheckedRule): readonly ExpressionInfo[] {
  const { when } = rule.declaration;
  const [group] = rule.groups;
  return when === null ? [] : [...walkExpression(when)].flatMap((node) => group!.types.get(node) ?? []);
}

describe("groups", () => {
  test("actions that read alike are checked together", () => {
    const checked = program(`deny r: http.*, mail.send when agent.id == "x"`);
    expect(actionNames(checked, ruleOf(checked, "p.r"))).toEqual([["http.get", "http.post", "mail.send"]]);
  });

  test("having selects when the policy is compiled", () => {
    const checked = program(`deny a: * having args.url when args.url.scheme == "http"
deny b: * having args.body: string when args.body == "x"`);
    expect(actionNames(checked, ruleOf(checked, "p.a"))).toEqual([["http.get", "http.post"]]);
    expect(actionNames(checked, ruleOf(checked, "p.b"))).toEqual([["http.post"]]);
  });

  test("a mistake names the action in which it is one", () => {
    const { diagnostics } = checkSource(`${TOOLS}deny r: http.* when args.body == "x"`);
    expect(diagnostics.map((each) => [each.code, each.message])).toEqual([
      ["type/unknown-argument", "`http.get` has no argument `body`"],
    ]);
  });
});

describe("args.all", () => {
  test("gathers hosts of urls and addresses wherever they stand", () => {
    const checked = program(`deny r: mail.send unless args.all(host) within { "example.com" }`);
    const rule = ruleOf(checked, "p.r");
    const unless = rule.declaration.unless!;
    const meaning = [...walkExpression(unless)].flatMap((node) => {
      const found = rule.groups[0]!.types.get(node)?.meaning;
      return found?.kind === "gather" ? [found] : [];
    });
    expect(meaning[0]!.places).toEqual([
      { path: ["to", { each: true }], part: "domain" },
      { path: ["cc", { each: true }], part: "domain" },
      { path: ["link"], part: "host" },
      { path: ["sender", "address"], part: "domain" },
      { path: ["extra", { each: true }], part: "host" },
    ]);
  });

  test("gathers addresses with copies and nested records", () => {
    const checked = program(`deny r: mail.send when any a in args.all(email): a.domain == "evil.example"`);
    const places = infos(ruleOf(checked, "p.r")).flatMap(({ meaning }) =>
      meaning?.kind === "gather"
        ? meaning.places.map((place) =>
            place.path.map((step) => (typeof step === "string" ? step : "*")).join("."),
          )
        : [],
    );
    expect(places).toEqual(["to.*", "cc.*", "sender.address"]);
  });
});

describe("redactions", () => {
  test("everything is every text, member of text and json", () => {
    const checked = program(`sanitize r: mail.send redact args.** with mask`);
    expect(ruleOf(checked, "p.r").redactions[0]!.map((each) => each.path)).toEqual([
      "/args/sender/name",
      "/args/raw",
    ]);
  });

  test("headers are named in lower case, and actions without the place are left out", () => {
    const checked = program(
      `sanitize r: http.* redact args.headers["Authorization"] with remove, args.body matching re"k+" with hash`,
    );
    const rule = ruleOf(checked, "p.r");
    expect(rule.redactions.map((group) => group.map((each) => [each.path, each.with]))).toEqual([
      [["/args/headers/authorization", "remove"]],
      [
        ["/args/headers/authorization", "remove"],
        ["/args/body", "hash"],
      ],
    ]);
    expect(rule.redactions[1]![1]!.matching).toEqual({ name: "k+", pattern: "k+" });
  });
});

describe("policies with parameters", () => {
  const source = `policy writer(host: host, most: int = 3) for agent.id == "w" {
  allow posts: http.post when args.url.host == host
  deny long: http.post when args.body.length() > most
}
use writer("a.example") as a
use writer("b.example", 7) as b for "x" in agent.roles
`;
  test("each use makes its rules, with its values", () => {
    const checked = program(source);
    expect(checked.rules.map((rule) => [rule.id, [...rule.bindings], rule.scopes.length])).toEqual([
      [
        "p.a_posts",
        [
          ["host", "a.example"],
          ["most", 3],
        ],
        1,
      ],
      [
        "p.a_long",
        [
          ["host", "a.example"],
          ["most", 3],
        ],
        1,
      ],
      [
        "p.b_posts",
        [
          ["host", "b.example"],
          ["most", 7],
        ],
        2,
      ],
      [
        "p.b_long",
        [
          ["host", "b.example"],
          ["most", 7],
        ],
        2,
      ],
    ]);
  });

  test("an argument has the type of its parameter", () => {
    expect(checkSource(`${TOOLS}${source.replace(`"b.example", 7`, `"b.example", "7"`)}`).codes).toEqual([
      "type/literal",
    ]);
  });
});

describe("limits", () => {
  test("summed arguments are refused when negative", () => {
    const { program: checked } = checkSource(`package p
tool bank { pay(amount: decimal, tip: decimal in -5..5): { cost: decimal } }
limit spend: bank.pay to 50 sum args.amount settle result.value.cost per agent, args.tip over 24h`);
    const [limit] = checked.limits;
    expect([limit!.id, limit!.type, limit!.key]).toEqual([
      "p.spend",
      "decimal",
      [{ kind: "decimal", min: -5_000_000, max: 5_000_000 }],
    ]);
    expect(checked.actions[0]!.params[0]!.type).toEqual({ kind: "decimal", min: 0 });
  });
});

describe("labels", () => {
  test("rules and keys of transitions are found", () => {
    const { program: checked, codes } = checkSource(`${TOOLS}
require approval ask: mail.send when args.link where present.scheme == "http"
label asked set on approval ask per session
label known(address: email) set on call mail.send key a for each a in args.to per agent max 10
allow m: mail.send when (session has asked) and (all non-empty a in args.to: agent has known(a))`);
    expect(codes).toEqual([]);
    expect(checked.labels.map((label) => [label.id, label.max, label.transitions[0]!.rules])).toEqual([
      ["p.asked", 1000, ["p.ask"]],
      ["p.known", 10, null],
    ]);
  });
});

test("constants are sorted, without duplicates, and typed by their place", () => {
  const checked = program(`const hosts: set<host> = { "b.example", "a.example", "b.example" }
deny r: http.get when args.url.host in hosts`);
  const constant = infos(ruleOf(checked, "p.r")).find((each) => Array.isArray(each.constant));
  expect(constant).toMatchObject({
    type: { kind: "set", of: { kind: "parsed", name: "host" } },
    constant: ["a.example", "b.example"],
  });
});
