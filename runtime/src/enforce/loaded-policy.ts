// One bundle made ready: its engine, its state machine, its patterns by name.
import { factComputer, type FactComputer } from "../facts/index.ts";
import { lazily } from "../core/index.ts";
import type {
  Engine,
  IrAction,
  IrProgram,
  Matcher,
  Platform,
  RuleSource,
  StateMachine,
} from "../core/index.ts";

export interface LoadedPolicy {
  /** Name of the bundle: namespace of its state. */
  readonly lineage: string;
  readonly program: IrProgram;
  readonly engine: Engine;
  readonly machine: StateMachine;
  readonly meta: {
    readonly revision: string;
    readonly serial: number;
    readonly digest: string;
    readonly signed: boolean;
    /** Milliseconds since 1970 until which the bundle, as signed, is only observed; absent: it is enforced. */
    readonly observeUntil?: number;
    /** Milliseconds since 1970 between which the bundle decides. */
    readonly notBefore?: number;
    readonly notAfter?: number;
  };
  actionOf(tool: string, action: string): IrAction | undefined;
  matcherOf(name: string): Matcher | undefined;
  /** What the runtime computes about a call of its own. */
  readonly factsOf: FactComputer;
  /** Checks what was not checked when it was loaded; false if it cannot be run, and so denies everything. */
  settle(): boolean;
}

export interface PolicyParts {
  readonly lineage: string;
  readonly program: IrProgram;
  readonly engine: Engine;
  readonly machine: StateMachine;
  readonly meta: LoadedPolicy["meta"];
  /** Where rules come from, if not from the program. */
  readonly rules?: RuleSource;
}

/** Whether a bundle may decide at a moment in ms. */
export const isValidAt = ({ meta }: Pick<LoadedPolicy, "meta">, time: number): boolean =>
  time >= (meta.notBefore ?? -Infinity) && time < (meta.notAfter ?? Infinity);

/** What the signed bundle asks for at a moment in ms. */
export const isObservedAt = ({ meta }: Pick<LoadedPolicy, "meta">, time: number): boolean =>
  time < (meta.observeUntil ?? -Infinity);

export function loadedPolicy(parts: PolicyParts, platform: Platform): LoadedPolicy {
  const actions = lazily(
    () => new Map(parts.program.actions.map((each) => [JSON.stringify([each.tool, each.action]), each])),
  );
  const patterns = new Map(parts.program.patterns.map((each) => [each.name, each.pattern]));
  return {
    ...parts,
    factsOf: factComputer(parts.program, undefined, parts.rules),
    settle: () => true,
    actionOf: (tool, action) => actions().get(JSON.stringify([tool, action])),
    matcherOf(name) {
      const pattern = patterns.get(name);
      return pattern === undefined ? undefined : platform.compilePattern(pattern);
    },
  };
}
