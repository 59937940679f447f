// The request, checked in the order of the contract: what is outside of arguments and result, tool and action, these.
import {
  ABSENT,
  BAD,
  ROOTS,
  SLOT_REQUEST,
  sameText,
  slot,
  take,
  text,
} from "./memory";
import { action, findAction, forgetAction } from "./actions";
import { forgetCommand } from "./commands";
import { resetLocals } from "./expressions";
import { NULL, OBJECT, STRING, find, own, tag, textOf } from "./nodes";
import { skipSpace } from "./scan";
import { CHECKED, setMode } from "./scan-mode";
import { readFacts, readState, resetState } from "./state";
import { recordText } from "./typed-text";
import { RECORD_FIELD, RECORD_FIELDS, nameOf, newRecord, rd_record, read, typeOf } from "./types";

export const VALID: u32 = 0;
export const INVALID_INPUT: u32 = 1;
export const UNKNOWN_ACTION: u32 = 2;

/** Whether a result is asked about. */
export let inResult: bool = false;
/** `ok`, `error` or `unknown` of the result. */
export let status: u32 = 0;

// A request is a record of its own type, whose fields stand in this order: agent and context as records, tool and action as
// text, arguments as a record where tool and action come first, all else as nodes. What is missing is 0.
const PHASE: u32 = 0;
const AGENT: u32 = 1;
const TOOL: usize = 2;
const ACTION: usize = 3;
const ARGS: u32 = 4;
const CONTEXT: u32 = 5;
const STATE: u32 = 6;
const FACTS: u32 = 7;
const RESULT: u32 = 8;
const MEMBERS: u32 = 9;

/** Where the record of the request stands. */
let members: usize = 0;

/** Bytes of a request that the host has not checked, and levels. */
const MAX_TEXT: u32 = 1048576;
export const MAX_DEPTH: u32 = 64;

const WORDS = memory.data<u8>([
  0x63, 0x61, 0x6c, 0x6c, 0x72, 0x65, 0x73, 0x75, 0x6c, 0x74, 0x69, 0x64, 0x73, 0x74, 0x61, 0x74, 0x75, 0x73,
  0x76, 0x61, 0x6c, 0x75, 0x65, 0x6f, 0x6b, 0x65, 0x72, 0x72, 0x6f, 0x72, 0x75, 0x6e, 0x6b, 0x6e, 0x6f, 0x77,
  0x6e,
]);

/** An object that holds nothing, for what there is not. */
const NOTHING = memory.data(16);

@inline
function given(index: u32): i64 {
  return load<i64>(members + (index << 3));
}
/** The node of a member; null, like a missing one, is 0. */
@inline
function member(index: u32): usize {
  const node = given(index) as usize;
  return node == 0 || tag(node) == NULL ? 0 : node;
}
@inline
function fieldAt(index: u32): usize {
  return (slot(SLOT_REQUEST) as usize) + RECORD_FIELDS + (index as usize) * RECORD_FIELD;
}

/** Reads the members of a request; false where it is malformed, a member is unknown or does not fit, or nobody asks. */
function takeMembers(from: usize, length: u32, as: u32): bool {
  resetRequest();
  if (length == 0 || (length > MAX_TEXT && as != CHECKED)) return false;
  setMode(as, MAX_DEPTH);
  store<u8>(from + length, 0);
  members = take((MEMBERS << 3) + 8);
  // Arguments that come first must find that these are not known.
  store<u64>(members, 0, TOOL << 3);
  store<u64>(members, 0, ACTION << 3);
  const end = recordText(skipSpace(from), slot(SLOT_REQUEST) as usize, members, 0);
  const last = from + length;
  return end != 0 && (end == last || skipSpace(end) == last) && takeIdentity();
}

/** Agent and context; what a context that is missing or null would hold is read from an empty object. */
@inline
function takeIdentity(): bool {
  store<u32>(ROOTS, given(AGENT) as u32, 4);
  let context = given(CONTEXT);
  if ((context as u32) == 0) context = nothing();
  store<u32>(ROOTS, context as u32, 8);
  return given(AGENT) != 0 && context != BAD;
}

function nothing(): i64 {
  store<u32>(NOTHING, OBJECT);
  // The type of the context is that of an optional record.
  return rd_record(load<u32>(typeOf(fieldAt(CONTEXT)), 4), NOTHING);
}

/** Whatever a program declares, nobody is asked about without a name: where the type does not see to that. */
export function rd_agent(type: usize, node: usize): i64 {
  if (tag(node) != OBJECT) return BAD;
  const id = find(node, text(WORDS + 10, 2));
  return id == 0 || tag(id) != STRING ? BAD : rd_record(type, node);
}

/** Forgets the last request. */
export function resetRequest(): void {
  resetState();
  forgetCommand();
  resetLocals();
  forgetAction();
  store<u64>(ROOTS, 0);
  store<u64>(ROOTS, 0, 8);
}

/** `{agent, context}` for the list of tools. */
export function validateList(from: usize, length: u32, as: u32): bool {
  if (!takeMembers(from, length, as)) return false;
  for (let index: u32 = 0; index < MEMBERS; index++) {
    if (index != AGENT && index != CONTEXT && given(index) != 0) return false;
  }
  return true;
}

/** An event's call, and where it has finished its result: one that does not fit is as if it were unknown. */
export function validateEvent(event: usize, finished: bool): bool {
  resetRequest();
  members = newRecord(slot(SLOT_REQUEST) as usize);
  for (let index = AGENT; index <= CONTEXT; index++) {
    const field = fieldAt(index);
    const node = find(event, nameOf(field));
    if (node == 0) continue;
    const value = read(typeOf(field), node);
    if (value == BAD) return false;
    store<i64>(members + (index << 3), value);
  }
  inResult = finished;
  if (!takeIdentity() || takeCall() != VALID) return false;
  status = 2;
  if (!finished) return true;
  const result = own(event, nameOf(fieldAt(RESULT)));
  if (result == 0 || !readResult(result)) {
    status = 2;
    resultRoot(text(WORDS + 30, 7));
  }
  return true;
}

/** The code of the refusal, or `VALID`. */
export function validate(from: usize, length: u32, as: u32): u32 {
  if (!takeMembers(from, length, as)) return INVALID_INPUT;
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

/** Finds the action and reads its arguments, where that has not been done yet. */
function takeCall(): u32 {
  let args = given(ARGS);
  if (action == 0) {
    if (given(TOOL) == 0 || given(ACTION) == 0) return INVALID_INPUT;
    if (findAction(given(TOOL), given(ACTION)) == 0) return UNKNOWN_ACTION;
    args = args == 0 ? BAD : rd_record(load<u32>(action, 16), args as usize);
  }
  store<u32>(ROOTS, args as u32);
  return args == BAD ? INVALID_INPUT : VALID;
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
