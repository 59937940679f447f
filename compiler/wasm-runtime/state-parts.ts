// The parts of the state that is being changed.
import { CALLS, COUNTERS, LABELS, member } from "./state-words";

export let labels: usize = 0;
export let counters: usize = 0;
export let calls: usize = 0;

export function setParts(state: usize): void {
  labels = member(state, LABELS);
  counters = member(state, COUNTERS);
  calls = member(state, CALLS);
}
