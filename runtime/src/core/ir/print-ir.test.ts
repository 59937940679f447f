// Tests of the printed IR.
import { expect, it } from "vitest";
import {
  action,
  arg,
  and,
  buildProgram,
  call,
  compare,
  constant,
  field,
  int,
  not,
  orElse,
  present,
  text,
} from "../testing/build-program.ts";
import { BOOL, STRING, listOf, optional, setOf } from "../types/type.ts";
import { printIr } from "./print-ir.ts";

it("shows every part of a program on a line of its own", () => {
  const ir = buildProgram({
    packages: [{ name: "p", guard: true }],
    agent: [field("id", STRING)],
    context: [],
    facts: [{ name: "origin", type: listOf(STRING) }],
    patterns: [{ name: "p.key", pattern: "k[0-9]" }],
    actions: [
      action("git", "push", [field("branch", STRING), field("force", BOOL, false)]),
      action("ci-pipeline", "run", [], { open: true }),
    ],
    labels: [
      {
        id: "p.seen",
        scope: "session",
        key: [STRING],
        max: 10,
        transitions: [
          { op: "set", on: "call", rules: null, targets: [{ action: 0, when: 0, each: null, key: [1] }] },
        ],
      },
    ],
    counters: [
      {
        id: "p.spend",
        type: "int",
        scope: "agent",
        key: [],
        window: 3_600_000,
        max: 1,
        targets: [{ action: 0, key: [], amount: 2, settle: null }],
      },
    ],
    expressions: [arg("branch"), int(1)],
    rules: [
      {
        id: "p.stop",
        effect: "approval",
        on: [0],
        when: and(
          { kind: "label", cell: 0, key: [text("a\u202e")], maybe: true },
          not(compare("eq", arg("branch"), text("main"))),
          { kind: "member", item: arg("branch"), of: constant(setOf(STRING), ["a", "b"]) },
          {
            kind: "quantifier",
            op: "any",
            over: constant(listOf(STRING), []),
            body: present(arg("x", optional(STRING))),
          },
          call("starts_with", orElse(arg("x", optional(STRING)), text("")), text("r")),
        ),
        approval: { by: [{ role: "r", count: 2 }, { count: 1 }], via: ["chat"], within: 1_800_000 },
        reason: [
          { kind: "text", text: "push to " },
          { kind: "value", values: [1], path: "/args/branch" },
        ],
        redactions: [{ path: "/args/branch", matching: 0, with: { kind: "truncate", keep: 3 } }],
        shadow: { until: 0 },
      },
    ],
  });
  expect(printIr(ir)).toBe(`aegis-ir/2
state sha256:state
guard package p
agent (id: string, ...)
context (...)
fact origin: list<string>
pattern 0 "p.key" = "k[0-9]"
action 0 git.push(branch: string, force: bool = false): json visible e0
action 1 \`ci-pipeline\`.run(...): json visible e0
label 0 p.seen(string) per session max 10
  set on call git.push when e0 key e1
counter 0 p.spend: int per agent over PT1H max 1
  git.push amount e2
e0 = true
e1 = args.branch
e2 = 1
e3 = true
e4 = (label 0("a\\u202e") or maybe) and (not (args.branch == "main")) and (args.branch in {"a", "b"}) and (any $ in []: (args.x is present)) and starts_with(args.x else "", "r")
shadow until 1970-01-01T00:00:00Z approval p.stop in call
  approval by 2 of role "r" and 1 of any via chat within PT30M
  because "push to " {e1 at "/args/branch"}
  git.push scope e3 when e4 reads label 0
    redact "/args/branch" matching pattern 0 with truncate 3
`);
});
