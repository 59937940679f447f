// Reads a WebAssembly module of the first version (MVP) apart: sections, exports, bodies of functions, and what these name.

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

/** Entries of a section of globals: type, whether it may change, a constant as its first value. */
export function globalsOf(section: Uint8Array): readonly Uint8Array[] {
  const reader = new ByteReader(section);
  return Array.from({ length: reader.unsigned() }, () => {
    const from = reader.at;
    reader.slice(3);
    reader.skipNumber();
    reader.slice(1);
    return section.subarray(from, reader.at);
  });
}

/** Types of functions. */
export function typesOf(section: Uint8Array): readonly Uint8Array[] {
  const reader = new ByteReader(section);
  return Array.from({ length: reader.unsigned() }, () => {
    const from = reader.at;
    reader.slice(1);
    reader.sized();
    reader.sized();
    return section.subarray(from, reader.at);
  });
}

/** Bodies of functions, each with its locals, without its length. */
export function bodiesOf(section: Uint8Array): readonly Uint8Array[] {
  const reader = new ByteReader(section);
  return Array.from({ length: reader.unsigned() }, () => reader.sized());
}

/** What bodies of functions name by number: functions, globals, and types of functions. */
export type Named = "function" | "global" | "type";

/** Where the body of a function names something: bytes from `at` to `end` are its number. */
export interface Reference {
  readonly at: number;
  readonly end: number;
  readonly kind: Named;
  readonly index: number;
}

/** What a body names, in its order. Throws on an instruction that the MVP does not have. */
export function referencesOf(body: Uint8Array): readonly Reference[] {
  const reader = new ByteReader(body);
  const references: Reference[] = [];
  for (let groups = reader.unsigned(); groups > 0; groups--) {
    reader.skipNumber();
    reader.byte();
  }
  while (!reader.done) instruction(reader, references);
  return references;
}

/** Where imports name the types of functions. */
export function importedTypes(section: Uint8Array): readonly Reference[] {
  const reader = new ByteReader(section);
  const references: Reference[] = [];
  for (let imports = reader.unsigned(); imports > 0; imports--) {
    reader.sized();
    reader.sized();
    const isFunction = reader.byte() === 0;
    const at = reader.at;
    const index = reader.unsigned();
    if (isFunction) references.push({ at, end: reader.at, kind: "type", index });
    // Limits of the memory: whether there is a maximum, minimum, maximum.
    else for (let limits = index + 1; limits > 0; limits--) reader.skipNumber();
  }
  return references;
}

/** By code of the instruction: calls, calls by way of the table, variables of the module. */
const NAMING: ReadonlyMap<number, Named> = new Map([
  [0x10, "function"],
  [0x11, "type"],
  [0x23, "global"],
  [0x24, "global"],
]);

function instruction(reader: ByteReader, references: Reference[]): void {
  const code = reader.byte();
  if (code > 0xbf) throw new RangeError("an instruction that is not of the MVP");
  const kind = NAMING.get(code);
  if (kind !== undefined) {
    const at = reader.at;
    const index = reader.unsigned();
    references.push({ at, end: reader.at, kind, index });
    // The number of the table.
    if (kind === "type") reader.skipNumber();
  } else if (code === 0x0e)
    for (let labels = reader.unsigned() + 1; labels > 0; labels--) reader.skipNumber();
  else if (code >= 0x28 && code <= 0x3e) {
    reader.skipNumber();
    reader.skipNumber();
  } else if (code === 0x43) reader.slice(4);
  else if (code === 0x44) reader.slice(8);
  else if (hasOneNumber(code)) reader.skipNumber();
}

/** Blocks, branches, local variables, sizes of memory, whole constants. */
const hasOneNumber = (code: number): boolean =>
  (code >= 0x02 && code <= 0x04) ||
  code === 0x0c ||
  code === 0x0d ||
  (code >= 0x20 && code <= 0x22) ||
  (code >= 0x3f && code <= 0x42);
