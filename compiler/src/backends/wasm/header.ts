// The header of a module: where the runtime finds tables and fixed texts. `compiler/wasm-runtime/memory.ts` has the same list.
import { fixedReason, refusal, RESULT_ALLOWED } from "@aegis/runtime/core";
import { ByteWriter } from "./byte-writer.ts";
import type { DataImage, Wide } from "./data-image.ts";

export const HEADER_ADDRESS = 16;
/** Where the runtime keeps the records of a request, 4 bytes each. */
export const ROOT_ADDRESS = { args: 528, agent: 532, context: 536, result: 540 } as const;
/** Behind them, where the runtime keeps a zero: from it constants are counted as if they were fields. */
export const ZERO_ADDRESS = 544;

/** Slots that hold an address or a number. */
const TABLES = [
  "heap",
  "actions",
  "actionMask",
  "request",
  "time",
  "session",
  "visible",
  "entrypoints",
  "plan",
  "ipScopes",
  "ibanLengths",
  "ports",
  "schemes",
  "hidden",
  "command",
  "labels",
  "counters",
  "members",
  "unreadable",
  "waivers",
  "reason",
  "shadow",
  "undecided",
  "reserve",
  "labelEvents",
  "counterEvents",
  "known",
  "matcher",
  "waived",
  "parsedWords",
] as const;
export type TableSlot = (typeof TABLES)[number];

const head = (decision: string, code: string): string =>
  `{"decision":"${decision}","code":"${code}","rules":[`;

/** Texts of every module, in the order of the runtime's list; the digest of the state schema stands before them. */
const TEXTS: readonly string[] = [
  JSON.stringify(refusal("invalid_input")),
  JSON.stringify(refusal("unknown_action")),
  JSON.stringify(fixedReason("default_deny")),
  undecided(),
  JSON.stringify(fixedReason("state_unavailable")),
  JSON.stringify(fixedReason("fact_unavailable")),
  JSON.stringify(RESULT_ALLOWED),
  '{"value":false,"cleared":0}',
  '{"keys":[],"full":false,"cleared":[]}',
  head("deny", "state_unavailable"),
  head("deny", "fact_unavailable"),
  head("deny", "default_deny"),
  head("deny", "matched"),
  head("approval_needed", "matched"),
  head("sanitize", "matched"),
  head("allow", "matched"),
  '],"obligations":[',
  ',"reason":',
  ',"hint":',
  ',"shadow":',
  ',"waived":[',
  '{"type":"reserve","rule":',
  ',"counter":',
  ',"key":[',
  ',"amount":"',
  '"}',
  ", ",
  "[redacted]",
  "absent",
];

/** What stands between the fixed text and the ids of grants that could not see. */
function undecided(): string {
  const id = "x";
  return fixedReason("default_deny", [id]).slice(fixedReason("default_deny").length, -id.length);
}

/** Bytes in which the runtime keeps an answer, to give it again. */
export const PLACE_BYTES = 256;

/** The header's bytes; a slot that is not given is 0. `places`, a power of two, for answers lie between tables and heap. */
export function encodeHeader(
  tables: Partial<Record<TableSlot, number>>,
  stateDigest: string,
  places: number,
  image: DataImage,
): Uint8Array {
  // Its own members only: what others put on all objects is no table.
  const given = new Map<string, number>(Object.entries(tables));
  const slots: Wide[] = [
    ...TABLES.map((name): Wide => {
      const value = given.get(name) ?? 0;
      return [value, value < 0 ? -1 : 0];
    }),
    ...[stateDigest, ...TEXTS].map((text) => image.text(text)),
  ];
  // Texts may have moved the end.
  const known = (image.end + 31) & ~15;
  slots[TABLES.indexOf("known")] = [known, places - 1];
  slots[TABLES.indexOf("heap")] = [known + places * PLACE_BYTES, 0];
  const writer = new ByteWriter(slots.length * 8);
  writer.words(slots.flat());
  return writer.bytes;
}
