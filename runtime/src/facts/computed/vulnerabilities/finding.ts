// One vulnerability of one package, in the form that facts give.
import type { JsonValue } from "../../../core/values/value.ts";
import { decimalText } from "../read-json.ts";

export interface Finding {
  readonly id: string;
  /** As the scanner names it, with its ecosystem where that is told: `npm/left-pad`. */
  readonly package: string;
  /** 0 to 10; undefined where nothing rates it. */
  readonly score: number | undefined;
  /** Chance of being exploited in the next 30 days, 0 to 1. */
  readonly epss: number | undefined;
  /** Known to be exploited. */
  readonly exploited: boolean;
  /** Some version mends it. */
  readonly fixed: boolean;
}

/** What nothing rates counts as the worst. */
export const findingJson = ({ id, package: name, score, epss, exploited, fixed }: Finding): JsonValue => ({
  id,
  package: name,
  score: decimalText(Math.min(Math.max(score ?? 10, 0), 10), 1),
  rated: score !== undefined,
  ...(epss === undefined ? {} : { epss: decimalText(Math.min(Math.max(epss, 0), 1), 5) }),
  exploited,
  fixed,
});
