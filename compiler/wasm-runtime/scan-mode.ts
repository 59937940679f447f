// What the text is that is being read, and how deep it may nest.

/** A request; one that the host has checked, whose numbers are those of doubles; a value of the ABI; or a term as Go prints
 * them, with its escapes, sets, keys of any type. */
export const REQUEST: u32 = 0;
export const CHECKED: u32 = 1;
export const VALUE: u32 = 2;
export const TERM: u32 = 3;

export let kind: u32 = REQUEST;
export let maxDepth: u32 = 64;

@inline
export function setMode(as: u32, depth: u32): void {
  kind = as;
  maxDepth = depth;
}
