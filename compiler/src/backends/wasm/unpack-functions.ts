// Tables that lie beyond the memory that every host gives: functions that write them when the module starts.
//
// A segment beyond the two pages that a host must offer would keep the module from loading, and a larger minimum would keep
// it out of hosts that always give the same memory.
import { ByteWriter } from "./byte-writer.ts";

const PAGE = 65_536;
/** Pages for input, as some hosts never make room for it. */
const ROOM = 2;
/** Values of 8 bytes that one function writes. */
const CHUNK = 16_384;

/** Bodies of functions without parameters: the first grows memory, by `room` more than the bytes need; the others write these. */
export function unpackBodies(
  address: number,
  bytes: Uint8Array,
  room: number,
  pages: number,
): readonly Uint8Array[] {
  const needed = Math.ceil((address + bytes.length + 8 + room) / PAGE) - pages + ROOM;
  const grow = new ByteWriter(16);
  grow.append([0, 0x41]);
  grow.signed(needed);
  // memory.grow, drop, end.
  grow.append([0x40, 0, 0x1a, 0x0b]);
  const bodies = [grow.bytes];
  for (let from = 0; from < bytes.length; from += CHUNK * 8) bodies.push(writes(address, bytes, from));
  return bodies;
}

function writes(address: number, bytes: Uint8Array, from: number): Uint8Array {
  const body = new ByteWriter(CHUNK * 20);
  body.byte(0);
  const end = Math.min(bytes.length, from + CHUNK * 8);
  for (let at = from; at < end; at += 8) {
    const low = wordAt(bytes, at);
    const high = wordAt(bytes, at + 4);
    if (low === 0 && high === 0) continue;
    // i32.const 0, i64.const, i64.store with the address as offset.
    body.append([0x41, 0, 0x42]);
    putSigned(body, low, high);
    body.append([0x37, 0]);
    body.unsigned(address + at);
  }
  body.byte(0x0b);
  return body.bytes;
}

/** Four bytes as a signed number; those behind the end are 0. */
const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) |
  ((bytes[at + 1] ?? 0) << 8) |
  ((bytes[at + 2] ?? 0) << 16) |
  ((bytes[at + 3] ?? 0) << 24);

/** LEB128 of a signed number of 64 bits, given as its halves. */
function putSigned(writer: ByteWriter, lower: number, upper: number): void {
  let low = lower;
  let high = upper;
  while (low >> 6 !== high || (high !== 0 && high !== -1)) {
    writer.byte((low & 0x7f) | 0x80);
    low = (low >>> 7) | (high << 25);
    high >>= 7;
  }
  writer.byte(low & 0x7f);
}
