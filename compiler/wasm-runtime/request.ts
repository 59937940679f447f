// The request, checked in the order of the contract: what is outside of arguments and result, tool and action, these.
import { ABSENT, BAD, ROOTS, SLOT_ACTIONS, SLOT_ACTION_MASK, SLOT_AGENT, SLOT_CONTEXT, alloc, sameText, size, slot, start, text } from "./memory";
import { forgetCommand } from "./commands";
import { resetLocals } from "./expressions";
import { NODE, NULL, OBJECT, STRING, find, own, tag, textOf } from "./nodes";
import { scanValue, skipSpace } from "./scan";
import { CHECKED, setMode } from "./scan-mode";
import { scanString } from "./scan-string";
import { readFacts, readState, resetState } from "./state";
import { isPlainRecord, recordText } from "./typed-text";
import { rd_record, read } from "./types";

export const VALID: u32 = 0;
export const INVALID_INPUT: u32 = 1;
export const UNKNOWN_ACTION: u32 = 2;

/** The action's table entry, and whether its result is asked about. */
export let action: usize = 0;
export let inResult: bool = false;
/** `ok`, `error` or `unknown` of the result. */
export let status: u32 = 0;

/** Names of members, each in 8 bytes, and their lengths. */
const NAMES = memory.data<u8>([
  0x70, 0x68, 0x61, 0x73, 0x65, 0, 0, 0, 0x61, 0x67, 0x65, 0x6e, 0x74, 0, 0, 0, 0x74, 0x6f, 0x6f, 0x6c, 0, 0, 0, 0,
  0x61, 0x63, 0x74, 0x69, 0x6f, 0x6e, 0, 0, 0x61, 0x72, 0x67, 0x73, 0, 0, 0, 0, 0x63, 0x6f, 0x6e, 0x74, 0x65, 0x78,
  0x74, 0, 0x73, 0x74, 0x61, 0x74, 0x65, 0, 0, 0, 0x66, 0x61, 0x63, 0x74, 0x73, 0, 0, 0, 0x72, 0x65, 0x73, 0x75, 0x6c,
  0x74, 0, 0,
]);
const PHASE: u32 = 0;
const AGENT: u32 = 1;
const TOOL: u32 = 2;
const ACTION: u32 = 3;
const ARGS: u32 = 4;
const CONTEXT: u32 = 5;
const STATE: u32 = 6;
const FACTS: u32 = 7;
const RESULT: u32 = 8;
const MEMBERS: u32 = 9;
/** Values of the members, 0 where there is none, and the nodes that hold them. */
const FOUND = memory.data(40);
const VALUES = memory.data(144);
/** A name that is written with escapes. */
const NAME = memory.data(16);

/** Where a record has been put. */
const RECORD = memory.data(8);

/** Bytes of a request that the host has not checked, and levels. */
const MAX_TEXT: u32 = 1048576;
export const MAX_DEPTH: u32 = 64;

@inline
function isShort(length: u32, as: u32): bool {
  return length > 0 && (length <= MAX_TEXT || as == CHECKED);
}

const WORDS = memory.data<u8>([
  0x63, 0x61, 0x6c, 0x6c, 0x72, 0x65, 0x73, 0x75, 0x6c, 0x74, 0x69, 0x64, 0x73, 0x74, 0x61, 0x74, 0x75, 0x73, 0x76,
  0x61, 0x6c, 0x75, 0x65, 0x6f, 0x6b, 0x65, 0x72, 0x72, 0x6f, 0x72, 0x75, 0x6e, 0x6b, 0x6e, 0x6f, 0x77, 0x6e, 0, 0, 0,
  0, 0, 0, 0, 0,
]);

/** A record that holds nothing, for what there is not. */
const NOTHING = memory.data(16);

/** A member by number; null, like a missing one, is 0. */
@inline
function member(index: u32): usize {
  const node = load<u32>(FOUND + (index << 2)) as usize;
  return node == 0 || tag(node) == NULL ? 0 : node;
}

/** The number of the member whose name stands at `at` in quotes and without escapes; `MEMBERS` for another. */
@inline
function memberAt(at: usize, expected: u32): u32 {
  if (load<u8>(at) != 0x22) return MEMBERS;
  const bytes = load<u64>(at + 1);
  for (let tried: u32 = 0; tried < MEMBERS; tried++, expected++) {
    if (expected == MEMBERS) expected = 0;
    const name = load<u64>(NAMES + (expected << 3));
    const unused = clz(name) & 0x38;
    if ((bytes ^ name) << unused == 0 && load<u8>(at + 9 - ((unused >> 3) as usize)) == 0x22) return expected;
  }
  return MEMBERS;
}

@inline
function nameOf(index: u32): i64 {
  const name = NAMES + (index << 3);
  return text(name, 8 - ((clz(load<u64>(name)) >> 3) as u32));
}

