// `std.secrets.unreadable`: how much of a value could hide anything.
import { readBytesAsText } from "./decode/byte-text.ts";
import { base64Bytes } from "./decode/decoders.ts";
import type { ComputedFact } from "./computed-fact.ts";
import { textsOf } from "./texts-of.ts";

const RUN = /[A-Za-z0-9+/_-]{40,}(?:\r?\n[A-Za-z0-9+/_-]+)*/g;
const HEX = /^[0-9a-f_-]+$|^[0-9A-F_-]+$/;

/** Letters of both cases and digits, as all long runs of base64 have, and words and checksums in hex do not. */
const isEncoded = (run: string): boolean =>
  !HEX.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run) && /[0-9]/.test(run);

export const unreadable: ComputedFact = {
  name: "std.secrets.unreadable",
  doc: "How many long runs of base64 in the texts of a value hold no text: pictures, archives, ciphers.",
  absent: 0,
  compute: (value) =>
    textsOf(value, true)
      .flatMap((text) => text.match(RUN) ?? [])
      .map((run) => run.replace(/[\r\n]/g, ""))
      .filter((run) => isEncoded(run) && readBytesAsText(base64Bytes(run, 0))?.whole !== true).length,
  examples: [
    { value: "plain words", fact: 0 },
    { value: "d41d8cd98f00b204e9800998ecf8427ed41d8cd98f00b204e9800998ecf8427e", fact: 0 },
    { value: ["iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"], fact: 1 },
  ],
};
