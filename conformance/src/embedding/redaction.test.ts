// Redaction as the runtime carries it out: decided again, what runs is what was decided, and no secret in any record.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, type JsonObject } from "@aegis/runtime/core";
import { PolicyRuntime, type DecisionRecord, type PolicyCall } from "@aegis/runtime/enforce";
import { policyOf } from "./policy-text.ts";

const TOOL = `package p
tool t {
  post(to: url, body: string, tags: map<string, string>?, data: json?, note: string = "none", retries: int = 3)
  get(at: path): json
  fetch(at: url): { text: string }
}
pattern secret = re"SECRET[0-9]+"
`;
const EVERYWHERE = `${TOOL}
allow a: t.*
sanitize s: t.post when args matches secret redact args.** matching secret with mask`;
const call = (args: JsonObject, action = "post"): PolicyCall => ({
  agent: { id: "bot" },
  tool: "t",
  action,
  args,
});
const authorize = (text: string, args: JsonObject, action = "post") =>
  new PolicyRuntime([policyOf(text)], { deploymentKey: "k" }).authorize(call(args, action));
const to = "https://a.example/";

describe("what runs", () => {
  test("is the redacted call with defaults explicit", async () => {
    const asked = await authorize(EVERYWHERE, {
      to,
      body: "my SECRET1",
      data: { a: ["SECRET2"], SECRET3: "x" },
    });
    expect(asked).toMatchObject({ runs: true, decision: { decision: "sanitize" } });
    expect(JSON.parse(JSON.stringify(asked.args))).toEqual({
      to,
      body: "my ███",
      data: { a: ["███"], "███": "███" },
      note: "none",
      retries: 3,
    });
  });
  test("redacts a secret in the key of a map", async () => {
    const asked = await authorize(EVERYWHERE, { to, body: "b", tags: { SECRET9: "x" } });
    expect(asked.runs && JSON.stringify(asked.args)).not.toMatch(/SECRET/);
  });
  test("is a copy: what the host changes afterwards changes nothing", async () => {
    const args = { to, body: "first" };
    const running = authorize(EVERYWHERE, args);
    args.body = "second";
    expect((await running).args["body"]).toBe("first");
  });
  test("is decided for every serialisation alike (law 10)", async () => {
    const policy = policyOf(EVERYWHERE);
    const text = fc
      .array(fc.constantFrom("SECRET1", "x", "é", " ", "\u2028"), { maxLength: 4 })
      .map((all) => all.join(""));
    const anyArgs = fc.record(
      {
        to: fc.constant(to),
        body: text,
        tags: fc.dictionary(text, text, { maxKeys: 2 }),
        data: fc.jsonValue({ maxDepth: 2 }),
      },
      { requiredKeys: ["to", "body"] },
    );
    await fc.assert(
      fc.asyncProperty(anyArgs, async (args) => {
        const runtime = new PolicyRuntime([policy], { deploymentKey: "k" });
        const asked = await runtime.authorize(call(args as JsonObject));
        if (!asked.runs) return;
        const sent = JSON.parse(canonicalJson(asked.args)) as JsonObject;
        expect(canonicalJson(sent)).not.toMatch(/SECRET[0-9]/);
        // What was forwarded is let through as it is, and comes out the same byte for byte.
        const again = await runtime.authorize(call(sent));
        expect(again.runs).toBe(true);
        expect(canonicalJson(again.args)).toBe(canonicalJson(sent));
      }),
      { numRuns: 60 },
    );
  });
});

