// Narrowing of optionals, and restrictions that absence would switch off.
import { describe, expect, test } from "vitest";
import { checkSource } from "./testing/check-source.ts";

const TOOLS = `package p
tool t {
  go(branch: git_ref?, force: bool?, n: int?, opts: { dry: bool?, name: string, inner: { deep: int }? }?,
     meta: map<string, string>?, items: list<{ note: string?, n: int }>, body: json, title: string)
  get(title: string): { size: int, note: string? }
  list(): { xs: list<{ to: string }> }
}
type Values = { privileged: bool, ... }
`;
const codes = (rule: string): readonly string[] => checkSource(`${TOOLS}${rule}`).codes;
const allow = (condition: string): readonly string[] => codes(`allow r: t.go when ${condition}`);
const deny = (condition: string): readonly string[] => codes(`deny r: t.go when ${condition}`);

describe("an optional is read only where it is there", () => {
  test.each([
    `args.branch is present and args.branch == "main"`,
    `args.branch is absent or args.branch == "main"`,
    `not (args.branch is absent) and args.branch == "main"`,
    `not (args.branch is absent or args.branch == "main")`,
    `if args.branch is present then args.branch == "main" else false`,
    `if args.branch is absent then true else args.branch == "main"`,
    `(args.branch is present and args.n is present) and (args.branch == "main" or args.n == 1)`,
    `(args.branch is present and args.title == "a" or args.branch is present and args.title == "b") and args.branch == "main"`,
    `args.branch where present == "main" and args.branch.starts_with("m")`,
    `args.branch where present.starts_with("release/")`,
    `(args.branch else "main") == "main"`,
    `args.force else false`,
    `args.force where present`,
    `args.opts is present and args.opts.name == "x"`,
    `args.opts.name is present and args.opts.name == "x" and args.opts.dry is absent`,
    `(args.opts.dry else true)`,
    `args.opts.inner.deep is present and args.opts.inner.deep > 3 and args.opts.name == "x"`,
    `args.meta["k"] is present and args.meta["k"] == "v"`,
    `(args.meta["k"] else "") == "v"`,
    `any item in args.items: item.note is present and item.note == "x"`,
    `(args.body as Values) is present and (args.body as Values).privileged`,
    `any item in args.items: item.n == 1 and (item.note else "") == "x"`,
  ])("%s", (condition) => {
    expect(allow(condition)).toEqual([]);
  });

  test.each([
    `args.branch == "main"`,
    `args.branch is present or args.branch == "main"`,
    `args.branch is absent and args.branch == "main"`,
    `(args.branch is present and args.title == "a" or args.title == "b") and args.branch == "main"`,
    `args.force`,
    `not args.force`,
    `args.opts.name == "x"`,
    `args.opts is present and args.opts.dry`,
    `args.opts is present and args.opts.inner.deep > 3`,
    `args.meta["k"] == "v"`,
    `args.meta["k"] is present and args.meta["l"] == "v"`,
    `any item in args.items: item.note == "x"`,
    `(any item in args.items: item.note is present) and (any item in args.items: item.note == "x")`,
    `(args.body as Values).privileged`,
    `if args.branch is present then true else args.branch == "main"`,
  ])("not in %s", (condition) => {
    expect(allow(condition)).toEqual(["type/optional"]);
  });
});

