// Requests at random for a program, as JSON text: mostly valid, sometimes wrong in one place.
import type { IrProgram, Type } from "@aegis/runtime/core";
import { constantPool, type ConstantPool } from "../generators/constant-pool.ts";
import { anyJson, HOSTILE_NAMES, objectText } from "./json-text.ts";
import type { Random } from "./random.ts";
import { recordText, TIMES, valueText } from "./value-text.ts";

/** Of five requests four are valid but for what only the policy knows; each part of the others is sometimes wrong. */
const WRONG = 0.02;

/** What the program's expressions name, worked out once. */
const pools = new WeakMap<IrProgram, ConstantPool>();

function poolOf(program: IrProgram): ConstantPool {
  const known = pools.get(program) ?? constantPool(program);
  pools.set(program, known);
  return known;
}

/** A request as JSON text: mostly valid for the program. */
export function randomRequest(program: IrProgram, random: Random): string {
  const wrong = random.chance(0.2) ? WRONG : 0;
  if (random.chance(wrong / 2)) return anyJson(random);
  const pool = poolOf(program);
  const action = random.pick(program.actions);
  const result = random.chance(0.15);
  const members: [string, string][] = [
    ["agent", recordText(program.agent, true, random, wrong, pool)],
    ["tool", JSON.stringify(!random.chance(wrong * 2) ? action.tool : random.pick(HOSTILE_NAMES))],
    ["action", JSON.stringify(!random.chance(wrong * 2) ? action.action : random.pick(HOSTILE_NAMES))],
    ["args", recordText(action.params, action.open, random, wrong, pool)],
  ];
  if (random.chance(0.9)) members.push(["context", contextText(program, random, wrong)]);
  if (random.chance(0.9)) members.push(["state", stateText(program, random, wrong)]);
  if (random.chance(0.8)) members.push(["facts", factsText(program, random, wrong)]);
  if (result) members.push(["phase", '"result"']);
  else if (random.chance(0.1))
    members.push(["phase", random.chance(wrong * 5) ? '"list"' : random.pick(['"call"', "null"])]);
  if (result !== random.chance(wrong)) members.push(["result", resultText(action.result, random, wrong)]);
  if (random.chance(wrong)) members.push([random.pick(HOSTILE_NAMES), "1"]);
  return objectText(members.filter(() => !random.chance(wrong / 4)));
}

function contextText(program: IrProgram, random: Random, wrong: number): string {
  const rest = program.context.filter(({ name }) => name !== "time");
  const text = recordText(rest, true, random, wrong, poolOf(program));
  if (random.chance(0.2) || text === "{}") return text;
  const time = !random.chance(wrong)
    ? JSON.stringify(random.chance(0.7) ? TIMES[0] : random.pick(TIMES))
    : "5";
  return `${text.slice(0, -1)},"time":${time}}`;
}

function stateText(program: IrProgram, random: Random, wrong: number): string {
  if (random.chance(wrong)) return anyJson(random);
  const label = (keyed: boolean): string => {
    if (random.chance(wrong * 3)) return anyJson(random);
    if (!keyed) return random.pick(["true", "false", '"maybe"']);
    const keys = (): string =>
      `[${random.times(random.below(3), () => JSON.stringify(random.pick(["main", "a", "", '["1.5","main"]', '["0.4","main"]', ...HOSTILE_NAMES]))).join(",")}]`;
    return `{"set":${keys()},"maybe":${keys()},"full":${random.pick(["true", "false", "false"])}}`;
  };
  const amount = (): string =>
    random.chance(wrong * 3)
      ? random.chance(0.5)
        ? anyJson(random)
        : random.pick(['"1.5"', '"01"', '"-1"'])
      : JSON.stringify(random.pick(["0", "3", "12", "50", "9007199254740991"]));
  const labels = program.labels
    .filter(() => !random.chance(wrong * 3))
    .map(({ id, key }): [string, string] => [id, label(key.length > 0)]);
  const counters = program.counters
    .filter(() => !random.chance(wrong * 3))
    .map(({ id, key }): [string, string] => [
      id,
      key.length === 0
        ? amount()
        : objectText([
            ['["main","1"]', amount()],
            ['["a","2"]', amount()],
          ]),
    ]);
  const members: [string, string][] = [
    ["labels", objectText(labels)],
    ["counters", objectText(counters)],
  ];
  if (random.chance(0.7))
    members.push(["schema", !random.chance(wrong) ? JSON.stringify(program.stateDigest) : '"sha256:other"']);
  if (random.chance(0.3))
    members.push([
      "epoch",
      random.chance(wrong * 5) ? random.pick(["1.5", '"1"']) : random.pick(["1", "7.0", "null"]),
    ]);
  return objectText(members.filter(() => !random.chance(wrong)));
}

/** Of the facts that rules read. */
function factsText(program: IrProgram, random: Random, wrong: number): string {
  const byPointer = new Map<string, Map<string, string>>();
  const reads = program.rules.flatMap(({ targets }) => targets.flatMap((target) => target.reads.facts));
  for (const { path, fact } of reads) {
    const type = program.facts.find(({ name }) => name === fact)?.type;
    if (type === undefined || random.chance(wrong * 3)) continue;
    const values = byPointer.get(path) ?? new Map<string, string>();
    byPointer.set(path, values.set(fact, valueText(type, random, wrong, poolOf(program))));
  }
  const members = [...byPointer].map(([path, values]): [string, string] => [path, objectText([...values])]);
  const odd = random.pick(HOSTILE_NAMES);
  if (random.chance(0.1))
    members.push([odd, random.chance(wrong) ? "1" : random.pick(["{}", '{"__proto__":1}'])]);
  return objectText(members);
}

function resultText(type: Type, random: Random, wrong: number): string {
  const status = random.pick(["ok", "ok", "error", "unknown"]);
  const members: [string, string][] = [["status", JSON.stringify(status)]];
  const needed = status === "ok" && type.kind !== "optional";
  if (needed !== random.chance(wrong)) members.push(["value", valueText(type, random, wrong)]);
  return random.chance(wrong) ? anyJson(random) : objectText(members);
}
