// The ABI of policy.wasm: what the SDKs of the Open Policy Agent call, in the order in which they call it.
import { createInterpreter } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { describe, expect, it } from "vitest";
import {
  referencesOf,
  bodiesOf,
  SECTION,
  sectionsOf,
} from "../../../compiler/src/backends/wasm/module-sections.ts";
import { Module, moduleOf, RawHost } from "./module.ts";
import { PUSH, smallProgram } from "./small-program.ts";

const program = smallProgram();
const module = moduleOf(program);
const engine = createInterpreter(program, platform);
const input = JSON.stringify(PUSH);
const expected = engine.decideText(input);

/** One-shot evaluation as the fast path of the SDKs: text at the end of what is in use. */
function evaluate(
  host: RawHost,
  heap: number,
  data: number,
  text: string,
  format = 0,
  entrypoint = 0,
): string {
  const length = host.put(heap, text);
  return host.text(host.call("opa_eval", 0, entrypoint, data, heap, length, heap + length, format));
}

describe("policy.wasm", () => {
  it("uses nothing but the first version of WebAssembly, and asks for two pages and one function", () => {
    const sections = sectionsOf(module);
    expect(() => bodiesOf(sections.get(SECTION.code)!).map(referencesOf)).not.toThrow();
    expect([...sections.keys()].every((id) => id >= 1 && id <= 11)).toBe(true);
    const imports = Module.imports(new Module(module));
    expect(imports.map(({ module: from, name, kind }) => `${from}.${name}: ${kind}`).sort()).toEqual([
      "env.memory: memory",
      "env.opa_abort: function",
    ]);
  });

  it("takes a text that ends where memory does", () => {
    const host = new RawHost(module);
    const data = host.parse("{}");
    const heap = host.memory.buffer.byteLength - input.length;
    expect(JSON.parse(evaluate(host, heap, data, input))).toEqual([{ result: expected }]);
  });

  it("has every function that the SDKs look for", () => {
    const { exports } = new RawHost(module);
    const names =
      "memory opa_malloc opa_free opa_heap_ptr_get opa_heap_ptr_set opa_heap_blocks_stash opa_heap_blocks_restore " +
      "opa_heap_stash_clear opa_json_parse opa_value_parse opa_json_dump opa_value_dump opa_value_add_path " +
      "opa_value_remove_path opa_value_free builtins entrypoints opa_eval_ctx_new opa_eval_ctx_set_input " +
      "opa_eval_ctx_set_data opa_eval_ctx_set_entrypoint opa_eval_ctx_get_result eval opa_eval";
    expect(names.split(" ").filter((name) => !Object.hasOwn(exports, name))).toEqual([]);
    expect((exports["opa_wasm_abi_version"] as { readonly value: number }).value).toBe(1);
    expect((exports["opa_wasm_abi_minor_version"] as { readonly value: number }).value).toBe(3);
    expect(
      Object.keys(exports).filter(
        (name) => /^_|^(op|fn|rd|ps|pt)_(?!a_)/.test(name) && !name.startsWith("opa_"),
      ),
    ).toEqual([]);
  });

  it("names its entrypoints and no builtins before any data is there", () => {
    const host = new RawHost(module);
    expect(host.json(host.call("builtins"))).toEqual({});
    expect(host.json(host.call("entrypoints"))).toMatchObject({ "aegis/decision": 0, "aegis/visible": 1 });
  });
});

