// What `benchPolicy` finds: all times in nanoseconds unless they say ms.

export interface PolicyBenchReport {
  readonly rules: number;
  readonly actions: number;
  readonly requests: {
    /** Put to every engine. */
    readonly count: number;
    /** Left out because the engines refuse them before any rule is looked at. */
    readonly refused: number;
    /** Mean size as JSON. */
    readonly bytes: number;
  };
  /** How often each decision is given, the most frequent first. */
  readonly decisions: readonly { readonly decision: string; readonly count: number }[];
  readonly engines: readonly EngineTimes[];
  /** Engines that cannot run here, and why. */
  readonly leftOut: readonly { readonly engine: string; readonly reason: string }[];
  /** `JSON.parse` of the same texts alone, which reading from bytes is held against. */
  readonly jsonParse: Times;
  readonly lookedAt: RulesLookedAt;
  /** The rules that cost most, in the order of their share. */
  readonly hotSpots: readonly RuleCost[];
}

export interface Times {
  /** Median over the rounds, the least and the most. */
  readonly ns: number;
  readonly low: number;
  readonly high: number;
  /** Of decisions timed one by one, the clock's own time included. */
  readonly p99: number;
}

export interface EngineTimes extends Times {
  /** `native`, `closures`, `js` or `wasm`. */
  readonly engine: string;
  /** `object`: calls that were validated before. `bytes`: JSON, read and validated. */
  readonly input: "object" | "bytes";
  /** From what a build leaves to the first decision, once; null where another line tells it. */
  readonly loadMs: number | null;
  /** Bytes of what is loaded. */
  readonly size: number;
}

export interface RulesLookedAt {
  /** Rules that name the action of the call, per request. */
  readonly mean: number;
  readonly max: number;
  /** The action where it is most. */
  readonly tool: string;
  readonly action: string;
}

export interface RuleCost {
  readonly rule: string;
  /** Requests whose action the rule names: 0 to 1. */
  readonly triedIn: number;
  /** Of those, how many it matches: 0 to 1. */
  readonly matches: number;
  /** What it adds to a decision where it is tried. */
  readonly ns: number;
}
