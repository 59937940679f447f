// Tests of programs that are checked while they decide: nothing is decided by what was not checked, nor by what is not sound.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../evaluate/create-engine.ts";
import type { Engine } from "../../evaluate/engine.ts";
import { action, arg, buildProgram, compare, field, not, text } from "../../testing/build-program.ts";
import { testPlatform } from "../../testing/test-platform.ts";
import { STRING } from "../../types/type.ts";
import { encodeIr } from "../encode-ir.ts";
import { decodeIr, openIrText } from "./decode-ir.ts";
import type { GradualProgram } from "./gradual-program.ts";

const NAMES = ["a", "b", "c"];
const is = (word: string) => compare("eq", arg("x"), text(word));
const sound = buildProgram({
  actions: NAMES.map((name) => action("t", name, [field("x", STRING)])),
  rules: [
    { id: "p.a_yes", effect: "allow", on: [0], when: is("yes") },
    { id: "p.b_yes", effect: "allow", on: [1], when: is("yes") },
    { id: "p.b_no", effect: "deny", on: [1], when: not(is("yes")) },
    { id: "p.all", effect: "deny", on: [0, 1], when: is("never") },
    { id: "p.a_result", effect: "deny", phase: "result", on: [0], when: is("secret") },
  ],
});
const soundText = encodeIr(sound);
type Json = Record<string, unknown[]>;
const document = (): Json => JSON.parse(soundText) as Json;

const open = (json: unknown): GradualProgram => {
  const opened = openIrText(JSON.stringify(json), testPlatform);
  if (!opened.ok) throw new Error(opened.problems[0]?.message);
  return opened.program;
};
const engineOf = (program: GradualProgram): Engine =>
  createEngine(program.ir, testPlatform, { rules: program });
const request = (name: string, x = "yes", more: object = {}) => ({
  agent: { id: "u" },
  tool: "t",
  action: name,
  args: { x },
  ...more,
});
const codeOf = (engine: Engine, name: string, x?: string): string => engine.decide(request(name, x)).code;

/** The first rule, which is one of action `a`. */
const firstRule = (json: Json, ...row: unknown[]): void => void json["rules"]?.splice(0, 1, row);
const BROKEN: readonly [string, (json: Json) => void][] = [
  ["a target without a condition", (json) => firstRule(json, "p.a_yes", "allow", [[0, 0, 99]])],
  // The second could otherwise stand for both.
  [
    "a rule with two targets at it",
    (json) =>
      firstRule(json, "p.a_yes", "allow", [
        [0, 0, 1],
        [0, 0, 1],
      ]),
  ],
  ["a rule of no effect", (json) => firstRule(json, "p.a_yes", "maybe", [[0, 0, 1]])],
  ["a rule of no package", (json) => firstRule(json, "q.a", "allow", [[0, 0, 1]])],
  [
    "a condition that is no bool",
    (json) => {
      const text = json["nodes"]?.findIndex((node) => Array.isArray(node) && node[0] === "read");
      const when = (json["expressions"]?.push(text) ?? 0) - 1;
      firstRule(json, "p.a_yes", "allow", [[0, 0, when]]);
    },
  ],
];

