// Policies with parameters that stand for groups, labels and places of the call: what their uses decide.
import { describe, expect, it } from "vitest";
import { analyse } from "../pipeline/analyse.ts";
import { SourceFile } from "../source/source-file.ts";
import { NO_INPUTS } from "../testing/resolve-text.ts";
import { engineOf } from "../testing/index.ts";

const KIT = `package kit
policy no_send(tainted: label, sinks: group) {
  deny tainted_send: @sinks when session has tainted
}
policy four_eyes(calls: group, approvers: string, above: decimal, amount: decimal) {
  require approval big: @calls when amount > above by 2 of role "{approvers}"
}
policy ceiling(calls: group, amount: decimal, most: decimal) {
  deny too_much: @calls when amount > most because "{amount} is more than {most}"
}
`;
const POLICY = `package p
import kit
tool bank { pay(sum: decimal, to: string)  order(total: decimal)  look() }
tool web { fetch()  post(text: string) }
group money = bank.pay
group orders = bank.order
group out = web.post
label outside set on call web.fetch per session
label inside set on call bank.look per session
allow all_of_it: *
use kit.no_send(outside, out)
use kit.no_send(inside, orders) as orders
use kit.four_eyes(money, "treasury", 5.00, args.sum)
use kit.ceiling(money, args.sum, 10.00) as money
use kit.ceiling(orders, args.total, 20.00) as orders
`;
const codesOf = (files: Readonly<Record<string, string>>): readonly string[] =>
  analyse(
    Object.entries(files).map(([path, text]) => new SourceFile(path, text)),
    NO_INPUTS,
  ).diagnostics.map((each) => each.code);

describe("parameters that stand for groups, labels and places", () => {
  const engine = engineOf({ "kit.aegis": KIT, "p.aegis": POLICY });
  const ask = (tool: string, action: string, args: object, labels: object = {}) => {
    const { decision, rules, reason } = engine.decide({
      agent: { id: "a" },
      tool,
      action,
      args,
      context: { session: "s" },
      state: { labels: { "p.outside": false, "p.inside": false, ...labels }, counters: {} },
    });
    return [decision, rules.join(" "), reason];
  };

  it.each([
    ["in the bounds of its own use", ask("bank", "pay", { sum: 5, to: "x" }), "allow", "p.all_of_it"],
    ["above what one may do alone", ask("bank", "pay", { sum: 10, to: "x" }), "approval_needed", "p.big"],
    ["above them", ask("bank", "pay", { sum: 11, to: "x" }), "deny", "p.money_too_much"],
    ["another use, another argument", ask("bank", "order", { total: 11 }), "allow", "p.all_of_it"],
    ["above its bound", ask("bank", "order", { total: 21 }), "deny", "p.orders_too_much"],
    ["a label", ask("web", "post", { text: "" }, { "p.outside": true }), "deny", "p.tainted_send"],
    ["the other use's label", ask("web", "post", { text: "" }, { "p.inside": true }), "allow", "p.all_of_it"],
    ["its own", ask("bank", "order", { total: 1 }, { "p.inside": true }), "deny", "p.orders_tainted_send"],
    [
      "one that may be set",
      ask("web", "post", { text: "" }, { "p.outside": "maybe" }),
      "deny",
      "p.tainted_send",
    ],
  ])("%s", (_, [decision, rules], expected, by) => {
    expect([decision, rules]).toEqual([expected, by]);
  });

  it("asks the role that the use names", () => {
    const { obligations } = engine.decide({
      agent: { id: "a" },
      tool: "bank",
      action: "pay",
      args: { sum: 10, to: "x" },
      context: { session: "s" },
      state: { labels: { "p.outside": false, "p.inside": false }, counters: {} },
    });
    expect(obligations).toMatchObject([{ type: "approval", by: [{ role: "treasury", count: 2 }] }]);
  });

  it("shows the place in reasons", () => {
    expect(ask("bank", "pay", { sum: "11.5", to: "x" })[2]).toBe("11.5 is more than 10");
  });

  it.each([
    ["no such group", `use kit.no_send(outside, gone)`, "name/unknown-group"],
    ["a label for a group", `use kit.no_send(outside, inside)`, "name/unknown-group"],
    ["a text for a group", `use kit.no_send(outside, "x")`, "name/unknown-group"],
    ["no such label", `use kit.no_send(gone, out)`, "type/not-a-label"],
    ["a rule for a label", `use kit.no_send(all_of_it, out)`, "type/not-a-label"],
    ["a place of another type", `use kit.ceiling(money, args.to, 1.00)`, "type/mismatch"],
    ["a place that is not there", `use kit.ceiling(money, args.gone, 1.00)`, "type/unknown-argument"],
    ["a role in a place", `use kit.four_eyes(money, args.to, 1.00, args.sum) as f`, "policy/role-parameter"],
    ["a place of a result", `use kit.ceiling(money, result.value, 1.00)`, "type/unreadable-root"],
  ])("refuses %s", (_, use, code) => {
    const [kept = ""] = POLICY.split("use kit");
    const more = `use kit.no_send(inside, money) as more\nuse kit.ceiling(orders, args.total, 1.00) as more\nuse kit.four_eyes(money, "x", 1.00, args.sum)\n`;
    const codes = codesOf({ "kit.aegis": KIT, "p.aegis": `${kept}${more}${use}\n` });
    expect(codes).toEqual([code]);
  });

  it("calls nothing needless that another use may need", () => {
    const kit = `package kit
policy own(calls: group, tenant: string) {
  deny other: @calls unless agent.tenant is present and agent.tenant == tenant
}
`;
    const policy = `package p
import kit
agent { tenant: string }
tool t { x(tenant: string) }
group calls = t.x
allow x: t.x
use kit.own(calls, args.tenant)
`;
    expect(codesOf({ "kit.aegis": kit, "p.aegis": policy })).toEqual([]);
  });

  it("asks nothing of rules whose parameters nothing gives", () => {
    expect(new Set(codesOf({ "kit.aegis": KIT }))).toEqual(new Set(["name/unused-policy"]));
  });
});
