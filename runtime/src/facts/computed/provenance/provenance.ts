// What an attestation says (in-toto, SLSA provenance, verification summaries), as a fact. Whether it is genuine is another question.
import { readIJson } from "../../../core/values/read-i-json.ts";
import type { JsonValue } from "../../../core/values/value.ts";
import type { ComputedFact } from "../computed-fact.ts";
import { at, itemsOf, member, objectsOf, textOf } from "../read-json.ts";

const NOTHING = {
  valid: false,
  kind: "other",
  subjects: [],
  builder: "",
  build_type: "",
  source: "",
  commit: "",
  verifier: "",
  resource: "",
  passed: false,
  level: 0,
} as const;

/** The statement inside a DSSE envelope or a Sigstore bundle, or the statement itself. */
function statementOf(document: JsonValue): JsonValue | undefined {
  const envelope = member(document, "dsseEnvelope") ?? document;
  const payload = textOf(member(envelope, "payload"));
  if (payload === "") return envelope;
  if (textOf(member(envelope, "payloadType")) !== "application/vnd.in-toto+json") return undefined;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll("-", "+").replaceAll("_", "/")), (each) =>
      each.charCodeAt(0),
    );
    const read = readIJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return read.ok ? read.value : undefined;
  } catch {
    return undefined;
  }
}

/** `sha256:…` of everything that it is about; one subject without that digest leaves nothing. */
function subjectsOf(statement: JsonValue): readonly string[] {
  const digests = objectsOf(member(statement, "subject")).map((each) => textOf(at(each, "digest", "sha256")));
  return digests.every((each) => /^[0-9a-f]{64}$/.test(each)) ? digests.map((each) => `sha256:${each}`) : [];
}

const commitOf = (dependency: JsonValue | undefined): string =>
  textOf(at(dependency, "digest", "gitCommit")) || textOf(at(dependency, "digest", "sha1"));

/** `git+https://host/repo@refs/heads/main` without the ref. */
const repositoryOf = (uri: string): string => uri.replace(/@[^@/]*(?:\/[^@]*)?$/, "");

function provenanceOf(predicate: JsonValue | undefined, first: boolean): Record<string, JsonValue> {
  const source = first
    ? at(predicate, "invocation", "configSource")
    : objectsOf(at(predicate, "buildDefinition", "resolvedDependencies"))[0];
  return {
    kind: "provenance",
    builder: textOf(first ? at(predicate, "builder", "id") : at(predicate, "runDetails", "builder", "id")),
    build_type: textOf(
      first ? member(predicate, "buildType") : at(predicate, "buildDefinition", "buildType"),
    ),
    source: repositoryOf(textOf(member(source, "uri"))),
    commit: commitOf(source),
  };
}

function summaryOf(predicate: JsonValue | undefined): Record<string, JsonValue> {
  const levels = itemsOf(member(predicate, "verifiedLevels")).map((each) =>
    Number(/^SLSA_BUILD_LEVEL_([0-4])$/.exec(textOf(each))?.[1] ?? 0),
  );
  return {
    kind: "vsa",
    verifier: textOf(at(predicate, "verifier", "id")),
    resource: textOf(member(predicate, "resourceUri")),
    passed: textOf(member(predicate, "verificationResult")) === "PASSED",
    level: Math.max(0, ...levels),
  };
}

export const provenance: ComputedFact = {
  name: "std.supplychain.provenance",
  doc: "What an in-toto statement says, alone or in a DSSE envelope or Sigstore bundle: SLSA provenance 0.2 and 1, verification summaries. Its signature is not checked.",
  compute(document): JsonValue {
    const statement = statementOf(document);
    const type = textOf(member(statement, "_type"));
    if (statement === undefined || !/^https:\/\/in-toto\.io\/Statement\/v(?:0\.1|1)$/.test(type))
      return NOTHING;
    const predicate = member(statement, "predicate");
    const subjects = subjectsOf(statement);
    const base = { ...NOTHING, valid: subjects.length > 0, subjects };
    switch (textOf(member(statement, "predicateType"))) {
      case "https://slsa.dev/provenance/v1":
        return { ...base, ...provenanceOf(predicate, false) };
      case "https://slsa.dev/provenance/v0.2":
        return { ...base, ...provenanceOf(predicate, true) };
      case "https://slsa.dev/verification_summary/v1":
        return { ...base, ...summaryOf(predicate) };
      default:
        return base;
    }
  },
};
