// Policies in the language's own text at random: fixed declarations of every kind, and rules that the compiler accepts.
import { analyse, compile, SourceFile, type Compilation, NO_INPUTS } from "@aegis/compiler";
import { Random } from "../random-ir/random.ts";
import { randomCondition } from "./condition.ts";

const DECLARATIONS = `package p

enum Env { dev, prod }

agent { level: int }

context { environment: Env = dev }

const protected: set<git_ref> = { "main", "release" }

const names: set<string> = { "a", "main", "constructor" }

const safe: set<host> = { "a.example", "b.example" }

pattern secret = re"AKIA[0-9]{4}"

fn big(n: int): bool = n > 3 or n == -3

tool t {
  act(
    s: string max 40, n: int, d: decimal = 1.5, b: bool = false, ref: git_ref = "main", u: url?, xs: list<string> max 5,
    m: map<string, string>?, h: headers?, e: Env = dev, p: path, j: json?, at: time?, cmd: command?
  )
  taint(s: string?)
}

label tainted set on call t.taint per session

label seen(ref: git_ref) set on call t.act key args.ref per agent max 5

limit few: t.act to 3 per session else require approval by role "owner"
`;

export interface RandomSource {
  readonly text: string;
  readonly compilation: Compilation;
}

/** What the compiler makes of a text; null when it refuses it. */
export function compileSource(path: string, text: string): Compilation | null {
  const compiled = compile(analyse([new SourceFile(path, text)], NO_INPUTS));
  return compiled.ok ? compiled : null;
}

/** Rules are added one by one; those that the compiler refuses, as it refuses repetitions, are left out. */
export function randomSource(seed: number): RandomSource {
  const random = new Random(seed);
  let text = `${DECLARATIONS}\nallow base: t.*\n`;
  let compilation = compileSource("policy.aegis", text);
  if (compilation === null) throw new Error("the declarations do not compile");
  const count = 2 + random.below(5);
  for (let index = 0; index < count; index += 1) {
    const longer = `${text}\n${randomRule(`r${String(index)}`, random)}\n`;
    const compiled = compileSource("policy.aegis", longer);
    if (compiled === null) continue;
    text = longer;
    compilation = compiled;
  }
  return { text, compilation };
}

function randomRule(name: string, random: Random): string {
  const effect = random.pick(["allow", "deny", "require approval", "sanitize", "sanitize"]);
  const condition = randomCondition(random, effect === "allow");
  const shadow = random.chance(0.15) ? "shadow until 2026-06-01 " : "";
  const unless =
    effect !== "allow" && random.chance(0.2) ? ` unless ${randomCondition(random, true, 0)}` : "";
  const because = random.chance(0.4) ? ' because "{args.s} to {args.ref}, {args.n} {args.d} */"' : "";
  const clauses: Readonly<Record<string, readonly string[]>> = {
    "require approval": ["", ' by 2 of role "boss" within 30m', ' by user "ann"'],
    sanitize: [
      " redact args.s with mask",
      ' redact args.h["authorization"] with remove redact args.j with hash',
      " redact args.** matching secret with mask",
      " redact args.s with truncate 3",
    ],
  };
  const clause = random.pick(clauses[effect] ?? [""]);
  const rule = `${shadow}${effect} ${name}: t.act when ${condition}${unless}`;
  const told = effect === "sanitize" ? `${because}${clause}` : `${clause}${because}`;
  return random.chance(0.2) ? `policy of_${name} for agent.level > 0 { ${rule}${told} }` : `${rule}${told}`;
}
