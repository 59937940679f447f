// Whatever text comes in, no format's control characters come out.
import fc from "fast-check";
import { expect, test } from "vitest";
import * as escape from "./escape.ts";

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }),
  fc.constantFrom(
    "</script>",
    "<img src=x onerror=alert(1)>",
    "@org/team",
    "![](http://x)",
    "::error::x",
    "=cmd|' /C calc'!A0",
    "\u001b[31m",
    "]]>",
    "\u202e",
    "--",
    "a\nnot ok 1",
  ),
);
const law = (name: string, write: (text: string) => string, holds: (out: string) => boolean): void =>
  test(name, () => fc.assert(fc.property(hostile, hostile, (a, b) => holds(write(a + b)))));

law(
  "terminal",
  escape.terminalText,
  (out) => !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b]/.test(out),
);
law("xml", escape.xml, (out) => !/[<>"'\u0000-\u0008\ufffe\uffff]/.test(out) && out.isWellFormed());
law(
  "json in html",
  (text) => escape.jsonInHtml({ text }),
  (out) => !/[<>&]/.test(out),
);
law("markdown", escape.markdown, (out) => !/[[\]()<>@`!\n]/.test(out));
law(
  "csv",
  escape.csvCell,
  (out) => /^"(?![=+\-@\t\r\n])/.test(out) && !/[^"]"[^"]/.test(out.slice(1, -1).replaceAll('""', "")),
);
law("github", escape.githubMessage, (out) => !/[\r\n]/.test(out));
law("tap", escape.tapLine, (out) => !/[\r\n]/.test(out) && !/(^|[^\\])(\\\\)*#/.test(out));

test("json in html keeps the value", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(JSON.parse(escape.jsonInHtml(text))).toBe(text);
    }),
  );
});
