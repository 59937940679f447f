// Puts the tables of a policy and the prebuilt runtime together: functions, globals and types that nothing reaches are left out.
import { ByteWriter } from "./byte-writer.ts";
import type { FunctionTable } from "./function-table.ts";
import { ByteReader, type ExportedItem, type Named, SECTION } from "./module-sections.ts";
import { IMPORTED, type Runtime, runtime, type RuntimeFunction } from "./runtime-module.ts";
import { unpackBodies } from "./unpack-functions.ts";

/** Functions of the ABI, and those of our own host. */
const ABI = new Set([
  "memory",
  "opa_wasm_abi_version",
  "opa_wasm_abi_minor_version",
  "opa_malloc",
  "opa_free",
  "opa_heap_ptr_get",
  "opa_heap_ptr_set",
  "opa_heap_blocks_stash",
  "opa_heap_blocks_restore",
  "opa_heap_stash_clear",
  "opa_json_parse",
  "opa_value_parse",
  "opa_json_dump",
  "opa_value_dump",
  "opa_value_add_path",
  "opa_value_remove_path",
  "opa_value_free",
  "builtins",
  "entrypoints",
  "opa_eval_ctx_new",
  "opa_eval_ctx_set_input",
  "opa_eval_ctx_set_data",
  "opa_eval_ctx_set_entrypoint",
  "opa_eval_ctx_get_result",
  "eval",
  "opa_eval",
  "aegis_eval",
  "aegis_length",
]);

/** A stretch of memory as it is at the start. */
export interface Segment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** Pages that every host gives, and what of them tables may fill. */
const PAGES = 2;
const MOST_IN_SEGMENTS = PAGES * 65_536 - 8_192;

