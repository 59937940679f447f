// Puts the tables of a policy and the prebuilt runtime together: unused functions emptied, the function table filled.
import { ByteWriter } from "./byte-writer.ts";
import { bodiesOf, ByteReader, exportsOf, SECTION, sectionsOf } from "./module-sections.ts";
import { RUNTIME_CALLS, RUNTIME_MODULE } from "./runtime.generated.ts";
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

interface Runtime {
  readonly sections: ReadonlyMap<number, Uint8Array>;
  readonly functions: ReadonlyMap<string, number>;
  readonly exports: ReturnType<typeof exportsOf>;
  readonly bodies: readonly Uint8Array[];
  /** Functions that are imported come first. */
  readonly imported: number;
  /** First address that is free for tables. */
  readonly end: number;
}

let known: Runtime | undefined;

function runtime(): Runtime {
  known ??= readRuntime(Uint8Array.from(atob(RUNTIME_MODULE), (unit) => unit.charCodeAt(0)));
  return known;
}

function readRuntime(module: Uint8Array): Runtime {
  const sections = sectionsOf(module);
  const section = (id: number): Uint8Array => sections.get(id) ?? new Uint8Array([0]);
  const exports = exportsOf(section(SECTION.export));
  const bodies = bodiesOf(section(SECTION.code));
  const functions = new Map<string, number>(
    exports.flatMap(({ name, kind, index }) => (kind === 0 ? [[name, index]] : [])),
  );
  return {
    sections,
    exports,
    functions,
    bodies,
    imported: IMPORTED,
    end: constantOf(bodies[(functions.get("runtime_end") ?? 0) - IMPORTED]),
  };
}

/** `opa_abort`. */
const IMPORTED = 1;

/** What a function without locals gives that is nothing but a constant of 32 bits. */
function constantOf(body: Uint8Array | undefined): number {
  const reader = new ByteReader(body ?? new Uint8Array());
  if (reader.byte() !== 0 || reader.byte() !== 0x41) throw new RangeError("not a constant function");
  return reader.unsigned();
}

/** Where tables begin. */
export const tableBase = (): number => (runtime().end + 15) & ~15;

/** Functions of the runtime that tables call, by their number in the function table; 0 is none. */
export class FunctionTable {
  readonly #numbers = new Map<string, number>();

  /** Throws when the runtime has no such function: a mistake in the compiler. */
  number(name: string): number {
    const found = this.#numbers.get(name);
    if (found !== undefined) return found;
    if (!runtime().functions.has(name)) throw new RangeError(`the WASM runtime has no ${name}`);
    const number = this.#numbers.size + 1;
    this.#numbers.set(name, number);
    return number;
  }

  names(): readonly string[] {
    return [...this.#numbers.keys()];
  }
}

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
  const { sections, exports, functions, bodies, imported } = runtime();
  const module = new ByteWriter(sections.get(SECTION.code)?.length ?? 0);
  module.append([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const put = (id: number, content: Uint8Array | undefined): void => {
    if (content === undefined) return;
    module.byte(id);
    module.sized(content);
  };
  const elements = table.names().map((name) => functions.get(name) ?? 0);
  const start = sections.get(SECTION.start);
  const startIndex = start === undefined ? undefined : new ByteReader(start).unsigned();
  const roots = exports.filter(({ name, kind }) => kind === 0 && ABI.has(name)).map(({ index }) => index);
  const used = reachable([...roots, ...elements, ...(startIndex === undefined ? [] : [startIndex])]);
  const inSegment = Math.max(0, Math.min(tables.bytes.length, MOST_IN_SEGMENTS - tables.address));
  const first = tables.bytes.subarray(0, inSegment);
  const rest = tables.bytes.subarray(inSegment);
  const unpacking = rest.length === 0 ? [] : unpackBodies(tables.address + inSegment, rest, PAGES);
  const firstAdded = imported + bodies.length;
  const added =
    unpacking.length === 0
      ? []
      : [
          ...unpacking,
          startBody([
            ...unpacking.map((_, index) => firstAdded + index),
            ...(startIndex === undefined ? [] : [startIndex]),
          ]),
        ];
  const types = typesWithPlain(sections.get(SECTION.type) ?? new Uint8Array([0]));
  put(SECTION.type, types.section);
  put(SECTION.import, sections.get(SECTION.import));
  put(
    SECTION.function,
    functionSection(
      sections.get(SECTION.function),
      added.map(() => types.plain),
    ),
  );
  put(SECTION.table, tableSection(elements.length + 1));
  put(SECTION.global, sections.get(SECTION.global));
  put(SECTION.export, exportSection(exports));
  put(SECTION.start, added.length === 0 ? start : startSection(firstAdded + added.length - 1));
  put(SECTION.element, elementSection(elements));
  put(
    SECTION.code,
    codeSection(bodies, (index) => used.has(index + imported), added),
  );
  put(SECTION.data, dataSection(sections.get(SECTION.data), [header, { ...tables, bytes: first }]));
  return module.bytes.slice();
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

function functionSection(section: Uint8Array | undefined, added: readonly number[]): Uint8Array {
  const reader = new ByteReader(section ?? new Uint8Array([0]));
  const writer = new ByteWriter(1024);
  writer.unsigned(reader.unsigned() + added.length);
  writer.append(reader.bytes.subarray(reader.at));
  for (const type of added) writer.unsigned(type);
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

function reachable(roots: readonly number[]): ReadonlySet<number> {
  const used = new Set<number>();
  const waiting = [...roots];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (used.has(next)) continue;
    used.add(next);
    waiting.push(...(RUNTIME_CALLS[next] ?? []));
  }
  return used;
}

function tableSection(size: number): Uint8Array {
  const section = new ByteWriter(8);
  section.append([1, 0x70, 1]);
  section.unsigned(size);
  section.unsigned(size);
  return section.bytes;
}

function exportSection(exports: Runtime["exports"]): Uint8Array {
  const kept = exports.filter(({ name }) => ABI.has(name));
  const section = new ByteWriter();
  section.unsigned(kept.length);
  for (const { name, kind, index } of kept) {
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

/** No locals, `unreachable`, `end`. */
const EMPTY_BODY = [0, 0, 0x0b];

function codeSection(
  bodies: readonly Uint8Array[],
  isUsed: (index: number) => boolean,
  added: readonly Uint8Array[],
): Uint8Array {
  const section = new ByteWriter(65_536);
  section.unsigned(bodies.length + added.length);
  bodies.forEach((body, index) => section.sized(isUsed(index) ? body : EMPTY_BODY));
  for (const body of added) section.sized(body);
  return section.bytes;
}

function dataSection(own: Uint8Array | undefined, segments: readonly Segment[]): Uint8Array {
  const reader = new ByteReader(own ?? new Uint8Array([0]));
  const section = new ByteWriter(65_536);
  section.unsigned(reader.unsigned() + segments.length);
  section.append(reader.bytes.subarray(reader.at));
  for (const { address, bytes } of segments) {
    section.append([0, 0x41]);
    section.signed(address);
    section.byte(0x0b);
    section.sized(bytes);
  }
  return section.bytes;
}
