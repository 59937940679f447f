// From a bundle's bytes to a policy that decides: opened, verified, not older than what was seen before, made ready.
import { createEngine, stateMachineOf } from "../core/index.ts";
import { platform } from "../facts/index.ts";
import {
  openBundle,
  openMembers,
  type Bundle,
  type BundleLimits,
  type BundleTrust,
  type OpenBundleResult,
} from "./bundle/index.ts";
import { loadedPolicy, type LoadedPolicy } from "./loaded-policy.ts";
import { underCheck } from "./policy-under-check.ts";

/** Remembers the highest serial of every bundle, so that an old one cannot come back. One that survives restarts is meant. */
export interface SerialMemory {
  /** The bundle accepted last under a name; undefined: none yet. A memory that cannot tell rejects. */
  last(name: string): Promise<{ readonly serial: number; readonly digest: string } | undefined>;
  /** Takes note of a bundle, unless one with a higher serial, or another with the same, came first: then false. */
  accept(name: string, bundle: { readonly serial: number; readonly digest: string }): Promise<boolean>;
}

/** Serials in this process's memory: gone when it ends; pin `minSerial` beside it. */
export class MemorySerials implements SerialMemory {
  readonly #seen = new Map<string, { readonly serial: number; readonly digest: string }>();

  last(name: string): Promise<{ readonly serial: number; readonly digest: string } | undefined> {
    return Promise.resolve(this.#seen.get(name));
  }

  accept(name: string, bundle: { readonly serial: number; readonly digest: string }): Promise<boolean> {
    const before = this.#seen.get(name);
    const newer =
      before === undefined ||
      bundle.serial > before.serial ||
      (bundle.serial === before.serial && bundle.digest === before.digest);
    if (newer) this.#seen.set(name, bundle);
    return Promise.resolve(newer);
  }
}

export interface LoadPolicyOptions {
  /** Keys that may sign it, or the explicit wish to do without. */
  readonly trust: BundleTrust;
  /** Name of the bundle, the same for all its versions: its state and its serials are kept under it. */
  readonly name?: string;
  readonly serials?: SerialMemory;
  /** The lowest serial that is accepted, from configuration. */
  readonly minSerial?: number;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  readonly limits?: Partial<BundleLimits>;
  /** Rules of a bundle whose signature was verified may become JavaScript; without it, and for others, closures decide. */
  readonly codegen?: boolean;
  /**
   * For a process in which nothing decides yet: calls are decided as soon as what their action needs was checked, and the rest
   * is checked right after. Should it turn out that the program cannot be run, everything is denied with `bundle_invalid`, and
   * `onProblem` is called once. Without this all is checked first: a bundle that cannot be run is refused.
   */
  readonly startEarly?: { readonly onProblem: (problem: string) => void };
}

export type LoadPolicyResult =
  | { readonly ok: true; readonly policy: LoadedPolicy }
  | { readonly ok: false; readonly code: "bundle_invalid" | "expired"; readonly problem: string };

/** `source`: the bytes of a bundle, or its members by name (without the leading slash) where it is unpacked. */
export async function loadPolicy(
  source: Uint8Array | ReadonlyMap<string, Uint8Array>,
  options: LoadPolicyOptions,
): Promise<LoadPolicyResult> {
  const { name = "policy", serials, minSerial, limits, clock = Date.now } = options;
  const refuse = (problem: string): LoadPolicyResult => ({ ok: false, code: "bundle_invalid", problem });
  try {
    const last = await serials?.last(name);
    const open = {
      ...options.trust,
      now: clock(),
      ...(minSerial === undefined ? {} : { minSerial }),
      ...(last === undefined ? {} : { last }),
      ...(limits === undefined ? {} : { limits }),
      gradually: options.startEarly !== undefined,
    };
    const opened: OpenBundleResult =
      source instanceof Uint8Array ? await openBundle(source, open) : await openMembers(source, open);
    if (!opened.ok) return opened;
    const { metadata, digest } = opened.bundle;
    if ((await serials?.accept(name, { serial: metadata.serial, digest })) === false)
      return refuse("a newer bundle was seen");
    return { ok: true, policy: policyOf(opened.bundle, name, options) };
  } catch {
    return refuse("its serial cannot be compared with those seen before");
  }
}

function policyOf(
  { ir, program, revision, metadata, digest, signed }: Bundle,
  lineage: string,
  { codegen = false, startEarly }: LoadPolicyOptions,
): LoadedPolicy {
  const { serial, observe_until, not_before, not_after } = metadata;
  const meta = {
    revision,
    serial,
    digest,
    signed,
    ...(observe_until === undefined ? {} : { observeUntil: Date.parse(observe_until) }),
    ...(not_before === undefined ? {} : { notBefore: Date.parse(not_before) }),
    ...(not_after === undefined ? {} : { notAfter: Date.parse(not_after) }),
  };
  // The one place that chooses the engine of a bundle.
  const engine = createEngine(ir, platform, { codegen: signed && codegen, rules: program });
  const machine = stateMachineOf(ir, platform, program);
  const policy = loadedPolicy({ lineage, program: ir, rules: program, engine, machine, meta }, platform);
  return startEarly === undefined ? policy : underCheck(policy, program, startEarly.onProblem);
}
