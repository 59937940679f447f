// The meaning of expressions: one function for each kind of node, called by its number in the function table.
//
// A node begins with that number; what follows are addresses of other nodes and numbers. Nodes are well-typed and total:
// the decoder of programs has seen to that, so nothing is checked here.
import { ABSENT, BAD, LOCALS, MAX_INTEGER, ROOTS, alloc, sameText, size } from "./memory";
import { BY_CANONICAL, BY_NUMBER, compareScalars, comparable, sameScalar } from "./sort";
import { newList, read } from "./types";
import { anyText } from "./texts";

/** The value of a node. */
@inline
export function evaluate(node: usize): i64 {
  return call_indirect<i64>(load<u32>(node), node);
}
/**
 * The value of a child: nodes stand at multiples of four, and what is left over tells a field of a root, by its offset in front of
 * the number of the root; constants are fields of a root that stands at 0.
 */
@inline
export function child(node: usize, offset: usize): i64 {
  const place = load<u32>(node + offset);
  if (place & 2) return load<i64>((load<u32>(ROOTS + ((place & 28) as usize)) as usize) + (place >>> 5));
  return evaluate(place);
}
/** Whether a condition holds; 0 stands for one that always does, an odd address for one that is made of several. */
export function holds(node: usize): bool {
  if (node & 1) return allHold(node - 1);
  return node == 0 || evaluate(node) == 1;
}
/** {unused, number, nodes}. */
@inline
function allHold(node: usize): bool {
  const end = node + 8 + (load<u32>(node, 4) << 2);
  for (let place = node + 8; place < end; place += 4) if (evaluate(load<u32>(place)) == 0) return false;
  return true;
}

export function op_const(node: usize): i64 {
  return load<i64>(node, 8);
}

/** {op, address of the root, offset}: a field of a root. */
export function op_read(node: usize): i64 {
  return load<i64>((load<u32>(load<u32>(node, 4)) as usize) + load<u32>(node, 8));
}
/** {op, address of the root}: the root itself. */
export function op_root(node: usize): i64 {
  return load<u32>(load<u32>(node, 4));
}
/** {op, offset from the innermost variable}. */
export function op_local(node: usize): i64 {
  return load<i64>(locals - load<u32>(node, 4));
}
/** {op, of, offset}: a field of a record that may be absent. */
export function op_field(node: usize): i64 {
  const subject = child(node, 4);
  return subject == ABSENT ? ABSENT : load<i64>((subject as usize) + load<u32>(node, 8));
}
/** {op, of, function}. */
export function op_part(node: usize): i64 {
  return call_indirect<i64>(load<u32>(node, 8), child(node, 4));
}
/** {op, of, key}: of a map or headers. */
export function op_index(node: usize): i64 {
  const found = memberOf(child(node, 4) as usize, load<i64>(node, 8));
  return found == 0 ? ABSENT : load<i64>(found, 8);
}

function memberOf(map: usize, key: i64): usize {
  const end = map + 8 + (load<u32>(map) << 4);
  for (let member = map + 8; member < end; member += 16) if (sameText(load<i64>(member), key)) return member;
  return 0;
}

export function op_not(node: usize): i64 {
  return child(node, 4) ^ 1;
}
/** {op, number, nodes}. */
export function op_and(node: usize): i64 {
  return allHold(node) ? 1 : 0;
}
export function op_or(node: usize): i64 {
  const end = node + 8 + (load<u32>(node, 4) << 2);
  for (let place = node + 8; place < end; place += 4) if (evaluate(load<u32>(place)) == 1) return 1;
  return 0;
}
/** {op, condition, then, else}. */
export function op_if(node: usize): i64 {
  return child(node, 4) == 1 ? child(node, 8) : child(node, 12);
}

/** {op, left, right, 1 where the opposite is asked}; `op_less` in this order or the other one is all four. */
export function op_eq_number(node: usize): i64 {
  return (child(node, 4) == child(node, 8) ? 1 : 0) ^ load<u32>(node, 12);
}
export function op_less(node: usize): i64 {
  return (child(node, 4) < child(node, 8) ? 1 : 0) ^ load<u32>(node, 12);
}
export function op_eq_text(node: usize): i64 {
  return (sameText(child(node, 4), child(node, 8)) ? 1 : 0) ^ load<u32>(node, 12);
}
export function op_eq_parsed(node: usize): i64 {
  return (sameScalar(child(node, 4), child(node, 8), BY_CANONICAL) ? 1 : 0) ^ load<u32>(node, 12);
}

function saturated(value: i64): i64 {
  return value > MAX_INTEGER ? MAX_INTEGER : value < -MAX_INTEGER ? -MAX_INTEGER : value;
}
export function op_add(node: usize): i64 {
  return saturated(child(node, 4) + child(node, 8));
}
export function op_sub(node: usize): i64 {
  return saturated(child(node, 4) - child(node, 8));
}
export function op_mul(node: usize): i64 {
  const left = child(node, 4);
  const right = child(node, 8);
  if (left == 0 || right == 0) return 0;
  const most = MAX_INTEGER / (right < 0 ? -right : right);
  if ((left < 0 ? -left : left) > most) return left < 0 == right < 0 ? MAX_INTEGER : -MAX_INTEGER;
  return left * right;
}
export function op_mod(node: usize): i64 {
  const left = child(node, 4);
  const right = child(node, 8);
  if (right == 0) return 0;
  const rest = left % right;
  return rest < 0 ? rest + right : rest;
}

