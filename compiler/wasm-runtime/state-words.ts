// Members and words of states and events, by number; the compiler fills their table.
import { BAD, SLOT_MEMBERS, sameText, slot, text } from "./memory";
import { NUMBER, STRING, find, tag, textOf } from "./nodes";
import { scaled } from "./number";

export const STATE: u32 = 0;
export const EVENT: u32 = 1;
export const SCHEMA: u32 = 2;
export const SEQ: u32 = 3;
export const BROKEN: u32 = 4;
export const LABELS: u32 = 5;
export const COUNTERS: u32 = 6;
export const CALLS: u32 = 7;
export const VALUE_OF: u32 = 8;
export const CLEARED: u32 = 9;
export const KEYS: u32 = 10;
export const FULL: u32 = 11;
export const PHASE: u32 = 12;
export const CALL_ID: u32 = 13;
export const TIME: u32 = 14;
export const RULES: u32 = 15;
export const PENDING: u32 = 16;
export const APPLIED: u32 = 17;
export const RESERVED: u32 = 18;
export const LABEL: u32 = 19;
export const OP: u32 = 20;
export const KEY: u32 = 21;
export const COUNTER: u32 = 22;
export const BUCKET: u32 = 23;
export const AMOUNT: u32 = 24;
export const TOOL: u32 = 25;
export const ACTION: u32 = 26;
export const WORD_SET: u32 = 27;
export const WORD_CLEAR: u32 = 28;
export const WORD_MAYBE: u32 = 29;
export const STARTED: u32 = 30;
export const FINISHED: u32 = 31;
export const ABANDONED: u32 = 32;
export const APPROVED: u32 = 33;
export const DENIED: u32 = 34;
export const EPOCH: u32 = 35;

/** Of a table of where each stands behind its start, and how long it is, in 2 bytes each. */
export function word(index: u32): i64 {
  const table = slot(SLOT_MEMBERS) as usize;
  const entry = load<u32>(table + (index << 2));
  return text(table + (entry & 0xffff), entry >>> 16);
}
export function member(object: usize, index: u32): usize {
  return find(object, word(index));
}

export function isA(node: usize, kind: u32): bool {
  return node != 0 && tag(node) == kind;
}
export function isText(node: usize, index: u32): bool {
  return isA(node, STRING) && sameText(textOf(node), word(index));
}
/** A whole number, or `BAD`. */
export function integerOf(node: usize): i64 {
  return isA(node, NUMBER) ? scaled(textOf(node), 0) : BAD;
}
