// Every example of every builtin in real OPA: what builtins say in Rego means what they mean here.
import { describe, expect, it } from "vitest";
import type { ConstValue, Type } from "../core/index.ts";
import { builtins, printExample, regoHelpers, resultType } from "../core/index.ts";
import { checkRego, evaluateRego } from "./run-opa-node.ts";
import { findOpa } from "./find-program-node.ts";

const opa = findOpa();

/** A constant in the form that values have in Rego. */
function inRego(type: Type, value: ConstValue): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  const items = value as readonly ConstValue[];
  if (type.kind === "list") return `[${items.map((item) => inRego(type.of, item)).join(", ")}]`;
  if (type.kind === "set")
    return items.length === 0 ? "set()" : `{${items.map((item) => inRego(type.of, item)).join(", ")}}`;
  if (type.kind === "map") {
    const members = items.map((pair) => {
      const [key = "", member = ""] = pair as readonly ConstValue[];
      return `${JSON.stringify(key)}: ${inRego(type.of, member)}`;
    });
    return `{${members.join(", ")}}`;
  }
  throw new Error(`no ${type.kind} here`);
}

const examples = [...builtins.values()].flatMap((definition) =>
  definition.examples.map((example) => ({ definition, example })),
);
const helpers = [...regoHelpers.values()].join("\n\n");
const module = `package test

import rego.v1

${helpers}

cases contains [i, value] if {
	some i, value in [${examples
    .map(({ definition, example }) =>
      definition.rego(example.args.map(({ type, value }) => inRego(type, value))),
    )
    .join(", ")}]
}
`;

describe.skipIf(opa === undefined)("builtins in Rego (needs OPA: scripts/install-peers.ts)", () => {
  it("give the values of their examples", () => {
    const values = new Map(
      evaluateRego(opa!, { "test.rego": module }, "data.test.cases", {}) as [number, unknown][],
    );
    for (const [at, { definition, example }] of examples.entries()) {
      const type = resultType(
        definition,
        example.args.map((argument) => argument.type),
      );
      const expected = type.kind === "set" ? [...(example.value as string[])].sort() : example.value;
      expect(values.get(at), `${definition.name}: ${printExample(definition, example)}`).toEqual(expected);
    }
  });

  it("use helpers that OPA finds clean", () => {
    expect(checkRego(opa!, { "helpers.rego": `package test\n\nimport rego.v1\n\n${helpers}\n` })).toBe("");
  });
});
