// Conditions in the language's own text, over the tools of `source.ts`: well-typed by construction, told apart by polarity.
import type { Random } from "../random-ir/random.ts";

const STRINGS = ['"main"', '"a"', '"release/"', '""', '"é"', '"__proto__"', '"`"'];

/** Read the same in every rule. */
const plain: readonly ((random: Random) => string)[] = [
  (random) => `args.s ${random.pick(["==", "!="])} ${random.pick(STRINGS)}`,
  (random) =>
    `args.s.${random.pick(["starts_with", "ends_with", "contains"])}(${random.pick(['"a"', '"main"'])})`,
  (random) => `args.s.lower() == ${random.pick(['"main"', '"a"'])}`,
  (random) => `args.s.length() ${random.pick(["<", ">="])} ${String(random.below(4))}`,
  (random) => `args.n ${random.pick(["<", "<=", ">", ">=", "==", "!="])} ${String(random.below(6))}`,
  (random) => `args.n + ${String(random.below(3))} > ${String(random.below(6))}`,
  (random) => `args.n * ${random.pick(["2", "-3"])} < ${String(random.below(6))}`,
  (random) => `args.n % ${String(2 + random.below(3))} == ${String(random.below(2))}`,
  (random) => `args.n in { ${String(random.below(3))}, 5 }`,
  (random) => `args.d ${random.pick(["<", ">="])} ${random.pick(["1.5", "0.4", "2.500001"])}`,
  () => "args.b",
  (random) => `args.ref == ${random.pick(['"main"', '"dev"'])}`,
  () => "args.ref in protected",
  (random) => `args.s ${random.pick(["in", "not in"])} names`,
  (random) => `(any x in args.xs: x == ${random.pick(STRINGS)})`,
  (random) => `(all non-empty x in args.xs: x != ${random.pick(STRINGS)})`,
  (random) =>
    `(count x in args.xs: x.starts_with("a")) ${random.pick([">", "<="])} ${String(random.below(3))}`,
  () => '"a" in args.xs',
  () => "args.xs.count() > 1",
  (random) => `args.e == ${random.pick(["dev", "prod"])}`,
  () => 'args.p under "/srv"',
  () => 'args.j matches re"AKIA[0-9]+"',
  () => "args matches secret",
  () => "args.all(host) within safe",
  (random) => `agent.level > ${String(random.below(4))}`,
  (random) => `context.environment == ${random.pick(["dev", "prod"])}`,
  () => "session has tainted",
  () => "agent has seen(args.ref)",
  () => "big(args.n)",
  () => "(if args.b then args.n > 1 else args.n < 3)",
  () => "(args.u.port else 443) == 443",
  () => '(args.m["k"] else "none") == "v"',
  () => '(args.h["authorization"] else "") != ""',
  () => "args.u is present",
  () => "args.at is absent",
];
const granting: readonly string[] = [
  'args.u is present and args.u.host == "a.example"',
  "args.at is present and args.at > 2026-01-01",
  'args.cmd.programs is present and args.cmd.programs within { "git", "ls" }',
  "context.time is present and context.time < 2030-01-01",
];
const restricting: readonly string[] = [
  'args.u.host where present == "a.example"',
  "args.at where present > 2026-01-01",
];

export function randomCondition(random: Random, grants: boolean, depth = 2): string {
  const choice = random.below(depth > 0 ? 8 : 5);
  if (choice === 5) {
    const parts = random.times(2, () => randomCondition(random, grants, depth - 1));
    return `(${parts.join(random.pick([" and ", " or "]))})`;
  }
  if (choice === 6) return `not (${randomCondition(random, !grants, depth - 1)})`;
  if (choice === 7) return random.pick(grants ? granting : restricting);
  return random.pick(plain)(random);
}
