// The values of the ABI: nodes of the JSON reader, owned by the heap, which hosts parse, print and patch as data.
//
// No decision reads them: what decides is in the module.
import { alloc, copy, start, size, setTop, text, top } from "./memory";
import { begin, finish, put, write, writeJson } from "./output";
import {
  ARRAY,
  FALSE,
  NODE,
  NULL,
  NUMBER,
  OBJECT,
  SET,
  STRING,
  TRUE,
  count,
  find,
  first,
  next,
  tag,
  textOf,
} from "./nodes";
import { newMember, setEmpty } from "./edit-nodes";
import { scan } from "./scan";
import { TERM, VALUE } from "./scan-mode";
import { truthText } from "./keys";

const MAX_DEPTH: u32 = 512;
const OK: i32 = 0;
const BAD_TYPE: i32 = 2;
const BAD_PATH: i32 = 3;

/** Hosts free the text, so the value owns a copy. 0 when it is malformed. */
function parseCopy(from: usize, length: u32, as: u32): usize {
  setTop(top);
  // One host counts the NUL behind the text.
  if (length > 0 && load<u8>(from + length - 1) == 0) length--;
  const own = alloc((length as usize) + 16);
  copy(own, from, length);
  return scan(own, length, MAX_DEPTH, as);
}

export function opa_json_parse(from: usize, length: u32): usize {
  return parseCopy(from, length, VALUE);
}

export function opa_value_parse(from: usize, length: u32): usize {
  return parseCopy(from, length, TERM);
}

export function opa_json_dump(value: usize): usize {
  setTop(top);
  begin();
  dump(value, false);
  return start(finish());
}

export function opa_value_dump(value: usize): usize {
  setTop(top);
  begin();
  dump(value, true);
  return start(finish());
}

const SET_CALL = memory.data<u8>([0x73, 0x65, 0x74, 0x28, 0x29]);
const NULL_WORD = memory.data<u8>([0x6e, 0x75, 0x6c, 0x6c]);

export function dump(node: usize, asTerms: bool): void {
  const kind = tag(node);
  if (node == 0 || kind == NULL) write(text(NULL_WORD, 4));
  else if (kind == TRUE || kind == FALSE) write(truthText(kind - FALSE));
  else if (kind == NUMBER) write(textOf(node));
  else if (kind == STRING) writeJson(textOf(node));
  else if (kind == OBJECT) dumpMembers(node, asTerms);
  else if (kind == SET && asTerms && count(node) == 0) write(text(SET_CALL, 5));
  else {
    const braces = kind == SET && asTerms;
    put(braces ? 0x7b : 0x5b);
    for (let item = first(node); item != 0; item = next(item)) {
      if (item != first(node)) put(0x2c);
      dump(item, asTerms);
    }
    put(braces ? 0x7d : 0x5d);
  }
}

function dumpMembers(node: usize, asTerms: bool): void {
  put(0x7b);
  for (let key = first(node); key != 0; key = next(key)) {
    if (key != first(node)) put(0x2c);
    writeJson(textOf(key));
    put(0x3a);
    dump(key + NODE, asTerms);
  }
  put(0x7d);
}

/** A copy of the head of a value; what it holds is shared. */
function assign(to: usize, from: usize): void {
  store<u32>(to, load<u32>(from));
  store<u64>(to, load<u64>(from, 4), 4);
}

/** Creates objects on the way; the base stays where it is. */
export function opa_value_add_path(base: usize, path: usize, value: usize): i32 {
  setTop(top);
  if (base == 0 || path == 0 || tag(path) != ARRAY) return BAD_PATH;
  let at = base;
  for (let segment = first(path); segment != 0; segment = next(segment)) {
    if (tag(segment) != STRING) return BAD_PATH;
    if (tag(at) != OBJECT) return BAD_TYPE;
    let member = find(at, textOf(segment));
    if (member == 0) {
      member = newMember(at, textOf(segment));
      setEmpty(member, OBJECT);
    }
    at = member;
  }
  assign(at, value);
  return OK;
}

export function opa_value_remove_path(base: usize, path: usize): i32 {
  setTop(top);
  if (base == 0 || path == 0 || tag(path) != ARRAY || count(path) == 0) return BAD_PATH;
  let at = base;
  let segment = first(path);
  while (true) {
    if (tag(segment) != STRING) return BAD_PATH;
    if (tag(at) != OBJECT) return BAD_TYPE;
    const member = find(at, textOf(segment));
    // What is not there need not be removed.
    if (member == 0) return OK;
    if (next(segment) != 0) {
      at = member;
      segment = next(segment);
      continue;
    }
    let link = at + 4;
    while (load<u32>(link) + NODE != (member as u32)) link = load<u32>(link) + 12;
    store<u32>(link, load<u32>(member - NODE, 12));
    store<u32>(at, count(at) - 1, 8);
    return OK;
  }
}

/** Values share what they hold, so that none can be given back alone: the host drops the whole heap. */
export function opa_value_free(value: usize): void {}