describe("call sequences", () => {
  it("of Rust: lengths count a NUL, memory grows to the end of the text only", () => {
    const host = new RawHost(module);
    const data = host.parse("{}\u0000", "opa_json_parse", 0);
    const heap = host.call("opa_heap_ptr_get");
    expect(JSON.parse(evaluate(host, heap, data, input))).toEqual([{ result: expected }]);
    expect(JSON.parse(evaluate(host, heap, data, input))).toEqual([{ result: expected }]);
  });

  it("of Go: format 1, data patched in place, memory copied into a clone", () => {
    const host = new RawHost(module, 16);
    host.call("opa_malloc", 0);
    const base = host.call("opa_heap_ptr_get");
    host.call("opa_heap_stash_clear");
    host.call("opa_heap_ptr_set", base);
    const data = host.parse('{"a": {"b": 1}}');
    host.call("opa_heap_blocks_stash");
    let heap = host.call("opa_heap_ptr_get");
    const answer = `{{"result":${JSON.stringify(expected)}}}`;
    const canonical = (text: string): unknown =>
      JSON.parse(text.replace(/^\{\{/, "[{").replace(/\}\}$/, "}]"));
    expect(canonical(evaluate(host, heap, data, input, 1))).toEqual(canonical(answer));
    for (let round = 0; round < 200; round++) {
      host.call("opa_heap_ptr_set", heap);
      host.call("opa_heap_blocks_restore");
      const path = host.parse('["a","c"]');
      expect(host.call("opa_value_add_path", data, path, host.parse(`${round}`))).toBe(0);
      expect(host.call("opa_value_remove_path", data, host.parse('["a","b"]'))).toBe(0);
      expect(host.call("opa_value_remove_path", data, host.parse('["x","y"]'))).toBe(0);
      host.call("opa_heap_blocks_stash");
      heap = host.call("opa_heap_ptr_get");
    }
    expect(host.json(data)).toEqual({ a: { c: 199 } });
    const clone = new RawHost(module, 16);
    new Uint8Array(clone.memory.buffer).set(new Uint8Array(host.memory.buffer).subarray(base, heap), base);
    clone.call("opa_heap_ptr_set", heap);
    expect(clone.json(data)).toEqual({ a: { c: 199 } });
    expect(canonical(evaluate(clone, clone.call("opa_heap_ptr_get"), data, input, 1))).toEqual(
      canonical(answer),
    );
  });

  it("of .NET and Java: two pages that never grow, text of more bytes than counted", () => {
    const host = new RawHost(module, 2);
    const data = host.parse("{}", "opa_json_parse");
    const heap = host.call("opa_heap_ptr_get");
    const large = JSON.stringify({ ...PUSH, args: { ...PUSH.args, repo: "x".repeat(80_000) } });
    expect(heap + large.length).toBeLessThan(131_072);
    expect(JSON.parse(evaluate(host, heap, data, large))).toEqual([{ result: engine.decideText(large) }]);
    const text = '{"é":"é"}';
    const address = host.call("opa_malloc", 64);
    host.put(address, text);
    // A count of UTF-16 units ends inside the text.
    expect(host.call("opa_json_parse", address, text.length)).toBe(0);
  });

  it("of contexts: values parsed first, evaluated, dumped", () => {
    const host = new RawHost(module, 5);
    const context = host.call("opa_eval_ctx_new");
    host.call("opa_eval_ctx_set_data", context, host.parse("{}", "opa_json_parse"));
    host.call("opa_eval_ctx_set_input", context, host.parse(input, "opa_json_parse"));
    host.call("opa_eval_ctx_set_entrypoint", context, 0);
    expect(host.call("eval", context)).toBe(0);
    expect(host.json(host.call("opa_eval_ctx_get_result", context))).toEqual([{ result: expected }]);
  });
});

describe("data of a host", () => {
  it("changes no decision", () => {
    const host = new RawHost(module, 16);
    const data = host.parse('{"aegis": {"decision": {"decision": "allow"}}}');
    const heap = host.call("opa_heap_ptr_get");
    expect(JSON.parse(evaluate(host, heap, data, input))).toEqual([{ result: expected }]);
    expect(JSON.parse(evaluate(host, heap, 0, input))).toEqual([{ result: expected }]);
  });

  it("is printed as it was parsed, sets and odd keys as terms", () => {
    const host = new RawHost(module, 16);
    const values = ["null", "[1,2.50,true,false]", '{"a":{"b":[{}]},"c":"\\u0000é"}', '""', "-1e400"];
    for (const text of values) expect(host.text(host.call("opa_value_dump", host.parse(text)))).toBe(text);
    expect(host.text(host.call("opa_value_dump", host.parse('{"b", {1: 2}}')))).toBe('{"b",{"1":2}}');
    expect(host.text(host.call("opa_value_dump", host.parse("set()")))).toBe("set()");
    expect(host.json(host.parse("{1, 2}"))).toEqual([1, 2]);
    expect(host.text(host.call("opa_value_dump", host.parse('"\\x00\\a\\U0001f600"')))).toBe(
      '"\\u0000\\u0007😀"',
    );
    expect(
      ["{", "[1 2]", "1.", "{1:2}", "nul", ""].map((text) => host.parse(text, "opa_json_parse")),
    ).toEqual(Array.from({ length: 6 }, () => 0));
  });

  it("is refused where a path does not lead", () => {
    const host = new RawHost(module, 16);
    const data = host.parse('{"a": [1]}');
    expect(host.call("opa_value_add_path", data, host.parse('["a","b"]'), host.parse("1"))).toBe(2);
    expect(host.call("opa_value_add_path", data, host.parse("[1]"), host.parse("1"))).toBe(3);
    expect(host.call("opa_value_remove_path", data, host.parse("[]"))).toBe(3);
  });
});

describe("what is not in order", () => {
  it("aborts with an entrypoint that is not there", () => {
    const host = new RawHost(module, 5);
    expect(() => evaluate(host, host.call("opa_heap_ptr_get"), 0, input, 0, 99)).toThrow(
      "no such entrypoint",
    );
  });

  it("aborts without memory, and decides again afterwards", () => {
    const host = new RawHost(module, 5, 6);
    const heap = host.call("opa_heap_ptr_get");
    const large = JSON.stringify({ ...PUSH, facts: Array.from({ length: 60_000 }, () => 1) });
    expect(() => evaluate(host, heap, 0, large)).toThrow("out of memory");
    expect(JSON.parse(evaluate(host, heap, 0, input))).toEqual([{ result: expected }]);
  });

  it("denies input that is missing or cut off at any place", () => {
    const host = new RawHost(module, 5);
    const heap = host.call("opa_heap_ptr_get");
    const deny = [{ result: engine.decideText("") }];
    expect(JSON.parse(evaluate(host, heap, 0, ""))).toEqual(deny);
    for (let end = 1; end < input.length; end++) {
      expect(JSON.parse(evaluate(host, heap, 0, input.slice(0, end)))).toEqual(deny);
    }
  });
});
