// Tests of packages, imports and names.
import { describe, expect, test } from "vitest";
import { resolveTexts } from "../testing/resolve-text.ts";

const told = (texts: string | Record<string, string>) => resolveTexts(texts).told;

describe("packages", () => {
  test("std belongs to the library", () => {
    expect(told("package std.mine\nconst a = 1")).toEqual(["name/std-package at std.mine"]);
    expect(told("package std\nconst a = 1")).toEqual(["name/std-package at std"]);
    // Its names are not compared with those of the library's module.
    const user = "package p\nimport std.flow\nimport std.tools.http\ndeny a: @flow.egress";
    expect(told({ "flow.aegis": "package std.flow\ngroup egress = *", "p.aegis": user })).toEqual([
      "name/std-package at std.flow",
    ]);
  });

  test("a package and a tool may have one name: what follows tells them apart", () => {
    const imports = ["import std.git", "import std.tools.{git}"];
    for (const written of [imports, imports.toReversed()])
      expect(
        told(`package p\n${written.join("\n")}\nallow a: git.push when args.branch in git.main`),
      ).toEqual([]);
    expect(
      told("package p\nimport std.git\ntool git { x() }\nallow a: git.x when 1 == 1\ndeny b: git.x"),
    ).not.toContain("name/duplicate at git");
    expect(
      told("package p\nimport std.git\nconst git = 1\nimport std.tools.http\nallow a: http.*"),
    ).toContain("name/duplicate at git");
  });

  test("reserved last parts", () => {
    for (const last of ["decision", "visible", "advance", "view", "data"])
      expect(told(`package acme.${last}`)).toEqual([`name/reserved-package at ${last}`]);
    expect(told("package data.acme")).toEqual([]);
  });

  test("guard in every file of a package or in none", () => {
    expect(told({ "a.aegis": "guard package a", "b.aegis": "package a" })).toEqual(["name/mixed-guard at a"]);
  });

  test("a guard package holds no allow, not through `use` either", () => {
    expect(
      told("guard package a\nimport std.tools.{git}\nallow x: git.push\npolicy p { allow y: git.push }"),
    ).toEqual(["name/guard-allow at x", "name/guard-allow at y"]);
    expect(
      told({
        "a.aegis": "package a\nimport std.tools.{git}\npolicy p(r: string) { allow y: git.push }",
        "b.aegis": 'guard package b\nimport a\nuse a.p("x")',
      }),
    ).toEqual(["name/guard-allow at a.p"]);
  });
});

test("the order of files changes nothing", () => {
  const files: readonly [string, string][] = [
    [
      "a.aegis",
      "package a\nimport std.tools.{git}\nallow x: git.push\ndeny x: git.push\ncontext { t: string }",
    ],
    ["b.aegis", "package a\nimport std.tools.{git, http}\ndeny x: http.get\ncontext { t: int }"],
    ["c.aegis", "package c\nimport a\nenum E { u }\nagent { e: E }"],
  ];
  const there = resolveTexts(Object.fromEntries(files));
  const back = resolveTexts(Object.fromEntries([...files].reverse()));
  expect(back.diagnostics).toEqual(there.diagnostics);
  expect(back.program.actions).toEqual(there.program.actions);
  expect(back.program.agent).toEqual(there.program.agent);
  expect(back.program.rules.map((rule) => rule.id)).toEqual(there.program.rules.map((rule) => rule.id));
});

describe("duplicates", () => {
  test("values of a package, over its files", () => {
    const { diagnostics, told } = resolveTexts({
      "a.aegis": "package p\nconst x = 1",
      "b.aegis": "package p\ntype x = int",
    });
    expect(told).toEqual(["name/duplicate at x"]);
    expect(diagnostics[0]?.related?.[0]?.span.file).toBe("a.aegis");
  });

  test("rules, labels and limits share the space of ids", () => {
    const head = "package p\nimport std.tools.{git}\n";
    expect(told(`${head}allow x: git.push\ndeny x: git.commit`)).toEqual(["name/duplicate-rule at x"]);
    expect(told(`${head}policy a { deny x: git.push }\npolicy b { deny x: git.push }`)).toEqual([
      "name/duplicate-rule at x",
    ]);
    expect(told(`${head}label x set on call git.push per session\ndeny x: git.push`)).toEqual([
      "name/duplicate-rule at x",
    ]);
    expect(
      told(`${head}limit x: git.push to 3 per session\nlabel x set on call git.push per session`),
    ).toEqual(["name/duplicate at x"]);
  });

  test("a rule may have the name of a tool, a group that of a policy", () => {
    expect(
      told(
        "package p\nimport std.tools.{git}\nallow git: git.push\ngroup g = git.*\npolicy g { deny d: @g }",
      ),
    ).toEqual([]);
  });

  test("fields, members, actions", () => {
    expect(told("package p\nenum E { a, b, a }")).toEqual(["name/duplicate at a"]);
    expect(told("package p\nagent { team: string, team: string }")).toEqual(["name/duplicate at team"]);
    expect(told("package p\ntool t { a() a() }")).toEqual(["name/duplicate at a"]);
    expect(told("package p\ntool t { a(x: int, x: int) }")).toEqual(["name/duplicate at x"]);
  });

  test("words of the language are taken", () => {
    expect(told("package p\nenum url { a }")).toEqual(["name/reserved at url"]);
    expect(told("package p\nfact origin(url): bool")).toEqual(["name/reserved at origin"]);
  });
});

