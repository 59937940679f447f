// Puts program, artifacts and metadata into a signed bundle that OPA and the runtime load.
import { compareUtf8, encodeIr } from "@aegis/runtime/core";
import type { IrProgram } from "@aegis/runtime/core";
import {
  BUNDLE_FORMAT,
  type BundleMetadata,
  canonicalJson,
  MEMBER,
  type PlainJson,
  sha256Hex,
} from "@aegis/runtime/enforce";
import type { Artifact } from "../backends/define-backend.ts";
import { bundleSchema } from "./bundle-schema.ts";
import { gzip } from "./gzip.ts";
import type { Signer } from "./signing-key.ts";
import { type Member, writeTar } from "./write-tar.ts";

export interface BundleInput {
  /** Shown by OPA in its decision logs; by default the digest of the program. */
  readonly revision?: string;
  readonly metadata: Omit<BundleMetadata, "format">;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The same bytes for the same input, but for the signature, which ES256 makes anew each time. */
export async function buildBundle(
  ir: IrProgram,
  artifacts: readonly Artifact[],
  input: BundleInput,
  signer?: Signer,
): Promise<Uint8Array> {
  return packBundle(await bundleMembers(ir, artifacts, input), signer);
}

/** Everything that a bundle holds but signatures, sorted by name. */
export async function bundleMembers(
  ir: IrProgram,
  artifacts: readonly Artifact[],
  input: BundleInput,
): Promise<readonly Member[]> {
  const program = utf8(encodeIr(ir));
  const revision = input.revision ?? `sha256:${await sha256Hex(program)}`;
  const members: Member[] = [
    { name: MEMBER.manifest, bytes: utf8(canonicalJson(manifest(revision, input.metadata, artifacts))) },
    { name: MEMBER.data, bytes: utf8("{}") },
    { name: MEMBER.ir, bytes: program },
    { name: MEMBER.schema, bytes: utf8(canonicalJson(bundleSchema(ir))) },
    ...artifacts.map(({ path, content }) => ({
      name: path,
      bytes: typeof content === "string" ? utf8(content) : content,
    })),
  ];
  return members.sort((a, b) => compareUtf8(a.name, b.name));
}

/** `members` are sorted by name and hold no signatures. */
export async function packBundle(members: readonly Member[], signer?: Signer): Promise<Uint8Array> {
  const all = signer === undefined ? members : [...members, await signatures(members, signer)];
  return gzip(writeTar(all));
}

const manifest = (
  revision: string,
  metadata: Omit<BundleMetadata, "format">,
  artifacts: readonly Artifact[],
): PlainJson => ({
  revision,
  roots: ["aegis"],
  rego_version: 1,
  ...wasmResolvers(artifacts),
  metadata: { aegis: { ...metadata, format: BUNDLE_FORMAT } as unknown as PlainJson },
});

/** Which modules answer for which entrypoints: nothing unless one asks for it. */
function wasmResolvers(artifacts: readonly Artifact[]): { readonly wasm?: PlainJson } {
  const resolvers = artifacts.flatMap(({ path, wasmEntrypoints = [] }) =>
    wasmEntrypoints.map((entrypoint) => ({ entrypoint, module: `/${path}` })),
  );
  return resolvers.length === 0 ? {} : { wasm: resolvers };
}

/** Files are written in the form that OPA hashes, so that every digest is one of plain bytes. */
async function signatures(members: readonly Member[], signer: Signer): Promise<Member> {
  const files: PlainJson[] = [];
  for (const { name, bytes } of members) {
    files.push({ name, hash: await sha256Hex(bytes), algorithm: "SHA-256" });
  }
  const token = await signer.sign(utf8(canonicalJson({ files })));
  return { name: MEMBER.signatures, bytes: utf8(canonicalJson({ signatures: [token] })) };
}
