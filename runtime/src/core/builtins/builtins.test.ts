// Tests of all builtins: their examples on the native meaning, and laws of the definitions.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testPlatform } from "../testing/test-platform.ts";
import { INT, STRING, listOf, optional, parsed, setOf } from "../types/type.ts";
import { constToValue } from "../values/const-value.ts";
import { builtins, builtinsWritten, findBuiltin } from "./builtin-registry.ts";
import { acceptsArguments, callable, resultType } from "./define-builtin.ts";
import { printExample } from "./example.ts";
import { anyCovers, patternCovers } from "./host-cover.ts";
import { networkContains, networkCovers } from "./ip-address.ts";
import { regoHelperNeeds, regoHelpers } from "./rego-functions.ts";

describe.each([...builtins.values()])("$name", (definition) => {
  it.each(definition.examples.map((each) => [printExample(definition, each), each] as const))(
    "%s",
    (_, each) => {
      const types = each.args.map(({ type }) => type);
      expect(acceptsArguments(definition, types)).toBe(true);
      const found = findBuiltin(definition.syntax, definition.sourceName ?? definition.name, types);
      expect(found?.name).toBe(definition.name);
      const args = each.args.map(({ type, value }) => constToValue(type, value, testPlatform.parsedTypes));
      expect(args).not.toContainEqual(expect.any(Symbol));
      const result = callable(definition)(...(args as never[]));
      expect(result).toEqual(
        constToValue(resultType(definition, types), each.value, testPlatform.parsedTypes),
      );
    },
  );

  it("has examples and names only helpers that exist", () => {
    expect(definition.examples.length).toBeGreaterThan(0);
    for (const helper of definition.regoHelpers ?? []) {
      expect(regoHelpers.has(helper)).toBe(true);
      expect(definition.rego(["a", "b"])).toContain(`${helper}(`);
    }
  });
});

describe("registry", () => {
  it("tells definitions of one source name apart by the types of the arguments", () => {
    const find = (left: string, right: string) =>
      findBuiltin("operator", "within", [listOf(parsed(left)), setOf(parsed(right))])?.name;
    expect(find("host", "host_pattern")).toBe("within_hosts");
    expect(find("host", "host")).toBe("within");
    expect(find("ip", "cidr")).toBe("within_networks");
    expect(find("host", "cidr")).toBeUndefined();
  });
  it("takes no optional argument and no wrong number of arguments", () => {
    expect(findBuiltin("method", "lower", [optional(STRING)])).toBeUndefined();
    expect(findBuiltin("method", "lower", [STRING, STRING])).toBeUndefined();
    expect(findBuiltin("function", "min", [INT, STRING])).toBeUndefined();
    expect(builtinsWritten("method", "constructor")).toEqual([]);
  });
  it("knows what helpers need", () => {
    for (const [name, needs] of regoHelperNeeds) {
      for (const need of needs) expect(regoHelpers.get(name)).toContain(`${need}(`);
    }
  });
});

describe("host patterns", () => {
  it("cover by lookup what they cover one by one", () => {
    const label = fc.constantFrom("a", "b", "com", "*");
    const name = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join("."));
    fc.assert(
      fc.property(fc.array(name), name, (patterns, host) => {
        expect(anyCovers(new Set(patterns), host)).toBe(patterns.some((each) => patternCovers(each, host)));
      }),
    );
  });
});

describe("networks", () => {
  it("never mixes families and never throws on what is no address", () => {
    expect(networkContains("0.0.0.0/0", "::1")).toBe(false);
    expect(networkContains("::/0", "::1")).toBe(true);
    expect(networkContains("10.0.0.0/8", "10.0.0.256")).toBe(false);
    expect(networkContains("10.0.0.0/33", "10.0.0.1")).toBe(false);
    expect(networkContains("", "")).toBe(false);
    expect(networkContains("1::2::3/8", "1::2")).toBe(false);
    expect(networkContains("10.0.0.128/25", "10.0.0.127")).toBe(false);
    expect(networkContains("10.0.0.128/25", "10.0.0.129")).toBe(true);
    expect(networkCovers("10.0.0.0/8", "10.0.0.0/7")).toBe(false);
    expect(networkCovers("::/0", "fe80::/10")).toBe(true);
  });
});
