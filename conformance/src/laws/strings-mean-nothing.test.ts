// T16: every string of a policy may be anything. With all of them made hostile, every engine decides as before.
import {
  canonicalJson,
  createInterpreter,
  decodeIr,
  encodeIr,
  type JsonObject,
  type JsonValue,
} from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { compileText } from "@aegis/compiler/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { buildJsRuntime } from "../../../scripts/build-js-runtime.ts";
import { engines } from "../engines/engine-registry.ts";
import { compareEngines } from "../harness/compare.ts";
import { loadEngines } from "../harness/loaded-engines.ts";
import { renameId, renameJson, renameProgram, type Rename } from "../random-ir/rename-strings.ts";

const program = compileText(
  {
    "p.aegis": `package p
enum Env { dev, prod }
agent { team: string }
context { environment: Env }
fact source(string): string
const safe: set<string> = { "a", "b", "c" }
pattern odd = re"zz[0-9]"
tool t {
  act(s: string, e: Env = dev, m: map<string, string>?, r: { inner: string, other: string? }?, names: set<string>?, j: json?)
  other(s: string)
}
label seen(key: string) set on call t.act key args.s per session
label dirty set on call t.other per session
limit spend: t.other to 5 per session, args.s
policy everyone for agent.team == "core" {
  allow act: t.act when args.s in safe or args.e == prod
  allow other: t.other
  require approval many: t.act when (args.m["k"] else "") == "v" by role "boss" via chat within 5m because "of {args.s} and {args.e}"
  deny inner: t.act when args.r.inner where present == args.s hint "not inside"
  deny held: t.act when session has seen(args.s)
  deny sourced: t.other when source(args.s) == "web"
  deny env: t.other when context.environment == prod because "in {context.environment}"
  sanitize names: t.act when (count x in args.names where present: x in safe) > 1
    redact args.r.other with replace "gone"
    redact args.m["k"] with mask
    redact args.j matching odd with hash
  shadow deny later: t.act when args.e == prod and agent.id == "a"
}
`,
  },
  { channels: new Set(["chat"]) },
).ir;

interface Parts {
  readonly action?: string;
  readonly args?: JsonObject;
  readonly team?: string;
  readonly environment?: string;
  readonly seen?: readonly string[];
  readonly source?: string;
  readonly tool?: string;
}

/** A request of the contract, with what is the policy's own in it renamed. */
function requestText(parts: Parts, rename: Rename): string {
  const {
    action = "act",
    tool = "t",
    args = { s: "a" },
    team = "core",
    environment = "dev",
    seen = [],
    source = "user",
  } = parts;
  return JSON.stringify({
    agent: { id: rename("a"), [rename("team")]: rename(team) },
    tool: rename(tool),
    action: rename(action),
    args: renameJson(args, rename),
    context: { session: "s", time: "2026-11-22T09:00:00Z", [rename("environment")]: rename(environment) },
    state: {
      schema: rename(program.stateDigest),
      labels: {
        [renameId("p.seen", rename)]: { set: seen.map(rename).sort(), maybe: [], full: false },
        [renameId("p.dirty", rename)]: false,
      },
      counters: { [renameId("p.spend", rename)]: { [rename("five")]: "5" } },
    },
    facts: {
      [`/args/${rename("s").replaceAll("~", "~0").replaceAll("/", "~1")}`]: {
        [rename("p.source")]: rename(source),
      },
    },
  });
}

const CASES: readonly Parts[] = [
  {},
  { args: { s: "z" } },
  { args: { s: "z", e: "prod" } },
  { args: { s: "a", m: { k: "v", l: "v" } } },
  { args: { s: "a", m: { l: "v" } } },
  { args: { s: "a", r: { inner: "a" } } },
  { args: { s: "a", r: { inner: "b", other: "c" }, names: ["a", "b", "z"], j: ["x"] } },
  { args: { s: "a", r: { inner: "b", wrong: "c" } } },
  { args: { s: "b" }, seen: ["a", "b"] },
  { args: { s: "c" }, seen: ["a", "b"] },
  { args: { s: "a", unknown: "x" } },
  { team: "edge" },
  { action: "other", args: { s: "four" } },
  { action: "other", args: { s: "five" } },
  { action: "other", args: { s: "four" }, source: "web" },
  { action: "other", args: { s: "four" }, environment: "prod" },
  { action: "none" },
  { tool: "none" },
];