/** `header` and `tables` are stretches of memory as they are at the start; behind the tables `room` bytes are kept free. */
export function linkModule(table: FunctionTable, header: Segment, tables: Segment, room: number): Uint8Array {
  const whole = runtime();
  const { sections, exports, named, start } = whole;
  const offered = exports.filter(({ name }) => ABI.has(name));
  const elements = table.names().map((name) => named.get(name) ?? 0);
  const numbers = numbersOf(
    whole,
    [...offered.flatMap(({ kind, index }) => (kind === 0 ? [index] : [])), ...elements, ...start],
    offered.flatMap(({ kind, index }) => (kind === 3 ? [index] : [])),
  );
  const number = (index: number, kind: Named = "function"): number =>
    numbers[kind].get(index) ?? unreachable();
  const kept = [...numbers.function.keys()];
  const inSegment = Math.max(0, Math.min(tables.bytes.length, MOST_IN_SEGMENTS - tables.address));
  const rest = tables.bytes.subarray(inSegment);
  const fits = tables.address + tables.bytes.length + room <= MOST_IN_SEGMENTS;
  const unpacking = fits ? [] : unpackBodies(tables.address + inSegment, rest, room, PAGES);
  const begin = [...unpacking.map((_, index) => kept.length + index), ...start.map((index) => number(index))];
  const added = begin.length < 2 ? [] : [...unpacking, startBody(begin)];
  const types = [...numbers.type.keys()].map((index) => whole.types[index] ?? unreachable());
  const own = kept.flatMap((index) => whole.functions[index - IMPORTED] ?? []);

  const module = new ByteWriter(tables.bytes.length + 65_536);
  module.append([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const put = (id: number, content: Uint8Array | undefined): void => {
    if (content === undefined) return;
    module.byte(id);
    module.sized(content);
  };
  put(SECTION.type, listSection([...types, PLAIN]));
  put(SECTION.import, renumbered(whole.imports, number));
  put(
    SECTION.function,
    numbersSection([...own.map(({ type }) => number(type, "type")), ...added.map(() => types.length)]),
  );
  put(SECTION.table, tableSection(elements.length + 1));
  put(
    SECTION.global,
    listSection([...numbers.global.keys()].map((index) => whole.globals[index] ?? unreachable())),
  );
  put(
    SECTION.export,
    exportSection(offered.map((item) => ({ ...item, index: exportedNumber(item, number) }))),
  );
  if (begin.length > 0)
    put(SECTION.start, startSection(added.length > 0 ? kept.length + added.length - 1 : (begin[0] ?? 0)));
  put(SECTION.element, elementSection(elements.map((index) => number(index))));
  put(SECTION.code, codeSection(own, number, added));
  put(
    SECTION.data,
    dataSection(sections.get(SECTION.data), [
      header,
      { ...tables, bytes: tables.bytes.subarray(0, inSegment) },
    ]),
  );
  return module.bytes.slice();
}

function unreachable(): never {
  throw new RangeError("a function is called that is not linked");
}

type Numbers = Readonly<Record<Named, ReadonlyMap<number, number>>>;
type NumberOf = (index: number, kind?: Named) => number;

/** New numbers of what the imports and the roots reach, by the old ones, in the order of the runtime. */
function numbersOf(
  { functions, imports }: Runtime,
  roots: readonly number[],
  globals: readonly number[],
): Numbers {
  const used = {
    function: new Set(Array.from({ length: IMPORTED }, (_, index) => index)),
    global: new Set(globals),
    type: new Set(imports.references.map(({ index }) => index)),
  };
  const waiting = [...roots];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (used.function.has(next)) continue;
    used.function.add(next);
    const { references, type } = functions[next - IMPORTED] ?? unreachable();
    used.type.add(type);
    for (const { kind, index } of references) {
      if (kind === "function") waiting.push(index);
      else used[kind].add(index);
    }
  }
  const numbered = (set: ReadonlySet<number>): ReadonlyMap<number, number> =>
    new Map([...set].sort((a, b) => a - b).map((index, place) => [index, place]));
  return { function: numbered(used.function), global: numbered(used.global), type: numbered(used.type) };
}

/** Of no parameters and no results. */
const PLAIN = Uint8Array.of(0x60, 0, 0);

function exportedNumber({ kind, index }: ExportedItem, number: NumberOf): number {
  if (kind === 0) return number(index);
  return kind === 3 ? number(index, "global") : index;
}

function listSection(entries: readonly Uint8Array[]): Uint8Array {
  const writer = new ByteWriter();
  writer.unsigned(entries.length);
  for (const entry of entries) writer.append(entry);
  return writer.bytes;
}

function numbersSection(numbers: readonly number[]): Uint8Array {
  const writer = new ByteWriter(numbers.length * 2 + 8);
  writer.unsigned(numbers.length);
  for (const number of numbers) writer.unsigned(number);
  return writer.bytes;
}

/** Calls of functions, one behind the other. */
function startBody(calls: readonly number[]): Uint8Array {
  const body = new ByteWriter(64);
  body.byte(0);
  for (const index of calls) {
    body.byte(0x10);
    body.unsigned(index);
  }
  body.byte(0x0b);
  return body.bytes;
}

function startSection(index: number): Uint8Array {
  const section = new ByteWriter(8);
  section.unsigned(index);
  return section.bytes;
}

function tableSection(size: number): Uint8Array {
  const section = new ByteWriter(8);
  section.append([1, 0x70, 1]);
  section.unsigned(size);
  section.unsigned(size);
  return section.bytes;
}

function exportSection(items: readonly ExportedItem[]): Uint8Array {
  const section = new ByteWriter();
  section.unsigned(items.length);
  for (const { name, kind, index } of items) {
    section.sized(new TextEncoder().encode(name));
    section.byte(kind);
    section.unsigned(index);
  }
  return section.bytes;
}

/** From number 1 on: a call of number 0 traps. */
function elementSection(elements: readonly number[]): Uint8Array {
  const section = new ByteWriter();
  section.append([1, 0, 0x41, 1, 0x0b]);
  section.unsigned(elements.length);
  for (const index of elements) section.unsigned(index);
  return section.bytes;
}

function codeSection(
  functions: readonly RuntimeFunction[],
  number: NumberOf,
  added: readonly Uint8Array[],
): Uint8Array {
  const section = new ByteWriter(65_536);
  section.unsigned(functions.length + added.length);
  for (const each of functions) section.sized(renumbered(each, number));
  for (const body of added) section.sized(body);
  return section.bytes;
}

function renumbered(
  { body, references }: Pick<RuntimeFunction, "body" | "references">,
  number: NumberOf,
): Uint8Array {
  const writer = new ByteWriter(body.length + 8);
  let from = 0;
  for (const { at, end, kind, index } of references) {
    writer.append(body.subarray(from, at));
    writer.unsigned(number(index, kind));
    from = end;
  }
  writer.append(body.subarray(from));
  return writer.bytes;
}

/** Zeros from which on it is shorter to leave them out and begin another segment. */
const GAP = 7;

function dataSection(own: Uint8Array | undefined, segments: readonly Segment[]): Uint8Array {
  const all = [...segmentsOf(own ?? new Uint8Array([0])), ...segments];
  const pieces = new ByteWriter(2 * all.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let count = 0;
  for (const segment of all) count += putPieces(pieces, segment);
  const section = new ByteWriter(pieces.length + 8);
  section.unsigned(count);
  section.append(pieces.bytes);
  return section.bytes;
}

function segmentsOf(section: Uint8Array): readonly Segment[] {
  const reader = new ByteReader(section);
  return Array.from({ length: reader.unsigned() }, () => {
    // Of memory 0, at an address that is a constant.
    reader.slice(2);
    const address = reader.unsigned();
    reader.slice(1);
    return { address, bytes: reader.sized() };
  });
}

/** The stretches without many zeros, as segments: memory is zero where none writes. Gives their number. */
function putPieces(to: ByteWriter, { address, bytes }: Segment): number {
  let count = 0;
  let from = afterZeros(bytes, 0);
  if (from < GAP && from < bytes.length) from = 0;
  while (from < bytes.length) {
    const end = pieceEnd(bytes, from);
    to.append([0, 0x41]);
    to.signed(address + from);
    to.byte(0x0b);
    to.sized(bytes.subarray(from, end));
    count++;
    from = afterZeros(bytes, end);
  }
  return count;
}

function afterZeros(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 0) at++;
  return at;
}

/** Behind the last byte that is not followed by too many zeros. */
function pieceEnd(bytes: Uint8Array, from: number): number {
  let end = from;
  for (let at = from; at < bytes.length && at - end < GAP; at++) if (bytes[at] !== 0) end = at + 1;
  return end;
}
