// A JSON text as an array of units: twice as fast to walk as the string, whose form V8 looks at again for every unit.
const SHARED_SIZE = 65_536;
/** For texts of usual size; good until the next one is taken apart, and nothing keeps it longer. */
const shared = new Uint8Array(SHARED_SIZE);
const encoder = new TextEncoder();

export interface JsonUnits {
  readonly text: string;
  /** The UTF-16 units of the text, and after them a zero, which stands nowhere in JSON. */
  readonly units: Uint8Array | Uint16Array;
  /** True when the text has no backslash and no control character: its strings end at the next quote. */
  readonly clean: boolean;
}

/** `text` is well-formed. */
export function jsonUnits(text: string): JsonUnits {
  const { length } = text;
  const bytes = length + 4 < SHARED_SIZE ? shared : new Uint8Array(length + 4);
  const { read, written } = encoder.encodeInto(text, bytes);
  if (read === length && written === length && length < bytes.length) {
    bytes[length] = 0;
    return { text, units: bytes, clean: isClean(text, bytes) };
  }
  const units = new Uint16Array(length + 1);
  for (let index = 0; index < length; index++) units[index] = text.charCodeAt(index);
  return { text, units, clean: false };
}

/** Looks at four bytes at once: whether one is below 0x20. The search for a backslash is V8's own, and much faster. */
function isClean(text: string, bytes: Uint8Array): boolean {
  const { length } = text;
  const words = length >> 2;
  const view = bytes === shared ? sharedWords : new Int32Array(bytes.buffer, 0, words);
  let odd = 0;
  for (let index = 0; index < words; index++) {
    const word = view[index] ?? 0;
    odd |= (word - 0x20202020) & ~word;
  }
  if ((odd & 0x80808080) !== 0) return false;
  for (let index = words << 2; index < length; index++) if ((bytes[index] ?? 0) < 0x20) return false;
  return !text.includes("\\");
}

const sharedWords = new Int32Array(shared.buffer);