const HOSTILE: Readonly<Record<string, string>> = {
  "a line break": "\n",
  quotes: "\"'",
  "a back-tick": "`",
  "the end of a comment": "*/",
  "a template's hole": "${x}",
  "the end of CDATA": "]]>",
  "U+2028": "\u2028",
  dashes: "--",
  "a backslash": "\\",
  "a pointer's signs": "~1/~0",
  "a script's end": "</script>",
  "a hash and a brace": "#}{",
  "a NUL": "\u0000",
  "half a format": "%s%",
};

let prebuilt = "";
beforeAll(async () => {
  prebuilt = await buildJsRuntime();
});

const running = [...engines.values()].filter((engine) => engine.missing() === null);
const plain = createInterpreter(program, platform);
const meaning = (document: unknown): unknown => {
  const { decision, code, rules, obligations, shadow } = document as Record<string, JsonValue>;
  return { decision, code, rules, obligations, shadow: shadow !== undefined };
};

describe.each(Object.entries({ ...HOSTILE, "all at once": Object.values(HOSTILE).join("") }))(
  "%s",
  (_, odd) => {
    it("in every string changes nothing in any engine", { timeout: 60_000 }, async () => {
      const rename: Rename = (text) => `${text}${odd}`;
      const renamed = renameProgram(program, rename);
      expect(decodeIr(JSON.parse(encodeIr(renamed)), platform)).toMatchObject({ ok: true });
      const texts = CASES.map((each) => requestText(each, rename));
      const loaded = await loadEngines(renamed, running, { prebuilt: () => prebuilt });
      try {
        const { divergences, reference, compared } = await compareEngines(loaded, texts);
        expect(divergences.map(({ request, documents }) => [request, ...documents])).toEqual([]);
        expect([...compared.values()]).toEqual(running.map(() => texts.length));
        reference.forEach((document, at) => {
          const expected = plain.decideText(requestText(CASES[at] ?? {}, (text) => text));
          expect(canonicalJson(meaning(document)), texts[at]).toBe(
            canonicalJson(meaning({ ...expected, ...renamedParts(expected, rename) })),
          );
        });
      } finally {
        loaded.close();
      }
    });
  },
);

/** What of a document holds names of the policy. */
function renamedParts({ rules, obligations }: ReturnType<typeof plain.decideText>, rename: Rename): object {
  const pointer = (path: string): string =>
    path
      .split("/")
      .map((step, at) =>
        at < 2 || step === "*" ? step : rename(step).replaceAll("~", "~0").replaceAll("/", "~1"),
      )
      .join("/");
  return {
    rules: rules.map((id) => renameId(id, rename)).sort(),
    obligations: obligations.map((each) => {
      const rule = renameId(each.rule, rename);
      switch (each.type) {
        case "approval":
          return {
            ...each,
            rule,
            by: each.by.map(({ role, count }) => ({
              count,
              ...(role === undefined ? {} : { role: rename(role) }),
            })),
            ...(each.via === undefined ? {} : { via: each.via.map(rename) }),
          };
        case "redact":
          return {
            ...each,
            rule,
            path: pointer(each.path),
            ...(each.matching === undefined ? {} : { matching: rename(each.matching) }),
            with:
              typeof each.with === "object" && "replace" in each.with
                ? { replace: renameJson(each.with.replace as JsonValue, rename) }
                : each.with,
          };
        case "reserve":
          return {
            ...each,
            rule,
            counter: renameId(each.counter, rename),
            ...(each.key === undefined ? {} : { key: each.key.map(rename) }),
          };
      }
    }),
  };
}

it("the cases decide in every way", () => {
  const found = new Set(CASES.map((each) => plain.decideText(requestText(each, (text) => text)).decision));
  expect([...found].sort()).toEqual(["allow", "approval_needed", "deny", "sanitize"]);
});
