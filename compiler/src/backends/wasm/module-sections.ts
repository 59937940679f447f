// Reads a WebAssembly module of the first version (MVP) apart: sections, exports, bodies of functions, and who calls whom.

export const SECTION = {
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
} as const;

export interface ExportedItem {
  readonly name: string;
  /** 0 function, 1 table, 2 memory, 3 global. */
  readonly kind: number;
  readonly index: number;
}

/** Reads LEB128 numbers and slices. Throws `RangeError` at the end of the bytes. */
export class ByteReader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new RangeError("the module ends too early");
    this.at++;
    return byte;
  }

  unsigned(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  /** Skips a LEB128 number of any size. */
  skipNumber(): void {
    while (this.byte() >= 0x80);
  }

  slice(length: number): Uint8Array {
    const end = this.at + length;
    if (end > this.bytes.length) throw new RangeError("the module ends too early");
    const slice = this.bytes.subarray(this.at, end);
    this.at = end;
    return slice;
  }

  sized(): Uint8Array {
    return this.slice(this.unsigned());
  }
}

/** Contents by number of the section. Throws on anything but a module of version 1. */
export function sectionsOf(module: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const reader = new ByteReader(module);
  const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  if (!head.every((byte) => reader.byte() === byte)) throw new RangeError("no WebAssembly module");
  const sections = new Map<number, Uint8Array>();
  while (!reader.done) {
    const id = reader.byte();
    sections.set(id, reader.sized());
  }
  return sections;
}

export function exportsOf(section: Uint8Array): readonly ExportedItem[] {
  const reader = new ByteReader(section);
  const decoder = new TextDecoder();
  return Array.from({ length: reader.unsigned() }, () => ({
    name: decoder.decode(reader.sized()),
    kind: reader.byte(),
    index: reader.unsigned(),
  }));
}

/** Bodies of functions, each with its locals, without its length. */
export function bodiesOf(section: Uint8Array): readonly Uint8Array[] {
  const reader = new ByteReader(section);
  return Array.from({ length: reader.unsigned() }, () => reader.sized());
}

/** Where the body of a function names another: bytes from `at` to `end` are its index. */
export interface CallSite {
  readonly at: number;
  readonly end: number;
  readonly callee: number;
}

/** The calls in a body, in their order. Throws on an instruction that the MVP does not have. */
export function callsOf(body: Uint8Array): readonly CallSite[] {
  const reader = new ByteReader(body);
  const calls: CallSite[] = [];
  for (let groups = reader.unsigned(); groups > 0; groups--) {
    reader.skipNumber();
    reader.byte();
  }
  while (!reader.done) instruction(reader, calls);
  return calls;
}

function instruction(reader: ByteReader, calls: CallSite[]): void {
  const code = reader.byte();
  if (code > 0xbf) throw new RangeError("an instruction that is not of the MVP");
  if (code === 0x10) {
    const at = reader.at;
    const callee = reader.unsigned();
    calls.push({ at, end: reader.at, callee });
  } else if (code === 0x0e)
    for (let labels = reader.unsigned() + 1; labels > 0; labels--) reader.skipNumber();
  else if (code === 0x11 || (code >= 0x28 && code <= 0x3e)) {
    reader.skipNumber();
    reader.skipNumber();
  } else if (code === 0x43) reader.slice(4);
  else if (code === 0x44) reader.slice(8);
  else if (hasOneNumber(code)) reader.skipNumber();
}

/** Blocks, branches, variables, sizes of memory, whole constants. */
const hasOneNumber = (code: number): boolean =>
  (code >= 0x02 && code <= 0x04) ||
  code === 0x0c ||
  code === 0x0d ||
  (code >= 0x20 && code <= 0x24) ||
  (code >= 0x3f && code <= 0x42);
