// What the parser makes of files: trees, places, documentation, and one diagnostic for one mistake.
import { describe, expect, test } from "vitest";
import type { Expression } from "../../syntax/expression.ts";
import { SourceFile } from "../../source/source-file.ts";
import { fixtureCheck, parserDiagnostics } from "../../testing/fixture.ts";
import { parseModule } from "./parse.ts";

const check = fixtureCheck(parserDiagnostics);
const parse = (text: string) => {
  const result = parseModule(new SourceFile("test.aegis", text));
  expect(result.diagnostics).toEqual([]);
  return result.module;
};

/** The tree of an expression as fully bracketed text. */
function shape(node: Expression): string {
  switch (node.kind) {
    case "binary":
      return `(${shape(node.left)} ${node.op} ${shape(node.right)})`;
    case "unary":
      return `(${node.op} ${shape(node.of)})`;
    case "is":
      return `(${shape(node.of)} is ${node.what})`;
    case "name":
      return node.text;
    case "number":
      return node.text;
    case "field":
      return `${shape(node.of)}.${node.name.text}`;
    case "call":
      return `${shape(node.callee)}(${node.args.map(shape).join(", ")})`;
    case "if":
      return `(if ${shape(node.condition)} then ${shape(node.then)} else ${shape(node.else)})`;
    case "quantifier":
      return `(${node.op}${node.nonEmpty ? "!" : ""} ${node.variable.text} in ${shape(node.over)}: ${shape(node.body)})`;
    case "has":
      return `(${node.scope} has ${node.label.parts.map((part) => part.text).join(".")}(${node.key.map(shape).join(", ")}))`;
    case "where-present":
      return `${shape(node.of)}?`;
    default:
      return node.kind;
  }
}
const expression = (text: string): string => {
  const item = parse(`package a\nconst x = ${text}`).items[0]!;
  return item.kind === "const" ? shape(item.value) : "no constant";
};

describe("precedence", () => {
  test.each([
    ["a or b and c", "(a or (b and c))"],
    ["a and\n label within (b)", "(a and (label within b))"],
    ["a and\n tool in { b }", "(a and (tool in collection))"],
    ["not a == b and c", "((not (a == b)) and c)"],
    ["not not a", "(not (not a))"],
    ["a else b else c == d", "((a else (b else c)) == d)"],
    ["a + b * c - d", "((a + (b * c)) - d)"],
    ["-a.b + c", "((- a.b) + c)"],
    ["a is present and b is not present", "((a is present) and (b is absent))"],
    ["a not in b or c in d", "((a not in b) or (c in d))"],
    ["any x in xs: x and y or z", "(any x in xs: ((x and y) or z))"],
    ["a and all non-empty x in xs.ys: x", "(a and (all! x in xs.ys: x))"],
    ["if a then b else c else d", "(if a then b else (c else d))"],
    ["if a then (b else c) else d", "(if a then (b else c) else d)"],
    ["if a then if b then c else d else e", "(if a then (if b then c else d) else e)"],
    [
      "session has seen(args.path) and not agent has b.c",
      "((session has seen(args.path)) and (not (agent has b.c())))",
    ],
    ["a where present == b", "(a? == b)"],
    ["args.all(host) within partners", "(args.all(host) within partners)"],
    ["1 + count x in xs: x > 2", "(1 + (count x in xs: (x > 2)))"],
  ])("%s", (text, tree) => {
    expect(expression(text)).toBe(tree);
  });
});

describe("places", () => {
  test("are exact, brackets included", () => {
    const text = "package a\ndeny x: b.c when (args.d or e) and f(1)";
    const rule = parse(text).items[0]!;
    if (rule.kind !== "rule" || rule.when?.kind !== "binary") throw new Error("not the tree");
    const slice = (span: { start: number; end: number }) => text.slice(span.start, span.end);
    expect(slice(rule.span)).toBe("deny x: b.c when (args.d or e) and f(1)");
    expect(slice(rule.selector.span)).toBe("b.c");
    expect(slice(rule.when.span)).toBe("(args.d or e) and f(1)");
    expect(slice(rule.when.opSpan)).toBe("and");
    expect(slice(rule.when.left.span)).toBe("args.d or e");
    expect(slice(rule.when.right.span)).toBe("f(1)");
  });
  test("of placeholders point into the text", () => {
    const text = 'package a\ndeny x: b.c because "n\\u{e9} {args.h[\\"k\\"]} {d}"';
    const rule = parse(text).items[0]!;
    if (rule.kind !== "rule") throw new Error("not a rule");
    const values = rule.because!.parts.flatMap((part) =>
      part.kind === "value" ? [part.expression.span] : [],
    );
    expect(values.map((span) => text.slice(span.start, span.end))).toEqual(['args.h[\\"k\\"]', "d"]);
    expect(rule.because!.parts[0]).toEqual({ kind: "text", text: "né " });
  });
});

describe("documentation", () => {
  test("belongs to the declaration, action or field below it; behind code it is a comment", () => {
    const module = parse(
      [
        "/// The module.",
        "package a",
        "/// The tool,",
        "/// in two lines.",
        '@owner("x")',
        "tool t {",
        "  /// The action.",
        "  run(",
        "    /// The field.",
        "    a: string, /// not documentation",
        "    b: int)",
        "}",
        "//// neither",
        "const c = 1",
      ].join("\n"),
    );
    expect(module.doc).toBe("The module.");
    const [tool, constant] = module.items;
    if (tool?.kind !== "tool") throw new Error("not a tool");
    expect(tool.doc).toBe("The tool,\nin two lines.");
    expect(tool.actions[0]!.doc).toBe("The action.");
    expect(tool.actions[0]!.params.map((each) => each.doc)).toEqual(["The field.", null]);
    expect(constant!.doc).toBeNull();
    expect(module.comments).toHaveLength(7);
  });
});