/** Up to here items are compared one after the other, be they sorted or not. */
const FEW: u32 = 8;

/** Whether a scalar is in a list or set: {count, sorted, values}; sorted ones are constants. */
export function isIn(item: i64, list: usize, mode: u32): bool {
  const items = load<u32>(list);
  if (items > FEW && load<u32>(list, 4) != 0) return isSortedIn(item, list, mode);
  const end = list + 8 + (items << 3);
  const looked = comparable(item, mode);
  for (let place = list + 8; place < end; place += 8) {
    const value = load<i64>(place);
    if (value == item) return true;
    if (mode == BY_NUMBER) continue;
    const other = comparable(value, mode);
    if (size(other) == size(looked) && sameText(other, looked)) return true;
  }
  return false;
}

function isSortedIn(item: i64, list: usize, mode: u32): bool {
  let low: u32 = 0;
  let high = load<u32>(list);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareScalars(load<i64>(list + 8 + (middle << 3)), item, mode);
    if (order == 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}

/** {op, item, of, how to compare}. */
export function op_member(node: usize): i64 {
  return isIn(child(node, 4), child(node, 8) as usize, load<u32>(node, 12)) ? 1 : 0;
}
export function op_member_key(node: usize): i64 {
  return memberOf(child(node, 8) as usize, child(node, 4)) != 0 ? 1 : 0;
}
export function op_present(node: usize): i64 {
  return child(node, 4) != ABSENT ? 1 : 0;
}
export function op_else(node: usize): i64 {
  const value = child(node, 4);
  return value == ABSENT ? child(node, 8) : value;
}

/** Address of the innermost variable. */
let locals: usize = LOCALS - 8;

export function pushLocal(value: i64): void {
  locals += 8;
  store<i64>(locals, value);
}
export function popLocal(): void {
  locals -= 8;
}
/** A call that was broken off may have left some. */
@inline
export function resetLocals(): void {
  locals = LOCALS - 8;
}

/** The number of items for which the body gives `wanted`, or 1 as soon as there is one where `once`. */
function counted(node: usize, wanted: i64, once: bool): i64 {
  const list = child(node, 4) as usize;
  const body = load<u32>(node, 8);
  const end = list + 8 + (load<u32>(list) << 3);
  let found: i64 = 0;
  locals += 8;
  for (let item = list + 8; item < end; item += 8) {
    store<i64>(locals, load<i64>(item));
    if (evaluate(body) != wanted) continue;
    found++;
    if (once) break;
  }
  locals -= 8;
  return found;
}
/** {op, over, body}. */
export function op_any(node: usize): i64 {
  return counted(node, 1, true);
}
export function op_all(node: usize): i64 {
  return counted(node, 0, true) ^ 1;
}
export function op_count(node: usize): i64 {
  return counted(node, 1, false);
}

/** {op, of, walk, pattern}. */
export function op_matches(node: usize): i64 {
  return anyText(load<u32>(node, 8), child(node, 4), load<u32>(node, 12)) ? 1 : 0;
}

/** {op, of, type}. */
export function op_cast(node: usize): i64 {
  const value = read(load<u32>(node, 8), child(node, 4) as usize);
  return value == BAD ? ABSENT : value;
}

// Places: {part or 0, number of steps, steps}; a step is the offset of a field, or one of these.
const EACH_ITEM: u32 = 0xffffffff;
const EACH_MEMBER: u32 = 0xfffffffe;

/** Values found are counted; they are written once there is room for them. */
let gathered: u32 = 0;
let room: usize = 0;

/** {op, root, number, places}: a list of all values that are there. */
export function op_gather(node: usize): i64 {
  gathered = 0;
  room = 0;
  gatherAll(node);
  const list = newList(gathered);
  room = list + 8;
  gatherAll(node);
  return list as i64;
}

function gatherAll(node: usize): void {
  const end = node + 12 + (load<u32>(node, 8) << 2);
  const args = load<u32>(load<u32>(node, 4));
  for (let place = node + 12; place < end; place += 4) {
    const steps = load<u32>(place) as usize;
    gather(args, steps + 8, load<u32>(steps, 4), load<u32>(steps));
  }
}

function gather(value: i64, step: usize, steps: u32, part: u32): void {
  if (value == ABSENT) return;
  if (steps == 0) {
    const found = part == 0 ? value : call_indirect<i64>(part, value);
    if (found == ABSENT) return;
    if (room == 0) gathered++;
    else {
      store<i64>(room, found);
      room += 8;
    }
    return;
  }
  const what = load<u32>(step);
  const address = value as usize;
  if (what < EACH_MEMBER) return gather(load<i64>(address + what), step + 4, steps - 1, part);
  const width: usize = what == EACH_ITEM ? 8 : 16;
  const offset: usize = what == EACH_ITEM ? 0 : 8;
  const end = address + 8 + (load<u32>(address) as usize) * width;
  for (let item = address + 8; item < end; item += width) gather(load<i64>(item + offset), step + 4, steps - 1, part);
}