describe("a restriction is not switched off by leaving an argument out", () => {
  test.each([
    `args.branch is present and args.branch == "main"`,
    `args.branch is present and (args.branch == "main" or args.title == "x")`,
    `not (args.branch is absent or args.branch != "main")`,
    `args.title == "x" and args.branch is present and args.branch == "main"`,
    `args.opts is present and args.opts.name == "x"`,
    `args.opts.name is present and args.opts.name == "x"`,
  ])("%s", (condition) => {
    expect(deny(condition)).toEqual(["policy/absent-skips"]);
    expect(allow(condition)).toEqual([]);
  });

  test.each([
    `args.branch is present`,
    `args.branch where present == "main"`,
    `args.branch is absent or args.branch == "main"`,
    `(args.branch else "main") == "main"`,
    `args.title == "x" or (args.branch is present and args.branch == "main")`,
    `args.meta["k"] is present and args.meta["k"] == "v"`,
    `if args.branch is present then args.branch == "main" else false`,
  ])("but %s says so", (condition) => {
    expect(deny(condition)).toEqual([]);
  });

  test("nor is what is absent redacted", () => {
    const rule = `sanitize r: t.go when args.opts.name is present and args.opts.name matches re"x+" redact args.opts.name with mask`;
    expect(codes(rule)).toEqual([]);
  });

  test("in `unless` absence restricts", () => {
    expect(codes(`deny r: t.go unless args.branch is present and args.branch == "dev"`)).toEqual([]);
  });
});

describe("a result", () => {
  test.each([
    [`withhold r: t.get when result.status == ok and result.value.size > 3`, []],
    [`withhold r: t.get when result.status != ok or result.value.size > 3`, []],
    [`withhold r: t.get when result.value.size > 3`, ["type/optional"]],
    [`withhold r: t.get when result.status == error and result.value.size > 3`, ["type/optional"]],
    [`withhold r: t.get when result.status == ok and result.value.note == "x"`, ["type/optional"]],
    [`withhold r: t.get when result.status == okay`, ["type/unknown-name"]],
    [`allow r: t.get when result.status == ok`, ["policy/result-effect"]],
    [`label l set on result t.get when result.status == ok and result.value.size > 3 per session`, []],
    [
      `label l(k: string) set on result t.list key x.to for each x in result.value.xs when result.status == ok per session`,
      [],
    ],
    [
      `label l(k: string) set on result t.list key x.to for each x in result.value.xs when result.status == ok and x.to != "me" per session`,
      [],
    ],
    [
      `label l(k: string) set on result t.list key x.to for each x in result.value.xs when x.to != "me" and result.status == ok per session`,
      [],
    ],
    [
      `label l(k: string) set on result t.list key x.to for each x in result.value.xs when x.to != "me" or result.status == ok per session`,
      ["type/optional"],
    ],
    [
      `label l(k: string) set on result t.list key x.to for each x in result.value.xs per session`,
      ["type/optional"],
    ],
  ])("%s", (rule, expected) => {
    expect(codes(rule)).toEqual(expected);
  });
});

describe("`result` is the member of an enum where a member stands", () => {
  test.each([
    [`deny r: t.get unless origin(args.title) within { prompt, result }`, []],
    [`deny r: t.get when origin(args.title) within { result }`, []],
    [`deny r: t.get when result in origin(args.title)`, []],
    [`deny r: t.get when any o in origin(args.title): o == result`, []],
    [
      `fn strange(o: set<Origin>): bool = not (o within { prompt, result })\ndeny r: t.get when strange(origin(args.title))`,
      [],
    ],
    [`withhold r: t.get when result.status == ok and result in origin(args.title)`, []],
    [`withhold r: t.get when result matches re"secret"`, []],
    [`deny r: t.get when args in origin(args.title)`, ["type/operands"]],
    [`deny r: t.get when result == "x"`, ["type/unreadable-root"]],
    [`deny r: t.get when args.title in { result }`, ["type/unreadable-root"]],
  ])("%s", (rule, expected) => {
    expect(codes(rule)).toEqual(expected);
  });
});

test("a `for` proves for its rules", () => {
  const tenant = `package p
tool t { go(tenant: string) }
policy x for agent.tenant is present { deny other: t.go when args.tenant != agent.tenant }`;
  expect(checkSource(tenant).codes).toEqual([]);
  expect(checkSource(tenant.replace("for agent.tenant is present ", "")).codes).toEqual(["type/optional"]);
});
