// The short way past the search: where it says that conditions may come out either way, the search finds so too.
import fc from "fast-check";
import { expect, it } from "vitest";
import { analyse } from "../../pipeline/analyse.ts";
import { NO_INPUTS } from "../../resolver/no-inputs.ts";
import { SourceFile } from "../../source/source-file.ts";
import { walkExpression } from "../../syntax/expression-children.ts";
import type { Literal } from "./satisfiable.ts";
import { digestOf } from "./digest.ts";
import { expressionKey } from "./expression-key.ts";
import { Numbering } from "./numbering.ts";
import { Outlines } from "./outline.ts";
import { satisfiable } from "./satisfiable.ts";

/** The `when` of a rule, as it was checked. */
function conditionOf(when: string): Omit<Literal, "holds"> {
  const text = `package p
enum E { a, b }
enum One { a }
agent { clearance: int in 0..5 }
tool t { x(s: string, n: int, small: int in 1..3, flag: bool, e: E, one: One, o: string?, d: decimal) }
allow r: t.x when ${when}
`;
  const { checked, diagnostics } = analyse([new SourceFile("p.aegis", text)], NO_INPUTS);
  const rule = checked?.rules[0];
  const [group] = rule?.groups ?? [];
  const node = rule?.declaration.when;
  if (group === undefined || node === undefined || node === null)
    throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return { node, types: group.types };
}

const condition = fc.letrec<{ all: string; atom: string }>((tie) => ({
  atom: fc.constantFrom(
    ...[
      'args.s == "x"',
      'args.s != "y"',
      'args.s in { "x", "y" }',
      'args.s.starts_with("x")',
      "args.n > 3",
      "args.n <= 3",
    ],
    ...[
      "args.n == 9007199254740991",
      "args.small < 4",
      "args.small == 2",
      "args.small in { 1, 2, 3 }",
      "args.flag",
      "args.d > 0.5",
    ],
    ...[
      "not args.flag",
      "args.flag == true",
      "args.e == a",
      "args.e in { a, b }",
      "args.one == a",
      "args.s == args.e",
    ],
    ...[
      'args.o == "x"',
      "args.o is present",
      'args.s matches re"^x"',
      'args.s < "m"',
      "true",
      "agent.id == args.s",
    ],
  ),
  all: fc.oneof(
    { maxDepth: 3 },
    tie("atom"),
    fc.tuple(tie("all"), fc.constantFrom("and", "or"), tie("all")).map(([a, op, b]) => `(${a} ${op} ${b})`),
    tie("all").map((each) => `not (${each})`),
  ),
})).all;

it("says nothing that the search would not say", () => {
  let short = 0;
  fc.assert(
    fc.property(condition, (when) => {
      const { node, types } = conditionOf(when);
      if (!new Outlines().of(node, types).free) return;
      short += 1;
      expect([true, false].map((holds) => satisfiable([{ node, types, holds }]))).toEqual([true, true]);
    }),
    { numRuns: 400 },
  );
  expect(short).toBeGreaterThan(30);
});

it.each([
  ["one place in each condition", 'args.s == "x" and args.n > 3 and (args.flag or args.e == a)', true],
  ["a place twice", "args.n > 3 and args.n < 9", false],
  ["a bound that the type has", "args.small < 4", false],
  ["all members of an enum", "args.e in { a, b }", false],
  ["the last of the integers", "args.n > 9007199254740991", false],
])("%s", (_, when, expected) => {
  const { node, types } = conditionOf(when);
  expect(new Outlines().of(node, types).free).toBe(expected);
});

it("gives expressions with one key one digest, and hardly any others", () => {
  let [keys, digests] = [0, 0];
  fc.assert(
    fc.property(condition, condition, (one, other) => {
      const { node, types } = conditionOf(`((${one}) and (${other})) or ((${other}) and (${one}))`);
      const texts = new Numbering();
      const known = new Map<string, number>();
      for (const each of walkExpression(node)) {
        const key = expressionKey(each, types);
        if (key === null) continue;
        const digest = digestOf(each, types, texts);
        expect(known.get(key) ?? digest).toBe(digest);
        known.set(key, digest);
      }
      keys += known.size;
      digests += new Set(known.values()).size;
    }),
    { numRuns: 100 },
  );
  expect(digests).toBeGreaterThan(keys * 0.8);
});