describe("a program that is checked gradually", () => {
  it("decides as the whole one does", () => {
    const [program, whole] = [open(document()), createEngine(sound, testPlatform)];
    const engine = engineOf(program);
    const results = [{}, { phase: "result", result: { status: "ok", value: 1 } }];
    for (const name of [...NAMES, "d"])
      for (const x of ["yes", "no", "never", "secret"])
        for (const more of results)
          expect(engine.decide(request(name, x, more))).toEqual(whole.decide(request(name, x, more)));
    expect(program.whole()).toEqual(sound);
    expect(engine.visible({ agent: { id: "u" } })).toEqual(whole.visible({ agent: { id: "u" } }));
    expect(program.problems).toEqual([]);
  });

  it("gives all of itself to whoever looks at its rules", () => {
    expect(open(document()).ir).toEqual(sound);
  });

  it.each(BROKEN)("refuses what an action asks for with %s, then everything", (_name, damage) => {
    const json = document();
    damage(json);
    const program = open(json);
    const engine = engineOf(program);
    const [before, after] = [codeOf(engine, "b"), codeOf(engine, "a")];
    expect([before, after]).toEqual(["matched", "internal_error"]);
    // What was not asked for before cannot be any more.
    expect([codeOf(engine, "c"), codeOf(engine, "a")]).toEqual(["internal_error", "internal_error"]);
    expect(() => program.aimsOf(0)).toThrow();
    expect(program.problems).toHaveLength(1);
    expect(() => program.aimsOf(1)).toThrow();
    expect(program.whole()).toBeUndefined();
    expect(() => program.ir.rules).toThrow();
  });

  it.each(BROKEN)("finds %s in the end, and tells what the decoder tells", (_name, damage) => {
    const json = document();
    damage(json);
    const program = open(json);
    let steps = 0;
    while (!program.step()) steps++;
    expect(steps).toBeLessThan(10);
    const decoded = decodeIr(json, testPlatform);
    expect(decoded).toEqual({ ok: false, problems: program.problems });
    expect(program.step()).toBe(true);
    expect(() => program.expression(0)).toThrow();
  });

  it("refuses at once what concerns every call", () => {
    const faults: ((json: Json) => void)[] = [
      (json) => void json["rules"]?.push(json["rules"][0]),
      (json) => void json["types"]?.push(["set", 99, 1]),
      (json) => void json["actions"]?.push(json["actions"][0]),
      (json) => void json["rules"]?.push(0),
      (json) => void json["labels"]?.push(["p.l", "session", [], 1, [["set", "call", [[0, 99]]]]]),
    ];
    for (const fault of faults) {
      const json = document();
      fault(json);
      expect(openIrText(JSON.stringify(json), testPlatform).ok).toBe(false);
    }
  });

  it("does not lose a rule whose targets have no shape", () => {
    for (const targets of [[["0", 0, 1]], [[0.5, 0, 1]], [[]], {}, [0]]) {
      const json = document();
      json["rules"]?.push(["p.last", "deny", targets]);
      expect(codeOf(engineOf(open(json)), "a")).toBe("internal_error");
    }
  });

  it("bears conditions that are nested without end", () => {
    const json = document();
    const nodes = json["nodes"] ?? [];
    const first = nodes.length;
    nodes.push(["not", 1]);
    for (let at = 0; at < 100_000; at++) nodes.push(["not", first + at]);
    json["expressions"]?.push(nodes.length - 1);
    json["rules"]?.push(["p.deep", "deny", [[0, 0, (json["expressions"]?.length ?? 0) - 1]]]);
    const program = open(json);
    expect(() => program.aimsOf(0)).toThrow("nested too deep");
    expect(program.problems[0]?.message).toBe("nested too deep");
  });

  it("never decides otherwise than what it is as a whole, whatever is changed in it", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom<unknown>(0, 1, 2, 7, -1, null, "", "p.b_no", "deny", true, [], {}),
        fc.shuffledSubarray(NAMES, { minLength: 1 }),
        (place, value, names) => {
          const json = document();
          const places = placesIn(json);
          const changed = places[place % places.length];
          changed?.(value);
          const opened = openIrText(JSON.stringify(json), testPlatform);
          const decoded = decodeIr(json, testPlatform);
          expect(opened.ok || !decoded.ok).toBe(true);
          if (!opened.ok) return;
          const engine = engineOf(opened.program);
          const reference = decoded.ok ? createEngine(decoded.ir, testPlatform) : undefined;
          for (const name of names) {
            const decision = engine.decide(request(name));
            if (reference !== undefined) expect(decision).toEqual(reference.decide(request(name)));
          }
          expect(opened.program.whole()).toEqual(decoded.ok ? decoded.ir : undefined);
          if (!decoded.ok) expect(() => opened.program.aimsOf(0)).toThrow();
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** A setter for every value that stands in an array of the document. */
function placesIn(value: unknown): ((value: unknown) => void)[] {
  if (typeof value !== "object" || value === null) return [];
  const own = Array.isArray(value)
    ? value.map((_, at) => (given: unknown) => void (value as unknown[]).splice(at, 1, given))
    : [];
  return [...own, ...Object.values(value).flatMap(placesIn)];
}