describe("what cannot be redacted is denied", () => {
  const code = async (text: string, args: JsonObject, action?: string) =>
    (await authorize(text, args, action)).decision.code;

  test("a secret inside a parsed value", async () => {
    expect(await code(EVERYWHERE, { to: "https://a.example/SECRET1", body: "b" })).toBe("redaction_invalid");
    // One rule over two actions: in the one it has nothing to redact.
    const both = `${TOOL}\nallow a: t.*\nsanitize s: t.post, t.get when args matches secret redact args.** matching secret with mask`;
    expect(await code(both, { at: "/w/SECRET1" }, "get")).toBe("redaction_invalid");
  });
  test("but a redaction of one argument says nothing about the others", async () => {
    const one = `${TOOL}\nallow a: t.*\nsanitize s: t.post when args.body matches secret redact args.body matching secret with mask`;
    expect(await code(one, { to: "https://a.example/SECRET1", body: "SECRET2" })).toBe("matched");
  });
  test("a redaction that builds an attack: the redacted call is decided again", async () => {
    const built = `${TOOL}
allow a: t.*
deny evil: t.post when args.body == "rm"
sanitize s: t.post redact args.body matching secret with remove`;
    // Without its secret the text is what a rule denies, or, as here, it is masked and so never completes another text.
    expect((await authorize(built, { to, body: "rSECRET1m" })).args["body"]).not.toBe("rm");
    const replaced = `${TOOL}
allow a: t.*
deny evil: t.post when args.body == "x"
sanitize s: t.post when args.body == "y" redact args.body with replace "x"`;
    expect((await authorize(replaced, { to, body: "y" })).decision).toMatchObject({
      decision: "deny",
      rules: ["p.evil"],
    });
  });
  test("a redacted call that asks for more than before", async () => {
    const more = `${TOOL}
allow a: t.*
sanitize s: t.post when args.body == "y" redact args.body with replace "x"
sanitize t: t.post when args.body == "x" redact args.note with mask`;
    expect(await code(more, { to, body: "y" })).toBe("redaction_invalid");
  });
  test("a redacted call that no longer fits its types", async () => {
    const misfit = `package p
tool t { post(body: string max 4) }
allow a: t.*
sanitize s: t.post redact args.body with hash`;
    expect(await code(misfit, { body: "abc" })).toBe("redaction_invalid");
  });
});

describe("results", () => {
  const RESULTS = `${TOOL}
allow a: t.*
sanitize clean: t.fetch when result.status == ok and result.value matches secret redact result.value.** matching secret with mask
withhold bad: t.fetch when result.status == ok and result.value.text == "poison"`;
  const finish = async (value: JsonObject) => {
    const asked = await authorize(RESULTS, { at: to }, "fetch");
    return asked.finish({ status: "ok", value });
  };
  test("are redacted, withheld, and denied when they do not fit", async () => {
    expect(JSON.parse(JSON.stringify((await finish({ text: "a SECRET1" })).result))).toEqual({
      status: "ok",
      value: { text: "a ███" },
    });
    expect(await finish({ text: "poison" })).toMatchObject({
      result: undefined,
      decision: { rules: ["p.bad"] },
    });
    expect(await finish({ other: 1 })).toMatchObject({
      result: undefined,
      decision: { code: "invalid_input" },
    });
  });
});

describe("nothing secret is told", () => {
  const CANARY = "SECRET424242";
  const forms = [CANARY, Buffer.from(CANARY).toString("base64"), encodeURIComponent(CANARY)];
  const POLICIES = {
    sanitize: EVERYWHERE,
    deny: `${TOOL}\nallow a: t.*\ndeny d: t.post when args matches secret because "no {args.body} to {args.to}"
sanitize s: t.post when args matches secret redact args.** matching secret with mask`,
    approval: `${TOOL}\nallow a: t.*\nrequire approval d: t.post when args matches secret because "see {args.body}"
sanitize s: t.post when args matches secret redact args.** matching secret with hash`,
    invalid: `${TOOL}\nallow a: t.post when args.body == "never"`,
  };
  const calls: readonly JsonObject[] = [
    { to, body: CANARY },
    { to, body: `x ${CANARY}`, data: { deep: [CANARY], [CANARY]: CANARY } },
    { to, body: "b", [CANARY]: "x" },
    { to: CANARY, body: 7 },
    { body: CANARY },
  ];
  test.each(Object.entries(POLICIES))(
    "%s: not in decision, envelope, record, nor in the digest's text",
    async (_, text) => {
      const records: DecisionRecord[] = [];
      for (const meta of [{}, { observeUntil: Infinity }]) {
        const policy = policyOf(text, meta);
        const runtime = new PolicyRuntime([policy], {
          sink: { record: (record) => void records.push(record) },
          approvals: true,
          deploymentKey: "k",
        });
        for (const args of calls) {
          const asked = await runtime.authorize(call(args));
          const told = { envelope: asked.envelope, decision: asked.decision };
          for (const form of forms) expect(JSON.stringify(told)).not.toContain(form);
          if (asked.runs) await asked.finish({ status: "ok", value: null });
        }
      }
      expect(records.length).toBeGreaterThanOrEqual(calls.length * 2);
      for (const form of forms) expect(JSON.stringify(records)).not.toContain(form);
    },
  );
});
