// Cases that somebody thought of: every engine gives the decision that stands beside the request.
import { beforeAll, describe, expect, it } from "vitest";
import { ARTICLE, compileText } from "../../../compiler/src/testing/index.ts";
import { buildJsRuntime } from "../../../scripts/build-js-runtime.ts";
import { engines } from "../engines/engine-registry.ts";

interface NamedCases {
  readonly policy: Readonly<Record<string, string>>;
  /** What is decided for each call: `tool.action`, its arguments, further parts of the request, and the answer. */
  readonly calls: readonly (readonly [
    call: string,
    args: unknown,
    answer: string,
    more?: Readonly<Record<string, unknown>>,
  ])[];
}

const origin = (...of: string[]): Readonly<Record<string, unknown>> => ({
  facts: { "/args/title": { origin: of } },
});
const words = (count: number): string => Array.from({ length: count }, () => "x").join(" ");

const cases: Readonly<Record<string, NamedCases>> = {
  "the article's policy never lets a push to main through": {
    policy: {
      "article.yaml": ARTICLE,
    },
    calls: [
      ["git.push", { repo: "a" }, "deny invalid_input"],
      ["git.push", { repo: "a", branch: null }, "deny invalid_input"],
      ["git.push", { repo: "a", branch: ["main"] }, "deny invalid_input"],
      ["git.push", { repo: "a", branch: "+main" }, "deny invalid_input"],
      ["git.push", { repo: "a", branch: "refs/heads/main" }, "approval_needed matched"],
      ["git.push", { repo: "a", branch: "main" }, "approval_needed matched"],
      ["git.push", { repo: "a", branch: "dev" }, "allow matched"],
      ["git.commit", { repo: "a", message: "m" }, "allow matched"],
      ["ci-pipeline.run_tests", {}, "allow matched"],
      ["git.clone", { url: "https://a.example/b" }, "deny default_deny"],
      ["git.conquer", { repo: "a" }, "deny unknown_action"],
    ],
  },
  "`result` in a set of origins is where a value came from": {
    policy: {
      "origins.aegis": `package p
tool t { put(title: string) }
allow put: t.put
deny invented_title: t.put unless origin(args.title) within { prompt, result }
require approval copied: t.put when result in origin(args.title)
`,
    },
    calls: [
      ["t.put", { title: "a" }, "allow matched", origin("prompt")],
      ["t.put", { title: "a" }, "approval_needed matched", origin("result")],
      ["t.put", { title: "a" }, "deny matched", origin("invented", "result")],
      ["t.put", { title: "a" }, "deny fact_unavailable"],
    ],
  },
  "a call with more than a hundred words makes a line opaque, and nested quantifiers are within the bound": {
    policy: {
      "commands.aegis": `package p
tool t { run(line: command) }
allow run: t.run when args.line.plain
deny secret: t.run when any c in args.line.calls where present: any a in c.args: a == "secret"
deny token: t.run when any c in args.line.calls where present: any a in c.args: a == "token"
`,
    },
    calls: [
      ["t.run", { line: `echo ${words(100)}` }, "allow matched"],
      ["t.run", { line: `echo ${words(101)}` }, "deny default_deny"],
      ["t.run", { line: `echo ${words(60)} > x ${words(40)}` }, "allow matched"],
      ["t.run", { line: `echo ${words(60)} > x ${words(41)}` }, "deny default_deny"],
      ["t.run", { line: `ls && echo ${words(99)} token` }, "deny matched"],
    ],
  },
};

let prebuilt = "";
beforeAll(async () => {
  prebuilt = await buildJsRuntime();
});

describe.each(Object.entries(cases))("%s", (_, { policy, calls }) => {
  const requests = calls.map(([call, args, , more]) => {
    const [tool, action] = call.split(".");
    return JSON.stringify({ agent: { id: "codegen-agent" }, tool, action, args, ...more });
  });

  it.each([...engines.values()].map((engine) => ({ id: engine.id, engine })))(
    "on $id",
    { timeout: 60_000 },
    async ({ engine }) => {
      const lacks = engine.missing();
      if (lacks !== null) return console.warn(`skipped: ${engine.id}: ${lacks}`);
      const loaded = await engine.load(compileText(policy).ir, { prebuilt: () => prebuilt });
      try {
        const found = (await loaded.decide(requests)) as { decision: string; code: string }[];
        expect(
          found.map(({ decision, code }, index) => `${requests[index] ?? ""} ${decision} ${code}`),
        ).toEqual(calls.map(([, , answer], index) => `${requests[index] ?? ""} ${answer}`));
      } finally {
        loaded.close();
      }
    },
  );
});
