// What may be unreadable: labels, counters, facts, and the time and session of the context.
import {
  ABSENT,
  BAD,
  sameText,
  slot,
  ROOTS,
  SLOT_DIGEST,
  SLOT_SESSION,
} from "./memory";
import { cellKey } from "./keys";
import { isPlainNumber, scaled } from "./number";
import {
  ARRAY,
  FALSE,
  NODE,
  NULL,
  NUMBER,
  OBJECT,
  STRING,
  TRUE,
  count,
  find,
  first,
  next,
  own,
  tag,
  textOf,
} from "./nodes";
import { FACT_MISSING, STATE_MISSING } from "./reads";
import { COUNTERS, EPOCH, FULL, LABELS, SCHEMA, WORD_MAYBE, WORD_SET, isText, member } from "./state-words";
import { read } from "./types";

/** Objects of the snapshot: labels, counters; 0 where nothing can be read. */
let labels: usize = 0;
let counters: usize = 0;
/** `request.facts`, or 0. */
let facts: usize = 0;

/** Forgets the last request. */
@inline
export function resetState(): void {
  labels = 0;
  counters = 0;
  facts = 0;
}

/** A member of a snapshot; what is known of its members is counted. */
let known: u32 = 0;
function part(snapshot: usize, name: u32): usize {
  const found = member(snapshot, name);
  if (found == 0) return 0;
  known++;
  return tag(found) == NULL ? 0 : found;
}

/** Takes the snapshot that is there; false when it is none at all. Cells are looked at when they are needed. */
export function readState(snapshot: usize): bool {
  if (tag(snapshot) != OBJECT) return false;
  known = 0;
  const schema = part(snapshot, SCHEMA);
  const epoch = part(snapshot, EPOCH);
  const givenLabels = part(snapshot, LABELS);
  const givenCounters = part(snapshot, COUNTERS);
  if (known != count(snapshot)) return false;
  if (schema != 0 && tag(schema) != STRING) return false;
  if (epoch != 0 && (tag(epoch) != NUMBER || scaled(textOf(epoch), 0) == BAD)) return false;
  if (givenLabels != 0 && tag(givenLabels) != OBJECT) return false;
  if (givenCounters != 0 && tag(givenCounters) != OBJECT) return false;
  if (schema == 0 || sameText(textOf(schema), slot(SLOT_DIGEST))) {
    labels = givenLabels;
    counters = givenCounters;
  }
  return true;
}

/** Takes the facts that are there; false when they are no object of objects. */
export function readFacts(given: usize): bool {
  facts = given;
  if (tag(given) != OBJECT) return false;
  for (let key = first(given); key != 0; key = next(key)) if (tag(key + NODE) != OBJECT) return false;
  return true;
}

function contextHas(offset: i32): bool {
  if (offset < 0) return false;
  const context = load<u32>(ROOTS + 8) as usize;
  return load<i64>(context + offset) != ABSENT;
}

// A cell: {id, needs a session, keyed, decimal} in 24 bytes.
const NO: i32 = 0;
const YES: i32 = 1;
const MAYBE: i32 = 2;
const KEYED: i32 = 3;
const UNREADABLE: i32 = -1;

function cellNode(cell: usize, cells: usize): usize {
  if (cells == 0 || (load<u32>(cell, 8) != 0 && !contextHas(slot(SLOT_SESSION) as i32))) return 0;
  return own(cells, load<i64>(cell));
}

function isMaybe(node: usize): bool {
  return isText(node, WORD_MAYBE);
}

function labelState(cell: usize): i32 {
  const node = cellNode(cell, labels);
  if (node == 0) return UNREADABLE;
  if (load<u32>(cell, 12) != 0) return isKeyed(node) ? KEYED : UNREADABLE;
  const kind = tag(node);
  return kind == TRUE ? YES : kind == FALSE ? NO : isMaybe(node) ? MAYBE : UNREADABLE;
}

