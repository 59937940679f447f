// Names that a package does not declare are told as such, with the one that was meant.
import { expect, it } from "vitest";
import { checkSource } from "./testing/check-source.ts";

const told = (condition: string): string[] =>
  checkSource(
    `package acme.demo
import std.tools.shell
import std.shell as sh
allow run: shell.run
deny some: shell.run when ${condition}
`,
  ).diagnostics.map((each) => `${each.code}: ${each.message}; ${each.help ?? ""}`);

it("tells a function that a package lacks, and the one that is near", () => {
  expect(told('sh.may_cal(args.command, "rm", "-rf")')).toEqual([
    "type/unknown-function: there is no function `sh.may_cal`; did you mean `sh.may_call`?",
  ]);
});

it("tells a name that a package lacks", () => {
  expect(told("sh.nothing")).toEqual([
    "type/unknown-name: there is no `sh.nothing` here; package `std.shell` does not declare it",
  ]);
});