/** Reads the members of a request into their places; false where it is malformed, or a member is unknown or does not fit. */
function takeMembers(from: usize, length: u32, as: u32): bool {
  setMode(as, MAX_DEPTH);
  for (let index: u32 = 0; index < MEMBERS; index++) store<u32>(FOUND + (index << 2), 0);
  store<u8>(from + length, 0);
  let at = skipSpace(from);
  if (load<u8>(at) != 0x7b) return false;
  at = skipSpace(at + 1);
  let index: u32 = AGENT;
  while (true) {
    index = memberAt(at, index);
    if (index < MEMBERS) at += size(nameOf(index)) + 2;
    else {
      if (load<u8>(at) != 0x22) return false;
      at = scanString(at, NAME);
      if (at == 0) return false;
      index = 0;
      while (index < MEMBERS && !sameText(nameOf(index), textOf(NAME))) index++;
      if (index == MEMBERS) return false;
    }
    at = skipSpace(at);
    if (load<u8>(at) != 0x3a) return false;
    at = takeMember(skipSpace(at + 1), index);
    if (at == 0) return false;
    index++;
    at = skipSpace(at);
    const byte: u32 = load<u8>(at++);
    if (byte == 0x7d) break;
    if (byte != 0x2c) return false;
    at = skipSpace(at);
  }
  return skipSpace(at) == from + length;
}

/** Reads one member; the address behind it, or 0. */
@inline
function takeMember(at: usize, index: u32): usize {
  const place = FOUND + (index << 2);
  const node = VALUES + ((index as usize) << 4);
  if (load<u32>(place) != 0) return 0;
  store<u32>(place, node as u32);
  if (index == AGENT) return takeRecord(at, node, slot(SLOT_AGENT) as usize, ROOTS + 4);
  if (index == CONTEXT) return takeRecord(at, node, slot(SLOT_CONTEXT) as usize, ROOTS + 8);
  if (index == ARGS && areNames()) {
    action = actionOf(textOf(member(TOOL)), textOf(member(ACTION)));
    if (action != 0) return takeRecord(at, node, load<u32>(action, 16), ROOTS);
  }
  return scanValue(at, node, 1);
}

/** A record in the place of its root. What may not be read from the text is a node, which is looked at later. */
function takeRecord(at: usize, node: usize, type: usize, root: usize): usize {
  if (!isPlainRecord(type) || load<u8>(at) != 0x7b) return scanValue(at, node, 1);
  store<u32>(node, OBJECT);
  const end = recordText(at, type, RECORD, 1);
  store<u32>(root, load<u32>(RECORD));
  return end;
}

/** Reads agent and context where they have not been read yet. */
@inline
function takeIdentity(): bool {
  return (load<u32>(ROOTS + 4) != 0 || takeAgent()) && (load<u32>(ROOTS + 8) != 0 || takeContext());
}

function takeAgent(): bool {
  const agent = load<u32>(FOUND + (AGENT << 2)) as usize;
  if (agent == 0 || tag(agent) != OBJECT) return false;
  // Whatever a program declares, nobody is asked about without a name.
  const id = find(agent, text(WORDS + 10, 2));
  if (id == 0 || tag(id) != STRING) return false;
  const attributes = rd_record(slot(SLOT_AGENT) as usize, agent);
  if (attributes == BAD) return false;
  store<u32>(ROOTS + 4, attributes as u32);
  return true;
}

function takeContext(): bool {
  const given = member(CONTEXT);
  const context = given == 0 ? nothingOf(slot(SLOT_CONTEXT) as usize) : rd_record(slot(SLOT_CONTEXT) as usize, given);
  store<u32>(ROOTS + 8, context as u32);
  return context != BAD;
}

/** What a record type reads from an empty object. */
function nothingOf(type: usize): i64 {
  store<u32>(NOTHING, OBJECT);
  store<u64>(NOTHING, 0, 4);
  store<u32>(NOTHING, 0, 12);
  return rd_record(type, NOTHING);
}

/** Forgets the last request. */
export function resetRequest(): void {
  resetState();
  forgetCommand();
  resetLocals();
  store<u64>(ROOTS, 0);
  store<u64>(ROOTS, 0, 8);
}

/** `{agent, context}` for the list of tools. */
export function validateList(from: usize, length: u32, as: u32): bool {
  resetRequest();
  if (!isShort(length, as) || !takeMembers(from, length, as)) return false;
  for (let index: u32 = 0; index < MEMBERS; index++) {
    if (index != AGENT && index != CONTEXT && load<u32>(FOUND + (index << 2)) != 0) return false;
  }
  return takeIdentity();
}

