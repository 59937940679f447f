// Attestations: plain, in envelopes, and those that are none.
import { describe, expect, it } from "vitest";
import { provenance } from "./provenance.ts";

const DIGEST = "a".repeat(64);
const statement = (predicateType: string, predicate: object, more: object = {}) => ({
  _type: "https://in-toto.io/Statement/v1",
  subject: [{ name: "app", digest: { sha256: DIGEST } }],
  predicateType,
  predicate,
  ...more,
});
const v1 = statement("https://slsa.dev/provenance/v1", {
  buildDefinition: {
    buildType: "https://actions.github.io/buildtypes/workflow/v1",
    resolvedDependencies: [
      { uri: "git+https://github.com/acme/app@refs/heads/main", digest: { gitCommit: "c0ffee" } },
    ],
  },
  runDetails: { builder: { id: "https://github.com/actions/runner" } },
});
const vsa = statement("https://slsa.dev/verification_summary/v1", {
  verifier: { id: "https://verifier.acme.com" },
  resourceUri: "pkg:oci/app",
  verificationResult: "PASSED",
  verifiedLevels: ["SLSA_BUILD_LEVEL_2", "SLSA_BUILD_LEVEL_3", "OTHER"],
});
const envelope = (payload: string, payloadType = "application/vnd.in-toto+json") => ({
  payloadType,
  payload,
  signatures: [],
});
const encoded = (value: object): string => btoa(JSON.stringify(value));
const told = (document: unknown): Record<string, unknown> =>
  provenance.compute(document as never) as Record<string, unknown>;

describe("provenance", () => {
  const expected = {
    valid: true,
    kind: "provenance",
    subjects: [`sha256:${DIGEST}`],
    builder: "https://github.com/actions/runner",
    build_type: "https://actions.github.io/buildtypes/workflow/v1",
    source: "git+https://github.com/acme/app",
    commit: "c0ffee",
  };

  it("reads SLSA 1, alone, in an envelope, in a bundle", () => {
    expect(told(v1)).toMatchObject(expected);
    expect(told(envelope(encoded(v1)))).toMatchObject(expected);
    expect(told({ mediaType: "x", dsseEnvelope: envelope(encoded(v1)) })).toMatchObject(expected);
  });

  it("reads SLSA 0.2", () => {
    const old = statement(
      "https://slsa.dev/provenance/v0.2",
      {
        builder: { id: "b" },
        buildType: "t",
        invocation: {
          configSource: { uri: "git+https://github.com/acme/app@refs/tags/v1", digest: { sha1: "c0" } },
        },
      },
      { _type: "https://in-toto.io/Statement/v0.1" },
    );
    expect(told(old)).toMatchObject({
      valid: true,
      builder: "b",
      build_type: "t",
      source: "git+https://github.com/acme/app",
      commit: "c0",
    });
  });

  it("reads verification summaries", () => {
    expect(told(vsa)).toMatchObject({
      valid: true,
      kind: "vsa",
      verifier: "https://verifier.acme.com",
      passed: true,
      level: 3,
    });
    const failed = { ...vsa, predicate: { ...vsa.predicate, verificationResult: "passed" } };
    expect(told(failed)).toMatchObject({ passed: false });
  });

  it("does not know other predicates", () => {
    expect(told(statement("https://example.com/x", {}))).toMatchObject({
      valid: true,
      kind: "other",
      builder: "",
    });
  });

  it.each<[string, unknown]>([
    ["nothing", null],
    ["a text", encoded(v1)],
    ["no statement", { ...v1, _type: "https://in-toto.io/Statement/v9" }],
    ["no subject", { ...v1, subject: [] }],
    [
      "a subject without its digest",
      { ...v1, subject: [...v1.subject, { name: "b", digest: { md5: "x" } }] },
    ],
    ["a digest that is none", { ...v1, subject: [{ digest: { sha256: "A".repeat(64) } }] }],
    ["another payload", envelope(encoded(v1), "text/plain")],
    ["a payload that is no base64", envelope("***")],
    ["a payload that is no JSON", envelope(btoa("{"))],
    [
      "a payload with a member twice",
      envelope(btoa(`{"_type":"https://in-toto.io/Statement/v1",${JSON.stringify(v1).slice(1)}`)),
    ],
  ])("takes %s for no attestation", (_, document) => {
    expect(told(document)).toMatchObject({ valid: false, subjects: [] });
  });
});