describe("words of the language are names where no other meaning is possible", () => {
  test("arguments, labels, rules, actions, enums and constants", () => {
    parse(
      [
        "package set.list.map",
        "enum allow { deny, any, all }",
        "const data = 1",
        "const key = data + to + by",
        "tool tool { tool(tool: string, any: int, in: bool, when: time, result: json) }",
        "label label(key: string) set on call tool.tool key args.key for each each in args.all per session",
        "limit limit: tool.tool to per sum args.sum per agent, args.per over 1d",
        "deny deny: tool.tool, group.rule when args.when == args.in and args.result.ok unless key in args.unless",
        "fn fn(within: int): int = within + under",
      ].join("\n"),
    );
  });
});

describe("one mistake gives one diagnostic, and what follows is read", () => {
  test("in declarations and rules", () => {
    check(`
      package a.b
      alow x: git.push      //~ syntax/unknown-word did you mean \`allow\`?
    `);
    check(`
      package a
      deny git.push when args.force
        // ^^^ syntax/missing-rule-name write \`deny some_name: …\`
      deny y git.push
          // ^^^ syntax/expected \`:\` after the rule's name
      const z = (1 + 2     //~ syntax/expected \`)\`
      const ok = 1
      limit m: mail.send to 3   //~ syntax/expected \`per session\`
      type T = list<int         //~ syntax/expected \`>\`
      import std.{a b}
                 // ^ syntax/expected \`,\` or \`}\`
      fn f(a: int) = 1
                // ^ syntax/expected \`:\` and the type
    `);
  });

  test("where fields are listed in full", () => {
    check(`
      package a
      label seen(key: string, ...) set on call b.c key args.d per session  //~ syntax/expected a key: a label lists all of them
      policy p(n: int, ...) { }       //~ syntax/expected a parameter: a policy lists all of them
      fn f(n: int, ...): int = 1      //~ syntax/expected a parameter: a function lists all of them
      agent { n: int, ... }           //~ syntax/expected a field: attributes are listed in full
    `);
  });

  test("in policies: the other rules stay", () => {
    const source = `
      package a
      policy p {
        allow one: a.b
        alow two: a.b          //~ syntax/unknown-word did you mean
        allow three a.b
                 // ^ syntax/expected
        deny four: a.b when args.x ==      //~ syntax/expected an expression
        deny five: a.b when args.x in { "a" "b" }
                                         // ^^^ syntax/expected
        deny six: a.b when args.x in { "a", "b"    //~ syntax/expected
        deny seven: a.b when args.x =
          "y" and args.z               // fine again
        allow eight: a.b
      }
      const after = 1
    `.replace("args.x =\n", "args.x = //~ syntax/wrong-operator is written `==`\n");
    check(source);
    const { module } = parseModule(new SourceFile("t", source));
    const policy = module.items[0]!;
    expect(policy.kind === "policy" && policy.rules.map((rule) => rule.name.text)).toEqual([
      "one",
      "seven",
      "eight",
    ]);
    expect(module.items[1]!.kind).toBe("const");
  });

  test("in tests", () => {
    check(`
      package a
      test "t" {
        step a.b { x: 1 } expect alow
                              // ^^^^ syntax/expected a decision
        stp a.b {}                    //~ syntax/unknown-word did you mean \`step\`?
        step a.b { x: } expect deny   //~ syntax/expected a value as in JSON
        step a.b {} expect deny
        given counter c               //~ syntax/expected \`=\`
      }
    `);
  });

  test("a forgotten brace does not swallow the rest of the file", () => {
    const { module, diagnostics } = parseModule(
      new SourceFile("t", 'package a\npolicy p {\n  allow x: a.b\ntest "t" { step a.b {} }\npolicy q { }\n'),
    );
    expect(diagnostics.map((each) => each.code)).toEqual(["syntax/unclosed"]);
    expect(module.items.map((item) => item.kind)).toEqual(["policy", "test", "policy"]);
  });

  test("habits of other languages", () => {
    check(`
      package a
      deny x: b.c when args.d && args.e
                           // ^^ syntax/wrong-operator
      deny y: b.c when !args.d
                    // ^ syntax/wrong-operator
      deny z: b.c when args.d === 'x'   //~ syntax/wrong-operator
                               // ^^^ syntax/single-quotes
      const n = 10MB
             // ^^^^ syntax/bad-number
      const m = 3;
              // ^ syntax/needless-semicolon
    `);
  });

  test("invisible characters, and nothing that follows from them on the line", () => {
    const { diagnostics } = parseModule(
      new SourceFile(
        "t",
        'package a\nal\u200blow x: b.c // \u202e\nconst y = "\u00ad"\nconst `n\u2066m` = 1\n',
      ),
    );
    expect(diagnostics.map((each) => [each.code, each.span.start])).toEqual([
      ["syntax/invisible-character", 12],
      ["syntax/invisible-character", 27],
      ["syntax/invisible-character", 40],
      ["syntax/invisible-character", 51],
    ]);
  });
  test("a byte order mark at the start is let through", () => {
    expect(parse("\ufeffpackage a").package?.parts[0]?.text).toBe("a");
  });
});