function areTexts(node: usize): bool {
  if (node == 0 || tag(node) != ARRAY) return false;
  for (let item = first(node); item != 0; item = next(item)) if (tag(item) != STRING) return false;
  return true;
}

function isKeyed(node: usize): bool {
  if (tag(node) != OBJECT || count(node) != 3) return false;
  if (!areTexts(member(node, WORD_SET)) || !areTexts(member(node, WORD_MAYBE))) return false;
  const full = member(node, FULL);
  return full != 0 && (tag(full) == TRUE || tag(full) == FALSE);
}

function lists(node: usize, key: i64): bool {
  for (let item = first(node); item != 0; item = next(item)) if (sameText(textOf(item), key)) return true;
  return false;
}

// {op, cell, what "maybe" counts as, number of keys, {node, how it is written} of each}.
const KEYS_AT: usize = 16;

export function op_label(node: usize): i64 {
  const cell = load<u32>(node, 4) as usize;
  let state = labelState(cell);
  if (state == KEYED) {
    const key = cellKey(node + KEYS_AT, load<u32>(node, 12));
    const found = cellNode(cell, labels);
    if (lists(member(found, WORD_SET), key)) state = YES;
    else if (tag(member(found, FULL)) == TRUE || lists(member(found, WORD_MAYBE), key))
      state = MAYBE;
    else state = NO;
  }
  return state == MAYBE ? load<u32>(node, 8) : state == YES ? 1 : 0;
}

/** A counter's value at a node; -1 when it is of another type. */
function amount(cell: usize, node: usize): i64 {
  if (tag(node) != STRING) return -1;
  const decimal = load<u32>(cell, 16);
  if (!isPlainNumber(textOf(node), false, decimal != 0 ? 6 : 0)) return -1;
  const value = scaled(textOf(node), decimal != 0 ? 6 : 0);
  return value == BAD ? -1 : value;
}

function counterReadable(cell: usize): bool {
  const node = cellNode(cell, counters);
  if (node == 0) return false;
  if (load<u32>(cell, 12) == 0) return amount(cell, node) >= 0;
  if (tag(node) != OBJECT) return false;
  for (let key = first(node); key != 0; key = next(key)) if (amount(cell, key + NODE) < 0) return false;
  return true;
}

/** {op, cell, unused, number of keys, keys}. */
export function op_counter(node: usize): i64 {
  const cell = load<u32>(node, 4) as usize;
  let found = cellNode(cell, counters);
  if (found == 0) return 0;
  if (load<u32>(cell, 12) != 0) {
    found = find(found, cellKey(node + KEYS_AT, load<u32>(node, 12)));
    if (found == 0) return 0;
  }
  const value = amount(cell, found);
  return value < 0 ? 0 : value;
}

/** {op, type, pointer, name}: the fact's value, or `ABSENT` when there is none of its type. */
export function op_fact(node: usize): i64 {
  if (facts == 0) return ABSENT;
  const given = find(facts, load<i64>(node, 8));
  if (given == 0) return ABSENT;
  const found = find(given, load<i64>(node, 16));
  if (found == 0) return ABSENT;
  const value = read(load<u32>(node, 4), found);
  return value == BAD ? ABSENT : value;
}

// {labels, counters, facts, offsets of the context}: the numbers, then addresses of cells and facts, and offsets.
export function unreadable_reads(reads: u32): u32 {
  let at: usize = reads + 16;
  let end = at + (load<u32>(reads) << 2);
  for (; at < end; at += 4) if (labelState(load<u32>(at)) == UNREADABLE) return STATE_MISSING;
  end = at + (load<u32>(reads, 4) << 2);
  for (; at < end; at += 4) if (!counterReadable(load<u32>(at))) return STATE_MISSING;
  end = at + (load<u32>(reads, 8) << 2);
  for (; at < end; at += 4) if (op_fact(load<u32>(at)) == ABSENT) return FACT_MISSING;
  end = at + (load<u32>(reads, 12) << 2);
  for (; at < end; at += 4) if (!contextHas(load<i32>(at))) return FACT_MISSING;
  return 0;
}
