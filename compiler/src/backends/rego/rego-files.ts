// The files that a program becomes: packages that match their folders, and no file too long to read.
import { type IrProgram, type IrRule, regoHelpers } from "@aegis/runtime/core";
import { regoTypeModules } from "@aegis/runtime/facts";
import {
  emitEntrypoints,
  emitLimits,
  emitOutcome,
  type PolicyPackage,
  readableRego,
} from "./emit-outcome.ts";
import { emitPolicy } from "./emit-policy.ts";
import { emitRequest } from "./emit-request.ts";
import { snapshotRego } from "./emit-snapshot.ts";
import { emitState } from "./emit-state.ts";
import { numbersRego } from "./lib/numbers.rego.ts";
import { reasonsRego } from "./lib/reasons.rego.ts";
import { timesRego } from "./lib/times.rego.ts";
import { valuesRego } from "./lib/values.rego.ts";
import { ExpressionWriter } from "./write-expression.ts";
import { ShapeWriter } from "./write-shapes.ts";

export interface RegoFile {
  readonly path: string;
  /** What the file is for, as its first line of comment; empty for a module that is whole already. */
  readonly about: string;
  readonly package: string;
  /** What follows the imports. */
  readonly text: string;
}

const MAX_LINES = 400;

export function regoFiles(program: IrProgram): readonly RegoFile[] {
  const shapes = new ShapeWriter();
  const writer = (): ExpressionWriter =>
    new ExpressionWriter({ program, validator: shapes.validator, texts: shapes.texts });
  const policies: PolicyPackage[] = [];
  const rules: RegoFile[] = [];
  const byPackage = rulesByPackage(program);
  for (const [name, segment] of segments(byPackage.keys())) {
    const { blocks, tables } = emitPolicy(byPackage.get(name) ?? [], program, writer());
    if (blocks.length === 0) continue;
    policies.push({ segment, tables });
    rules.push(...split("rules", `Rules of package ${name}.`, `aegis.policy.${segment}`, blocks));
  }
  const one = (name: string, about: string, text: string): RegoFile[] => [
    { path: `aegis/${name}/${name}.rego`, about, package: `aegis.${name}`, text },
  ];
  const files = [
    {
      path: "aegis/decision.rego",
      about: "What to ask: data.aegis.decision, and data.aegis.visible for the list of tools.",
      package: "aegis",
      text: emitEntrypoints(program, writer()),
    },
    ...one("outcome", "From what the rules say to the decision document.", emitOutcome(program, policies)),
    ...rules,
    ...one("limits", "What calls take from counters.", emitLimits(program, writer())),
    ...one("readable", "Whether rules can read what they name.", readableRego),
    ...one("request", "The request, checked.", emitRequest(program, shapes)),
    ...one("snapshot", "The state's snapshot, checked as a whole.", snapshotRego),
    ...one("state", "The cells of the state's snapshot.", emitState(program)),
    ...split(
      "shapes",
      "Types: JSON into values, undefined where it does not fit.",
      "aegis.shapes",
      shapes.rules,
    ),
    ...parsers(shapes.parsed),
    lib("numbers", "Numbers: exact whole numbers out of JSON and text.", numbersRego),
    lib("times", "Times and durations.", timesRego),
    lib("values", "Guards of values, texts in them, keys of labels.", valuesRego),
    lib("reasons", "Text made safe to show.", reasonsRego),
    lib("builtins", "Functions that conditions call.", [...regoHelpers.values()].join("\n\n")),
  ];
  return files.filter(({ text }) => text.trim() !== "");
}

const lib = (name: string, about: string, text: string): RegoFile => ({
  path: `aegis/lib/${name}.rego`,
  about,
  package: "aegis.lib",
  text,
});

/** Packages that are declared come first, and then those that only rules name. */
function rulesByPackage({ packages, rules }: IrProgram): ReadonlyMap<string, readonly IrRule[]> {
  const found = new Map<string, IrRule[]>(packages.map(({ name }) => [name, []]));
  for (const rule of rules) {
    const name = rule.id.slice(0, Math.max(0, rule.id.lastIndexOf(".")));
    const known = found.get(name);
    if (known === undefined) found.set(name, [rule]);
    else known.push(rule);
  }
  return found;
}

/** A path segment for each package: its name where that is a plain one, else a number. */
function segments(names: Iterable<string>): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const result = new Map<string, string>();
  for (const name of names) {
    const plain = name.replaceAll(".", "_");
    const usable = /^[a-z][a-z0-9_]{0,60}$/.test(plain) && !taken.has(plain) && !RESERVED.has(plain);
    const segment = usable ? plain : `package_${String(taken.size + 1)}`;
    taken.add(segment);
    result.set(name, segment);
  }
  return result;
}

/** Words that Rego does not take as a plain segment. */
const RESERVED = new Set(
  "as contains data default else every false if import in input not null package some true with".split(" "),
);

/** Files of one package, each below the limit unless one block alone is longer. */
function split(name: string, about: string, of: string, blocks: readonly string[]): RegoFile[] {
  const files: string[][] = [[]];
  let lines = 0;
  for (const block of blocks) {
    const length = linesOf(block) + 1;
    if (lines > 0 && lines + length > MAX_LINES) {
      files.push([]);
      lines = 0;
    }
    files.at(-1)?.push(block);
    lines += length;
  }
  return files.map((each, index) => ({
    path: `${of.replaceAll(".", "/")}/${name}${index === 0 ? "" : `_${String(index + 1)}`}.rego`,
    about,
    package: of,
    text: each.join("\n\n"),
  }));
}

function linesOf(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

/** Parsers of the parsed types that are used, and of those that these call; each is a whole module. */
const parsers = (used: ReadonlySet<string>): RegoFile[] =>
  regoTypeModules(used).map(({ name, source }) => ({
    path: `aegis/types/${name}/${name}.rego`,
    about: "",
    package: `aegis.types.${name}`,
    text: source,
  }));
