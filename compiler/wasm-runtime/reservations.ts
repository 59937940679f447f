// What a call takes from counters, as obligations of its answer: linked where a program has counters.
import {
  SLOT_AMOUNT_KEY,
  SLOT_COUNTER_KEY,
  SLOT_KEY_KEY,
  SLOT_RESERVE_END,
  SLOT_RESERVE_KEY,
  alloc,
  compareText,
  slot,
} from "./memory";
import { evaluate } from "./expressions";
import { keyText } from "./keys";
import { decimalText, integerText, keep } from "./number";
import { reserved, reservedNumber, setReserved } from "./obligations";
import { begin, finish, put, write, writeJson } from "./output";

// Reservations of an action: number; then {id in quotes, amount, whether decimal, number of keys, keys} in 24 bytes; a key
// is {node, how it is written}.
export function reserve_all(list: u32): u32 {
  const entries = load<u32>(list);
  setReserved(alloc((entries as usize) << 4), 0);
  let group: u32 = 0;
  for (let index: u32 = 0; index < entries; index++) {
    const entry = list + 8 + index * 24;
    if (index > 0 && load<i64>(entry - 24) != load<i64>(entry)) group = reservedNumber;
    reserveOne(entry, group);
  }
  return reservedNumber;
}

function reserveOne(entry: u32, group: u32): void {
  const given = evaluate(load<u32>(entry, 8));
  const amount = keep(load<u32>(entry, 12) != 0 ? decimalText(given) : integerText(given));
  const keys = keyList(entry);
  begin();
  writeJson(amount);
  write(keys);
  const order = finish();
  begin();
  write(slot(SLOT_RESERVE_KEY));
  write(load<i64>(entry));
  write(slot(SLOT_COUNTER_KEY));
  write(load<i64>(entry));
  if (keys != 0) {
    write(slot(SLOT_KEY_KEY));
    write(keys);
    put(0x5d);
  }
  write(slot(SLOT_AMOUNT_KEY));
  write(amount);
  write(slot(SLOT_RESERVE_END));
  addReservation(order, finish(), group);
}

/** The keys in quotes, separated by commas; 0 where there are none. */
function keyList(entry: u32): i64 {
  const keys = load<u32>(entry, 16);
  if (keys == 0) return 0;
  const texts = alloc((keys as usize) << 3);
  for (let key: u32 = 0; key < keys; key++) {
    const place = (load<u32>(entry, 20) as usize) + (key << 3);
    store<i64>(texts + (key << 3), keyText(evaluate(load<u32>(place)), load<u32>(place, 4)));
  }
  begin();
  for (let key: u32 = 0; key < keys; key++) {
    if (key > 0) put(0x2c);
    writeJson(load<i64>(texts + (key << 3)));
  }
  return finish();
}

@inline
function placeOf(index: u32): usize {
  return reserved + ((index as usize) << 4);
}

/** Keeps those of one counter, from `group` on, in order and each once. */
function addReservation(order: i64, document: i64, group: u32): void {
  let index = reservedNumber;
  for (; index > group; index--) {
    const compared = compareText(load<i64>(placeOf(index - 1)), order);
    if (compared == 0) return;
    if (compared < 0) break;
  }
  for (let place = reservedNumber; place > index; place--) {
    store<i64>(placeOf(place), load<i64>(placeOf(place - 1)));
    store<i64>(placeOf(place), load<i64>(placeOf(place - 1), 8), 8);
  }
  store<i64>(placeOf(index), order);
  store<i64>(placeOf(index), document, 8);
  setReserved(reserved, reservedNumber + 1);
}
