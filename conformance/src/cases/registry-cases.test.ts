// A case for each example of each builtin, and for each example of each parsed type, from the registries: on every engine.
import {
  builtins,
  canonicalJson,
  constToValue,
  encodeValue,
  parsed,
  printExample,
  resultType,
  typeOf,
  type BuiltinDefinition,
  type BuiltinExample,
  type IrExpression,
  type IrProgram,
  type JsonValue,
  type Type,
} from "@aegis/runtime/core";
import { parsedTypes } from "@aegis/runtime/facts";
import { beforeAll, describe, expect, it } from "vitest";
import {
  action,
  and,
  arg,
  buildProgram,
  call,
  compare,
  constant,
  field,
  int,
  yes,
  type RuleSketch,
} from "../../../runtime/src/core/testing/build-program.ts";
import { buildJsRuntime } from "../../../scripts/build-js-runtime.ts";
import { engines } from "../engines/engine-registry.ts";
import { compareEngines } from "../harness/compare.ts";
import { loadEngines } from "../harness/loaded-engines.ts";

const running = [...engines.values()].filter((engine) => engine.missing() === null);

let prebuilt = "";
beforeAll(async () => {
  prebuilt = await buildJsRuntime();
});

interface Case {
  readonly name: string;
  readonly args: Readonly<Record<string, JsonValue>>;
  /** Rules that match, or the code of the denial. */
  readonly expect: string;
}

/** Every engine decides the cases of one action each as they say, and all alike. */
async function holdEverywhere(
  program: IrProgram,
  cases: readonly (readonly [action: string, Case])[],
): Promise<void> {
  const texts = cases.map(([name, { args }]) =>
    JSON.stringify({ agent: { id: "a" }, tool: "t", action: name, args }),
  );
  const loaded = await loadEngines(program, running, { prebuilt: () => prebuilt });
  try {
    const { reference, divergences, compared } = await compareEngines(loaded, texts);
    expect(divergences.map(({ request, documents }) => [request, ...documents])).toEqual([]);
    expect([...compared.values()]).toEqual(running.map(() => texts.length));
    reference.forEach((document, at) => {
      const { code, rules } = document as { readonly code: string; readonly rules: readonly string[] };
      const [, wanted] = cases[at] ?? [];
      expect
        .soft(code === "matched" ? rules.join(" ") : code, `${wanted?.name ?? ""}: ${texts[at] ?? ""}`)
        .toBe(wanted?.expect);
    });
  } finally {
    loaded.close();
  }
}

const same = (left: IrExpression, { definition, each }: Called): IrExpression => {
  const type = resultType(
    definition,
    each.args.map((one) => one.type),
  );
  if (type.kind !== "list" && type.kind !== "set") return compare("eq", left, constant(type, each.value));
  const items = each.value as readonly (typeof each.value)[];
  return and(
    compare("eq", { kind: "quantifier", op: "count", over: left, body: yes }, int(items.length)),
    ...items.map((item): IrExpression => ({ kind: "member", item: constant(type.of, item), of: left })),
  );
};

/** With room for a few items, so that no call may cost too much. */
const small = (type: Type): Type =>
  type.kind === "list" || type.kind === "set" ? { ...type, max: 5 } : type;

interface Called {
  readonly definition: BuiltinDefinition;
  readonly each: BuiltinExample;
}

describe("builtins", () => {
  const called = [...builtins.values()].flatMap((definition): Called[] =>
    definition.examples.map((each) => ({ definition, each })),
  );

  it("give what their examples say, of arguments and of constants", { timeout: 60_000 }, async () => {
    expect(new Set(called.map(({ definition }) => definition.name))).toEqual(new Set(builtins.keys()));
    const read = ({ definition, each }: Called): IrExpression[] =>
      each.args.map(({ type, value }, at) =>
        definition.params[at]?.constant === true ? constant(type, value) : arg(`a${String(at)}`, small(type)),
      );
    const program = buildProgram({
      actions: called.map(({ each }, at) =>
        action(
          "t",
          `f${String(at)}`,
          each.args.map(({ type }, place) => field(`a${String(place)}`, small(type))),
        ),
      ),
      rules: called.flatMap((one, at): RuleSketch[] => {
        const name = one.definition.name;
        const constants = one.each.args.map(({ type, value }) => constant(type, value));
        return [
          { id: `p.read_${String(at)}`, on: [at], effect: "deny", when: same(call(name, ...read(one)), one) },
          {
            id: `p.const_${String(at)}`,
            on: [at],
            effect: "deny",
            when: same(call(name, ...constants), one),
          },
        ];
      }),
    });
    await holdEverywhere(
      program,
      called.map(({ definition, each }, at) => [
        `f${String(at)}`,
        {
          name: printExample(definition, each),
          args: Object.fromEntries(
            each.args.map(({ type, value }, place) => [
              `a${String(place)}`,
              encodeValue(type, constToValue(type, value, parsedTypes) as never),
            ]),
          ),
          expect: `p.const_${String(at)} p.read_${String(at)}`,
        },
      ]),
    );
  });
});

