// The prebuilt runtime, read apart once: its functions, whom they call, and what it exports.
import {
  bodiesOf,
  ByteReader,
  type ExportedItem,
  exportsOf,
  globalsOf,
  importedTypes,
  type Reference,
  referencesOf,
  SECTION,
  sectionsOf,
  typesOf,
} from "./module-sections.ts";
import { RUNTIME_MODULE } from "./runtime.generated.ts";

export class RuntimeFunction {
  readonly body: Uint8Array;
  /** Index of its type. */
  readonly type: number;
  #references: readonly Reference[] | undefined;

  constructor(body: Uint8Array, type: number) {
    this.body = body;
    this.type = type;
  }

  /** What the body names, found when it is first asked for: a policy needs about half of the functions. */
  get references(): readonly Reference[] {
    this.#references ??= referencesOf(this.body);
    return this.#references;
  }
}

export interface Runtime {
  readonly sections: ReadonlyMap<number, Uint8Array>;
  /** Index of a function by the name that it is exported by. */
  readonly named: ReadonlyMap<string, number>;
  readonly exports: readonly ExportedItem[];
  /** Without those that are imported, whose indices come first. */
  readonly functions: readonly RuntimeFunction[];
  readonly globals: readonly Uint8Array[];
  readonly types: readonly Uint8Array[];
  /** The section of imports, and where it names types. */
  readonly imports: { readonly body: Uint8Array; readonly references: readonly Reference[] };
  /** Functions that every module calls when it starts. */
  readonly start: readonly number[];
  /** First address that is free for tables. */
  readonly end: number;
}

/** Functions that are imported: `opa_abort`. */
export const IMPORTED = 1;

let known: Runtime | undefined;

export function runtime(): Runtime {
  known ??= readRuntime(bytesOf(atob(RUNTIME_MODULE)));
  return known;
}

function bytesOf(units: string): Uint8Array {
  const bytes = new Uint8Array(units.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = units.charCodeAt(at);
  return bytes;
}

function readRuntime(module: Uint8Array): Runtime {
  const sections = sectionsOf(module);
  const section = (id: number): Uint8Array => sections.get(id) ?? new Uint8Array([0]);
  const exports = exportsOf(section(SECTION.export));
  const named = new Map<string, number>(
    exports.flatMap(({ name, kind, index }) => (kind === 0 ? [[name, index]] : [])),
  );
  const types = new ByteReader(section(SECTION.function));
  types.unsigned();
  const functions = bodiesOf(section(SECTION.code)).map(
    (body) => new RuntimeFunction(body, types.unsigned()),
  );
  const start = sections.get(SECTION.start);
  return {
    sections,
    exports,
    named,
    functions,
    globals: globalsOf(section(SECTION.global)),
    types: typesOf(section(SECTION.type)),
    imports: { body: section(SECTION.import), references: importedTypes(section(SECTION.import)) },
    start: start === undefined ? [] : [new ByteReader(start).unsigned()],
    end: constantOf(functions[(named.get("runtime_end") ?? 0) - IMPORTED]?.body),
  };
}

/** What a function without locals gives that is nothing but a constant of 32 bits. */
function constantOf(body: Uint8Array | undefined): number {
  const reader = new ByteReader(body ?? new Uint8Array());
  if (reader.byte() !== 0 || reader.byte() !== 0x41) throw new RangeError("not a constant function");
  return reader.unsigned();
}

/** Where tables begin. */
export const tableBase = (): number => (runtime().end + 15) & ~15;
