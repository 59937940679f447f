// How a computed fact is declared: what no engine could compute alike, computed once from a value of the call.
import type { JsonValue } from "../../core/values/value.ts";

export interface ComputedFact {
  /** As in requests: the package and name of its `fact` declaration, such as `std.supplychain.licence_choices`. */
  readonly name: string;
  /** What it says, for people. */
  readonly doc: string;
  /**
   * JSON of the declared type, from the value as it was received. Undefined where it cannot be known: the fact is then
   * unreadable, so that a rule that needs it denies. Pure, and never throws.
   */
  compute(value: JsonValue): JsonValue | undefined;
  /** What it says where no value stands; without this nothing is said there. */
  readonly absent?: JsonValue;
  /** For the tests. `undefined`: it cannot be known. */
  readonly examples?: readonly { readonly value: JsonValue; readonly fact: JsonValue | undefined }[];
}