describe("parsed types", () => {
  const types = [...parsedTypes.values()];

  it(
    "read their examples into the canonical form, and refuse what is none",
    { timeout: 60_000 },
    async () => {
      expect(types.every(({ examples }) => examples.valid.length > 0 && examples.invalid.length > 0)).toBe(
        true,
      );
      const rules: RuleSketch[] = [];
      const cases: (readonly [string, Case])[] = [];
      types.forEach(({ name, examples }, at) => {
        const type = parsed(name);
        for (const { text, canonical } of examples.valid) {
          const id = `p.${name}_${String(rules.length)}`;
          rules.push({
            id,
            on: [at],
            effect: "deny",
            when: compare("eq", arg("v", type), constant(type, canonical)),
          });
          cases.push([name, { name: text, args: { v: text }, expect: id }]);
        }
        for (const text of examples.invalid)
          cases.push([name, { name: text, args: { v: text }, expect: "invalid_input" }]);
      });
      // Two texts of one canonical form are matched by the rules of both.
      const canonicalOf = new Map(
        types.flatMap(({ name, examples }) =>
          examples.valid.map((each) => [JSON.stringify([name, each.text]), each.canonical]),
        ),
      );
      const program = buildProgram({
        actions: types.map(({ name }) => action("t", name, [field("v", parsed(name))])),
        rules,
      });
      const valid = types.flatMap(({ name, examples }) =>
        examples.valid.map((each) => [name, each.canonical] as const),
      );
      const all = cases.map(([name, each]): readonly [string, Case] => {
        if (each.expect === "invalid_input") return [name, each];
        const canonical = canonicalOf.get(JSON.stringify([name, each.args["v"]]));
        const ids = valid.flatMap(([of, form], at) =>
          of === name && form === canonical ? [`p.${name}_${String(at)}`] : [],
        );
        return [name, { ...each, expect: ids.sort().join(" ") }];
      });
      await holdEverywhere(program, all);
    },
  );

  it("have parts that every engine reads", { timeout: 60_000 }, async () => {
    const parts = types.flatMap(({ name, parts: all }) => Object.keys(all).map((part) => ({ name, part })));
    const program = buildProgram({
      actions: types.map(({ name }) =>
        action("t", name, [field("v", parsed(name)), field("w", parsed(name))]),
      ),
      rules: parts.map(({ name, part }, at): RuleSketch => {
        const of = (place: string): IrExpression => ({
          kind: "part",
          of: arg(place, parsed(name)),
          name: part,
        });
        const type = typeOf(of("v"), { counters: [], parsedTypes });
        const when = type === undefined ? yes : alike(of, type);
        return {
          id: `p.r${String(at)}`,
          on: [types.findIndex((each) => each.name === name)],
          effect: "deny",
          when,
        };
      }),
    });
    const texts = types.flatMap(({ name, examples }) =>
      examples.valid.map(({ text }, at) =>
        canonicalJson({
          agent: { id: "a" },
          tool: "t",
          action: name,
          args: { v: text, w: examples.valid[at - 1]?.text ?? text },
        }),
      ),
    );
    const loaded = await loadEngines(program, running, { prebuilt: () => prebuilt });
    try {
      const { divergences, reference } = await compareEngines(loaded, texts);
      expect(divergences.map(({ request, documents }) => [request, ...documents])).toEqual([]);
      expect(reference.some((document) => (document as { code: string }).code === "matched")).toBe(true);
    } finally {
      loaded.close();
    }
  });
});

/** Whether the part is the same in `v` and `w`; of what cannot be compared, whether it is there or how long it is. */
function alike(
  of: (place: string) => IrExpression,
  type: NonNullable<ReturnType<typeof typeOf>>,
): IrExpression {
  if (type.kind === "optional") return { kind: "present", of: of("v") };
  if (type.kind === "list" || type.kind === "set") {
    const count = (over: IrExpression): IrExpression => ({
      kind: "quantifier",
      op: "count",
      over,
      body: yes,
    });
    return compare("eq", count(of("v")), count(of("w")));
  }
  if (type.kind === "record" || type.kind === "map" || type.kind === "json" || type.kind === "headers")
    return yes;
  return compare("eq", of("v"), of("w"));
}
