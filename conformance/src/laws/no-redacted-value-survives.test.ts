// Law 6: a redacted call fits the tool's schema, redacting twice changes nothing, and no redacted value survives anywhere.
import { createRequestValidator, type JsonObject } from "@aegis/runtime/core";
import { PolicyRuntime, type DecisionRecord } from "@aegis/runtime/enforce";
import { platform } from "@aegis/runtime/facts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadedText } from "./law-policy.ts";

const POLICY = `package p
pattern secret = re"CANARY[0-9]{6}"
tool t {
  act(note: string, body: json, headers: headers, names: list<string>, meta: map<string, string>,
    inner: { deep: string?, more: string }, keep: string)
}
allow act: t.act
sanitize all: t.act redact args.** matching secret with mask because "note {args.note} of {args.inner.more}"
sanitize whole: t.act
  redact args.note with hash
  redact args.inner.deep with remove
  redact args.headers["authorization"] with remove
require approval ask: t.act when args.keep == "ask"
deny stop: t.act when args.keep == "stop" because "stopped {args.note}"
`;
const policy = loadedText("p", POLICY);
const valid = createRequestValidator(policy.program, platform.parsedTypes);

const canary = fc.integer({ min: 100_000, max: 999_999 }).map((number) => `CANARY${String(number)}`);
const texts = (secret: string) => fc.constantFrom(secret, `x${secret}y`, `${secret}${secret}`, "plain", "");
const args = canary.chain((secret) =>
  fc.record({
    secret: fc.constant(secret),
    args: fc.record({
      note: texts(secret),
      body: fc.oneof(texts(secret), fc.dictionary(texts(secret), fc.array(texts(secret), { maxLength: 3 }))),
      headers: fc.record({ Authorization: texts(secret), "X-Note": texts(secret) }, { requiredKeys: [] }),
      names: fc.array(texts(secret), { maxLength: 3 }),
      meta: fc.dictionary(fc.constantFrom("a", secret), texts(secret)),
      inner: fc.record({ deep: fc.option(texts(secret), { nil: null }), more: texts(secret) }),
      keep: fc.constantFrom("run", "ask", "stop"),
    }) as fc.Arbitrary<JsonObject>,
  }),
);

/** The spellings in which a text may hide. */
const spellings = (secret: string): readonly string[] => [
  secret,
  secret.toLowerCase(),
  encodeURIComponent(secret),
  [...secret].map((each) => `%${each.charCodeAt(0).toString(16)}`).join(""),
  [...secret].map((each) => `\\u00${each.charCodeAt(0).toString(16)}`).join(""),
  Buffer.from(secret).toString("hex"),
  // Three ways, as the text may begin at any byte of a group.
  ...["", "x", "xy"].map((before) =>
    Buffer.from(before + secret)
      .toString("base64")
      .slice(before === "" ? 0 : 4, -4),
  ),
  [...secret].reverse().join(""),
];

describe("redaction", () => {
  it("leaves no value behind, fits the schema, and is done once", { timeout: 60_000 }, async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(args, async ({ secret, args: given }) => {
        const records: DecisionRecord[] = [];
        const runtime = new PolicyRuntime([policy], {
          approvals: true,
          sink: { record: (each) => void records.push(each) },
        });
        const call = { agent: { id: "a" }, tool: "t", action: "act", args: given };
        const authorization = await runtime.authorize(call);
        seen.add(authorization.decision.decision);
        const { decision, envelope, args: forwarded } = authorization;
        const everything = JSON.stringify([decision, envelope, records, forwarded]);
        for (const spelling of spellings(secret)) expect(everything).not.toContain(spelling);
        const request = { agent: { id: "a" }, tool: "t", action: "act", args: authorization.args };
        if (authorization.decision.decision === "deny") return;
        expect(valid.request(request).ok).toBe(true);
        const again = await runtime.authorize({ ...call, args: authorization.args });
        const { note: _, ...rest } = again.args;
        const { note: __, ...before } = authorization.args;
        // A hash is made of what is there; all else stays as it is.
        expect(rest).toEqual(before);
      }),
      { numRuns: 150 },
    );
    expect(seen).toEqual(new Set(["sanitize", "approval_needed", "deny"]));
  });
});
