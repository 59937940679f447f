// Entry of the runtime: the functions of the ABI, and all that the compiler may put into the function table.
import {
  SLOT_ENTRYPOINTS,
  SLOT_INVALID_INPUT,
  alloc,
  ensure,
  fail,
  setTop,
  size,
  slot,
  start,
  text,
  top,
} from "./memory";
import { begin, beginAnswer, finish, finishAnswer, setFrame, write } from "./output";
import { MAX_DEPTH } from "./request";
import { scan } from "./scan";
import { CHECKED, REQUEST, TERM } from "./scan-mode";
import { decision } from "./decide";
import { visible } from "./visible";
import { dump, opa_json_parse, opa_value_dump } from "./values";
import { advance } from "./advance";

export * from "./heap";
export {
  opa_json_parse,
  opa_value_parse,
  opa_json_dump,
  opa_value_dump,
  opa_value_add_path,
  opa_value_remove_path,
  opa_value_free,
} from "./values";
export * from "./types";
export { rd_agent } from "./request";
export * from "./expressions";
export * from "./builtins";
export { op_label, op_counter, op_fact, unreadable_reads } from "./state";
export { hold_waivers, write_waived } from "./waivers";
export { reserve_all } from "./reservations";
export { write_reason } from "./reason";
export { differing_verdict } from "./shadow";
export { undecided_text } from "./undecided";
export { label_events } from "./label-events";
export { counter_events } from "./counter-events";
export * from "./addresses";
export * from "./hosts";
export * from "./paths";
export * from "./numbered";
export * from "./urls";
export * from "./commands";
export * from "./texts";
export { match_rules } from "./match-rules";
export { by_steps, in_bytes, in_words } from "./pattern";

export const opa_wasm_abi_version: i32 = 1;
export const opa_wasm_abi_minor_version: i32 = 3;
/** Where the tables of a policy may begin. */
export function runtime_end(): usize {
  return __heap_base;
}

const DECISION: i32 = 0;
const VISIBLE: i32 = 1;
const ADVANCE: i32 = 2;

/** Bytes of `{state, event}`, whose event is held to the limits of requests, one level further in. */
const MAX_ADVANCE_TEXT: u32 = 16777216;

const NO_ENTRYPOINT = memory.data<u8>([
  0x61, 0x65, 0x67, 0x69, 0x73, 0x3a, 0x20, 0x6e, 0x6f, 0x20, 0x73, 0x75, 0x63, 0x68, 0x20, 0x65, 0x6e, 0x74,
  0x72, 0x79, 0x70, 0x6f, 0x69, 0x6e, 0x74, 0,
]);

/** The answer of an entrypoint to a text, which is of the given kind. */
function answer(entrypoint: i32, input: usize, length: u32, as: u32): i64 {
  if (entrypoint == DECISION) return decision(input, length, as);
  if (entrypoint == VISIBLE) return visible(input, length, as);
  if (entrypoint == ADVANCE) return printed(stateAfter(input, length, as));
  fail(NO_ENTRYPOINT);
  return 0;
}

function stateAfter(input: usize, length: u32, as: u32): usize {
  if (length == 0 || length > MAX_ADVANCE_TEXT) return 0;
  const root = scan(input, length, MAX_DEPTH + 1, as);
  return root == 0 ? 0 : advance(root);
}

/** The text of a state; nothing where there is none. */
function printed(state: usize): i64 {
  if (state == 0) return 0;
  beginAnswer();
  dump(state, false);
  return finishAnswer();
}

const FRAMES = memory.data<u8>([
  0x5b, 0x7b, 0x22, 0x72, 0x65, 0x73, 0x75, 0x6c, 0x74, 0x22, 0x3a, 0x7b, 0x7b, 0x22, 0x72, 0x65, 0x73, 0x75,
  0x6c, 0x74, 0x22, 0x3a, 0x73, 0x65, 0x74, 0x28, 0x29, 0x5b, 0x5d,
]);

const BEHIND: u32 = 0x5d7d;
const BEHIND_TERM: u32 = 0x7d7d;

/** The answer in the array of results, or in the set of Rego's text form; of nothing an empty one. */
export function opa_eval(
  reserved: usize,
  entrypoint: i32,
  data: usize,
  input: usize,
  length: u32,
  heap: usize,
  format: i32,
): usize {
  // The byte behind the text is ours too.
  setTop(heap + 16);
  // Hosts make room for the text alone, and it may end where memory does.
  ensure(top);
  const asTerms = format != 0;
  setFrame(text(asTerms ? FRAMES + 11 : FRAMES, 11), asTerms ? BEHIND_TERM : BEHIND);
  let document = answer(entrypoint, input, length, asTerms ? TERM : REQUEST);
  if (document == 0) {
    begin();
    write(asTerms ? text(FRAMES + 22, 5) : text(FRAMES + 27, 2));
    document = finish();
  }
  last = size(document);
  return start(document);
}

/**
 * Answers without the frame, for our own host: the address of the document, whose length `aegis_length` gives. Where the
 * host has checked the request its text may be longer than one that comes from outside.
 */
export function aegis_eval(entrypoint: i32, input: usize, length: u32, checked: i32): usize {
  setTop(input + length + 16);
  setFrame(0, 0);
  const document = answer(entrypoint, input, length, checked != 0 ? CHECKED : REQUEST);
  last = size(document);
  return start(document);
}

/** Bytes of the last answer. */
let last: u32 = 0;
export function aegis_length(): u32 {
  return last;
}

export function entrypoints(): usize {
  return slot(SLOT_ENTRYPOINTS) as usize;
}
/** The compiler puts an empty object there. */
export function builtins(): usize {
  return (slot(SLOT_ENTRYPOINTS) as usize) - 16;
}

// A context: {input, data, result, entrypoint}.
export function opa_eval_ctx_new(): usize {
  setTop(top);
  const context = alloc(16);
  store<u64>(context, 0);
  store<u64>(context, 0, 8);
  return context;
}
export function opa_eval_ctx_set_input(context: usize, value: usize): void {
  store<u32>(context, value as u32);
}
export function opa_eval_ctx_set_data(context: usize, value: usize): void {
  store<u32>(context, value as u32, 4);
}
export function opa_eval_ctx_set_entrypoint(context: usize, id: i32): void {
  store<i32>(context, id, 12);
}
export function opa_eval_ctx_get_result(context: usize): usize {
  return load<u32>(context, 8);
}

/** The input of a context was parsed as a value: it is printed and read again, under the limits of requests. */
export function eval(context: usize): i32 {
  setTop(top);
  const value = load<u32>(context) as usize;
  let from: usize = 0;
  let length: u32 = 0;
  if (value != 0) {
    from = opa_value_dump(value);
    length = (top - 1 - from) as u32;
  }
  const document = opa_eval(0, load<i32>(context, 12), 0, from, length, top, 0);
  store<u32>(context, opa_json_parse(document, last) as u32, 8);
  return 0;
}