describe("imports", () => {
  test("packages and names of other files", () => {
    const { told, program } = resolveTexts({
      "a.aegis": "package acme.base\nenum Env { dev, prod }\nconst _secret = 1",
      "b.aegis":
        "package b\nimport acme.base\nimport acme.base.{Env}\ncontext { a: Env, b: base.Env, c: acme.base.Env }",
    });
    expect(told).toEqual([]);
    const [, b] = program.modules;
    expect(b?.lookup("Env")?.kind).toBe("enum");
    expect(b?.lookup("base")).toEqual({ kind: "package", package: "acme.base" });
    expect(b?.lookup("acme.base")).toEqual({ kind: "package", package: "acme.base" });
    expect(b?.lookup("_secret")).toBeUndefined();
  });

  test("only what is imported is visible", () => {
    expect(
      told({ "a.aegis": "package a\nenum Env { dev }", "b.aegis": "package b\ncontext { e: Env }" }),
    ).toEqual(["name/unknown-type at Env"]);
    expect(
      told({ "a.aegis": "package a\nenum Env { dev }", "b.aegis": "package b\ncontext { e: a.Env }" }),
    ).toEqual(["name/unknown-type at a.Env"]);
  });

  test("unknown packages and names, with the nearest", () => {
    const unknown = resolveTexts("package p\nimport std.secrts");
    expect(unknown.told).toEqual(["name/unknown-package at std.secrts"]);
    expect(unknown.diagnostics[0]?.help).toBe("did you mean `std.secrets`?");
    const name = resolveTexts("package p\nimport std.tools.{gti}");
    expect(name.told).toEqual(["name/unknown-import at gti"]);
    expect(name.diagnostics[0]?.help).toBe("did you mean `git`?");
  });

  test("what a failed import would bring is not told again", () => {
    expect(
      told(
        "package p\nimport std.tols.{git, T}\nimport std.secrts\ncontext { t: T, u: secrts.U }\npattern q = secrts.x\ndeny a: git.push, @T",
      ),
    ).toEqual(["name/unknown-package at std.tols", "name/unknown-package at std.secrts"]);
  });

  test("private names stay in their package", () => {
    const files = { "a.aegis": "package a\nenum _E { x }", "b.aegis": "package b\nimport a.{_E}" };
    expect(told(files)).toEqual(["name/private at _E"]);
    expect(
      told({ "a.aegis": "package a\nenum _E { x }", "b.aegis": "package a\ncontext { e: _E }" }),
    ).toEqual([]);
  });

  test("circles, once each", () => {
    expect(
      told({
        "a.aegis": "package a\nimport b\ncontext { x: b.T }\ntype U = int",
        "b.aegis": "package b\nimport a\ncontext { y: a.U }\ntype T = int",
      }),
    ).toEqual(["name/import-cycle at a"]);
    expect(told("package a\nimport a\ntype T = int\ncontext { y: a.T }")).toEqual(["name/import-cycle at a"]);
  });

  test("unused ones are warned of", () => {
    expect(told("package p\nimport std.secrets\nimport std.tools.{git, http}\nallow a: git.push")).toEqual([
      "name/unused-import at secrets",
      "name/unused-import at http",
    ]);
    expect(told("package p\nimport std.tools.{git, http}\nallow a: *")).toEqual([]);
    expect(told("package p\nimport std.tools\nallow a: tools.git.push")).toEqual([]);
  });

  test("a name that is taken", () => {
    expect(told('package p\nimport std.tools.{git}\ntool git as "g" { a() }\nallow x: git.push')).toContain(
      "name/duplicate at git",
    );
  });

  test("`as` and `on` where they make no sense", () => {
    expect(told("package p\nimport std.tools.{git, http} as x\nallow a: git.push, http.get")).toEqual([
      "name/import-alias at x",
    ]);
    expect(told('package p\nimport std.secrets on "x"\npattern q = secrets.aws')).toEqual([
      'name/bind-not-tool at "x"',
    ]);
  });
});

describe("policies with parameters", () => {
  const policy =
    "package p\nimport std.tools.{git}\npolicy w(repo: string) { allow r: git.push when args.repo == repo }\n";

  test("`use` makes rules, under an alias too", () => {
    const { program, told } = resolveTexts(`${policy}use w("a")\nuse w("b") as b`);
    expect(told).toEqual([]);
    expect(program.rules.map((rule) => rule.id)).toEqual(["p.r", "p.b_r"]);
    expect(program.rules[0]?.useModule).toBe(program.modules[0]);
  });

  test("the same id twice", () => {
    expect(told(`${policy}use w("a")\nuse w("b")`)).toEqual(["name/duplicate-rule at w"]);
    expect(told(`${policy}use w("a")\ndeny r: git.push`)).toEqual(["name/duplicate-rule at w"]);
  });

  test("mistakes in `use`", () => {
    expect(told(`${policy}use w("a", "b")`)).toEqual(['name/use-arguments at use w("a", "b")']);
    expect(told(`${policy}use v("a")\nuse w("a")`)).toEqual(["name/unknown-policy at v"]);
    expect(told(policy)).toEqual(["name/unused-policy at w"]);
    expect(told("package p\nimport std.tools.{git}\npolicy w { allow r: git.push }\nuse w()")).toEqual([
      "name/policy-without-parameters at w",
    ]);
  });
});

test("annotations", () => {
  const rule = "package p\nimport std.tools.{git}\n";
  expect(
    told(`${rule}@owner("a")\n@waivable\n@review(every: 180d)\n@severity("high")\ndeny r: git.push`),
  ).toEqual([]);
  expect(told(`${rule}@ownr("a")\ndeny r: git.push`)).toEqual(["name/unknown-annotation at ownr"]);
  expect(told(`${rule}@owner\ndeny r: git.push`)).toEqual(["name/annotation-arguments at @owner"]);
  expect(told(`${rule}@severity("huge")\ndeny r: git.push`)).toEqual([
    'name/annotation-arguments at @severity("huge")',
  ]);
});
