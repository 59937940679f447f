// Puts the tables of a policy and the prebuilt runtime together: functions that nothing reaches are left out.
import { ByteWriter } from "./byte-writer.ts";
import type { FunctionTable } from "./function-table.ts";
import { ByteReader, type ExportedItem, SECTION } from "./module-sections.ts";
import { IMPORTED, runtime, type RuntimeFunction } from "./runtime-module.ts";
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

/** `header` and `tables` are stretches of memory as they are at the start. */
export function linkModule(table: FunctionTable, header: Segment, tables: Segment): Uint8Array {
  const { sections, exports, named, functions, start } = runtime();
  const offered = exports.filter(({ name }) => ABI.has(name));
  const elements = table.names().map((name) => named.get(name) ?? 0);
  const roots = offered.flatMap(({ kind, index }) => (kind === 0 ? [index] : []));
  const kept = reachable([...roots, ...elements, ...start], functions);
  const numbers = new Map(kept.map((index, place) => [index, place]));
  const number = (index: number): number => numbers.get(index) ?? unreachable();
  const inSegment = Math.max(0, Math.min(tables.bytes.length, MOST_IN_SEGMENTS - tables.address));
  const rest = tables.bytes.subarray(inSegment);
  const unpacking = rest.length === 0 ? [] : unpackBodies(tables.address + inSegment, rest, PAGES);
  const begin = [...unpacking.map((_, index) => kept.length + index), ...start.map(number)];
  const added = begin.length < 2 ? [] : [...unpacking, startBody(begin)];
  const types = typesWithPlain(sections.get(SECTION.type) ?? new Uint8Array([0]));
  const own = kept.flatMap((index) => functions[index - IMPORTED] ?? []);

  const module = new ByteWriter(tables.bytes.length + 65_536);
  module.append([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const put = (id: number, content: Uint8Array | undefined): void => {
    if (content === undefined) return;
    module.byte(id);
    module.sized(content);
  };
  put(SECTION.type, types.section);
  put(SECTION.import, sections.get(SECTION.import));
  put(SECTION.function, numbersSection([...own.map(({ type }) => type), ...added.map(() => types.plain)]));
  put(SECTION.table, tableSection(elements.length + 1));
  put(SECTION.global, sections.get(SECTION.global));
  put(
    SECTION.export,
    exportSection(offered.map((item) => (item.kind === 0 ? { ...item, index: number(item.index) } : item))),
  );
  if (begin.length > 0)
    put(SECTION.start, startSection(added.length > 0 ? kept.length + added.length - 1 : (begin[0] ?? 0)));
  put(SECTION.element, elementSection(elements.map(number)));
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

/** The imported functions and what the roots reach, in the order of the runtime. */
function reachable(roots: readonly number[], functions: readonly RuntimeFunction[]): readonly number[] {
  const used = new Set(Array.from({ length: IMPORTED }, (_, index) => index));
  const waiting = [...roots];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (used.has(next)) continue;
    used.add(next);
    for (const { callee } of functions[next - IMPORTED]?.calls ?? []) waiting.push(callee);
  }
  return [...used].sort((a, b) => a - b);
}

/** The types and one more: no parameters, no results. */
function typesWithPlain(section: Uint8Array): { readonly section: Uint8Array; readonly plain: number } {
  const reader = new ByteReader(section);
  const plain = reader.unsigned();
  const writer = new ByteWriter(section.length + 8);
  writer.unsigned(plain + 1);
  writer.append(section.subarray(reader.at));
  writer.append([0x60, 0, 0]);
  return { section: writer.bytes, plain };
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
  number: (index: number) => number,
  added: readonly Uint8Array[],
): Uint8Array {
  const section = new ByteWriter(65_536);
  section.unsigned(functions.length + added.length);
  for (const each of functions) section.sized(renumbered(each, number));
  for (const body of added) section.sized(body);
  return section.bytes;
}

function renumbered({ body, calls }: RuntimeFunction, number: (index: number) => number): Uint8Array {
  const writer = new ByteWriter(body.length + 8);
  let from = 0;
  for (const { at, end, callee } of calls) {
    writer.append(body.subarray(from, at));
    writer.unsigned(number(callee));
    from = end;
  }
  writer.append(body.subarray(from));
  return writer.bytes;
}

/** Zeros from which on it is shorter to leave them out and begin another segment. */
const GAP = 9;

function dataSection(own: Uint8Array | undefined, segments: readonly Segment[]): Uint8Array {
  const pieces = [...segmentsOf(own ?? new Uint8Array([0])), ...segments].flatMap(withoutZeros);
  const section = new ByteWriter(65_536);
  section.unsigned(pieces.length);
  for (const { address, bytes } of pieces) {
    section.append([0, 0x41]);
    section.signed(address);
    section.byte(0x0b);
    section.sized(bytes);
  }
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

/** Memory is zero where no segment writes. */
function withoutZeros({ address, bytes }: Segment): readonly Segment[] {
  const pieces: Segment[] = [];
  let from = 0;
  let end = 0;
  const take = (): void => {
    if (end > from) pieces.push({ address: address + from, bytes: bytes.subarray(from, end) });
  };
  bytes.forEach((byte, at) => {
    if (byte === 0) return;
    if (at - end >= GAP) {
      take();
      from = at;
    }
    end = at + 1;
  });
  take();
  return pieces;
}