/** An event's call, and where it has finished its result: one that does not fit is as if it were unknown. */
export function validateEvent(event: usize, finished: bool): bool {
  resetRequest();
  for (let index: u32 = 0; index < MEMBERS; index++) store<u32>(FOUND + (index << 2), 0);
  for (let index = AGENT; index <= CONTEXT; index++) store<u32>(FOUND + (index << 2), find(event, nameOf(index)) as u32);
  inResult = finished;
  if (!takeIdentity() || takeCall() != VALID) return false;
  status = 2;
  if (!finished) return true;
  const result = own(event, nameOf(RESULT));
  if (result == 0 || !readResult(result)) {
    status = 2;
    resultRoot(text(WORDS + 30, 7));
  }
  return true;
}

/** The code of the refusal, or `VALID`. */
export function validate(from: usize, length: u32, as: u32): u32 {
  resetRequest();
  if (!isShort(length, as) || !takeMembers(from, length, as)) return INVALID_INPUT;
  if (!takeIdentity() || !areNames()) return INVALID_INPUT;
  const phase = member(PHASE);
  inResult = false;
  if (phase != 0) {
    if (tag(phase) != STRING) return INVALID_INPUT;
    inResult = sameText(textOf(phase), text(WORDS + 4, 6));
    if (!inResult && !sameText(textOf(phase), text(WORDS, 4))) return INVALID_INPUT;
  }
  const state = member(STATE);
  const facts = member(FACTS);
  if ((state != 0 && !readState(state)) || (facts != 0 && !readFacts(facts))) return INVALID_INPUT;
  const code = takeCall();
  if (code != VALID) return code;
  const result = member(RESULT);
  if (!inResult) return result == 0 ? VALID : INVALID_INPUT;
  return result != 0 && readResult(result) ? VALID : INVALID_INPUT;
}

/** Whether tool and action are text. */
@inline
function areNames(): bool {
  const tool = member(TOOL);
  const name = member(ACTION);
  return tool != 0 && name != 0 && tag(tool) == STRING && tag(name) == STRING;
}

/** Finds the action and reads its arguments. */
function takeCall(): u32 {
  if (!areNames()) return INVALID_INPUT;
  if (load<u32>(ROOTS) != 0) return VALID;
  action = actionOf(textOf(member(TOOL)), textOf(member(ACTION)));
  if (action == 0) return UNKNOWN_ACTION;
  const args = load<u32>(FOUND + (ARGS << 2)) as usize;
  const given = args == 0 ? BAD : rd_record(load<u32>(action, 16), args);
  store<u32>(ROOTS, given as u32);
  return given == BAD ? INVALID_INPUT : VALID;
}

// An action: {tool, name, type of args, type of the result, whether its value may be missing, …}; see `decide`.
function readResult(result: usize): bool {
  if (tag(result) != OBJECT) return false;
  const statusNode = find(result, text(WORDS + 12, 6));
  const valueNode = find(result, text(WORDS + 18, 5));
  const members: u32 = (statusNode != 0 ? 1 : 0) + (valueNode != 0 ? 1 : 0);
  if (load<u32>(result, 8) != members || statusNode == 0 || tag(statusNode) != STRING) return false;
  const given = textOf(statusNode);
  const names = text(WORDS + 23, 2);
  if (sameText(given, names)) status = 0;
  else if (sameText(given, text(WORDS + 25, 5))) status = 1;
  else if (sameText(given, text(WORDS + 30, 7))) status = 2;
  else return false;
  const root = resultRoot(given);
  if (status != 0) return valueNode == 0 || tag(valueNode) == NULL;
  if (valueNode == 0) return load<u32>(action, 24) != 0;
  const value = read(load<u32>(action, 20), valueNode);
  store<i64>(root, value, 8);
  return value != BAD;
}

const RESULT_RECORD = memory.data(16);

function resultRoot(given: i64): usize {
  store<i64>(RESULT_RECORD, given);
  store<i64>(RESULT_RECORD, ABSENT, 8);
  store<u32>(ROOTS, RESULT_RECORD as u32, 12);
  return RESULT_RECORD;
}

/** FNV-1a over both names with a zero between. */
function actionOf(tool: i64, name: i64): usize {
  const mask = slot(SLOT_ACTION_MASK) as u32;
  const table = slot(SLOT_ACTIONS) as usize;
  let place = hash(hash(0x811c9dc5, tool) * 0x01000193, name);
  while (true) {
    place &= mask;
    const found = load<u32>(table + (place << 2)) as usize;
    if (found == 0) return 0;
    if (sameText(load<i64>(found), tool) && sameText(load<i64>(found, 8), name)) return found;
    place++;
  }
}

function hash(seed: u32, whole: i64): u32 {
  let at = start(whole);
  const end = at + size(whole);
  for (; at < end; at++) seed = (seed ^ load<u8>(at)) * 0x01000193;
  return seed;
}
