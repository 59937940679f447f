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

/** Most bytes that write one value: two constants, of 2 and 11 bytes, and a store with its offset, of 7. */
const MOST = 20;

/** Byte by byte into one array: there may be hundreds of thousands. */
function writes(address: number, bytes: Uint8Array, from: number): Uint8Array {
  // Those behind the end are 0.
  const values = new DataView(new ArrayBuffer(Math.min(bytes.length - from + 7, CHUNK * 8) & ~7));
  new Uint8Array(values.buffer).set(bytes.subarray(from, from + values.byteLength));
  const body = new Uint8Array((values.byteLength / 8) * MOST + 2);
  let end = 1;
  for (let at = 0; at < values.byteLength; at += 8) {
    const low = values.getInt32(at, true);
    const high = values.getInt32(at + 4, true);
    if (low === 0 && high === 0) continue;
    // i32.const 0, i64.const, i64.store with the address as offset.
    body[end++] = 0x41;
    body[end++] = 0;
    body[end++] = 0x42;
    end = putSigned(body, end, low, high);
    body[end++] = 0x37;
    body[end++] = 0;
    end = putUnsigned(body, end, address + from + at);
  }
  body[end++] = 0x0b;
  return body.subarray(0, end);
}

/** LEB128 of an unsigned number of 32 bits; gives the end. */
function putUnsigned(bytes: Uint8Array, at: number, value: number): number {
  let end = at;
  let rest = value;
  while (rest > 0x7f) {
    bytes[end++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[end++] = rest;
  return end;
}

/** LEB128 of a signed number of 64 bits, given as its halves; gives the end. */
function putSigned(bytes: Uint8Array, at: number, lower: number, upper: number): number {
  let end = at;
  let low = lower;
  let high = upper;
  while (low >> 6 !== high || (high !== 0 && high !== -1)) {
    bytes[end++] = (low & 0x7f) | 0x80;
    low = (low >>> 7) | (high << 25);
    high >>= 7;
  }
  bytes[end++] = low & 0x7f;
  return end;
}
