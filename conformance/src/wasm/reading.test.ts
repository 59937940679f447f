// What policy.wasm reads straight from the text of a request is what the interpreter reads of it.
import { compileText } from "@aegis/compiler/testing";
import { createInterpreter } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { describe, expect, it } from "vitest";
import { moduleOf, RawHost } from "./module.ts";

/** Names of 1, 7, 8, 9, 16, 17 and 64 bytes. */
const NAMES = [1, 7, 8, 9, 16, 17, 64].map((length) => "n".repeat(length - 1) + "x");

const program = compileText({
  "p.aegis": `package p
tool t { a(${NAMES.map((name) => `${name}: string = ""`).join(", ")}, at: time = 2026-01-01T00:00:00Z, amount: int = 7) }
policy everyone {
${NAMES.map((name, index) => `  allow r${String(index)}: t.a when args.${name} == "yes"`).join("\n")}
  allow late: t.a when args.at > 2026-06-30T12:00:00Z
  allow usual: t.a when args.amount == 7
}
`,
}).ir;
const engine = createInterpreter(program, platform);
const host = new RawHost(moduleOf(program), 4);

const request = (args: string): string =>
  `{"agent":{"id":"a","roles":["dev"]},"tool":"t","action":"a","args":{${args}},"context":{}}`;

function expectAlike(text: string): void {
  const heap = host.call("opa_heap_ptr_get");
  const length = host.put(heap, text);
  const answer = host.text(host.call("opa_eval", 0, 0, 0, heap, length, heap + length, 0));
  host.call("opa_heap_ptr_set", heap);
  expect(JSON.parse(answer), text).toEqual([{ result: engine.decideText(text) }]);
}

describe("policy.wasm reads as the interpreter", () => {
  it("moments, whatever was read before: a date of zeros is none", () => {
    const moments = [
      ...["0000-00-00T00:00:00Z", "2026-06-30T12:00:01Z", "2026-06-30T24:00:00Z", "2026-06-31T12:00:00Z"],
      ...["2026-06-30T11:59:59Z", "2026-06-30T12:00:00.5Z", "2026-07-00T00:00:00Z", "1969-12-31T23:59:59Z"],
      ...["2024-02-29T00:00:00Z", "2025-02-29T00:00:00Z", "9999-12-31T23:59:59Z", "2026-13-01T00:00:00Z"],
      ...["2026-06-30T12:00:0\\u0031Z", "2026-06-30T12:00:01z", "2026-06-30 12:00:01Z", ""],
    ];
    for (const first of moments)
      for (const second of moments) {
        expectAlike(request(`"at":"${first}"`));
        expectAlike(request(`"at":"${second}","amount":1`));
      }
  });

  it("names of all lengths, in any order, spaced, escaped, cut off and twice", () => {
    const members = NAMES.map((name) => `"${name}":"yes"`);
    for (const [index, name] of NAMES.entries()) {
      expectAlike(request(`"${name}":"yes"`));
      expectAlike(request(` "${name}" : "yes" , "amount" : 1 `));
      expectAlike(request(`"${name}": "yes", "amount": 7`));
      expectAlike(request(`"\\u00${name.charCodeAt(0).toString(16)}${name.slice(1)}":"yes"`));
      expectAlike(request(`"${name}":"yes","${name}":"yes"`));
      expectAlike(request(`"${name.slice(0, -1)}":"yes"`));
      expectAlike(request(`"${name}y":"yes"`));
      expectAlike(request(`"${name}":null`));
      expectAlike(request(`"${name}":"y\\u0065s"`));
      expectAlike(request([...members.slice(index), ...members.slice(0, index)].join(",")));
    }
  });

  it("texts of all lengths", () => {
    for (let length = 0; length < 70; length++) {
      for (const end of ["", "é", "\\n", "\u007f", "\u0001"])
        expectAlike(request(`"x":"${"y".repeat(length)}${end}","nnnnnnnx":"yes"`));
    }
  });
});
