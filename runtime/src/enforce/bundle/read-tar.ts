// Reads the one kind of tar that bundles are: plain ustar, regular files, canonical names, nothing twice.
//
// General tar readers accept links, PAX overrides and repeated names, which is how a verified member and the member
// that gets loaded come to differ. What is accepted here has one reading only, so a reader of our own is the safer one.

const BLOCK = 512;
const MAX_MEMBERS = 10_000;

export type TarResult =
  | { readonly ok: true; readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly ok: false; readonly problem: string };

const bad = (problem: string): TarResult => ({ ok: false, problem });

/** Members by name, without the leading slash. `maxFile` bounds each member in bytes. */
export function readTar(bytes: Uint8Array, maxFile: number): TarResult {
  const files = new Map<string, Uint8Array>();
  let offset = 0;
  for (;;) {
    if (offset + BLOCK > bytes.length) return bad("the archive has no end");
    const header = bytes.subarray(offset, offset + BLOCK);
    if (isZero(header)) break;
    if (files.size >= MAX_MEMBERS) return bad("too many members");
    if (!hasUstarMagic(header) || octal(header, 148, 8) !== checksum(header))
      return bad("a header is damaged");
    if (header[156] !== 0x30) return bad("a member is no regular file");
    const name = memberName(header);
    if (name === undefined) return bad("a member has a name that is not canonical");
    if (files.has(name)) return bad("a member stands twice");
    const size = octal(header, 124, 12);
    if (size === undefined || size > maxFile) return bad("a member is too large");
    const start = offset + BLOCK;
    const end = start + size;
    const next = start + Math.ceil(size / BLOCK) * BLOCK;
    if (next > bytes.length) return bad("the archive is cut off");
    if (!isZero(bytes.subarray(end, next))) return bad("the padding of a member is not empty");
    files.set(name, bytes.subarray(start, end));
    offset = next;
  }
  if (!isZero(bytes.subarray(offset))) return bad("something follows the end of the archive");
  if (bytes.length - offset < 2 * BLOCK) return bad("the archive has no end");
  return { ok: true, files };
}

function isZero(bytes: Uint8Array): boolean {
  const words = wordsOf(bytes);
  for (let at = 0; at < words.length; at++) if (words[at] !== 0) return false;
  for (let at = words.length * 4; at < bytes.length; at++) if (bytes[at] !== 0) return false;
  return true;
}

/** Four bytes each, but for up to three at the end: what looks at every byte takes a quarter of the steps. */
const wordsOf = (bytes: Uint8Array): Uint32Array =>
  new Uint32Array(new Uint8Array(bytes.subarray(0, bytes.length - (bytes.length % 4))).buffer);

function hasUstarMagic(header: Uint8Array): boolean {
  const magic = "ustar\u000000";
  return [...magic].every((char, index) => header[257 + index] === char.charCodeAt(0));
}

/** The sum of all bytes, those of its own field as spaces. */
function checksum(header: Uint8Array): number {
  const words = wordsOf(header);
  // Sums of the even and of the odd bytes of all words, side by side in one number each.
  let even = 0;
  let odd = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? 0;
    even += word & 0x00ff00ff;
    odd += (word >>> 8) & 0x00ff00ff;
  }
  let sum = (even & 0xffff) + (even >>> 16) + (odd & 0xffff) + (odd >>> 16);
  for (let at = 148; at < 156; at++) sum += 0x20 - (header[at] ?? 0);
  return sum;
}

/** A field of octal digits, ended by NUL or space. */
function octal(header: Uint8Array, start: number, length: number): number | undefined {
  const text = latin1(header.subarray(start, start + length));
  const match = /^([0-7]{1,11})[\0 ]*$/.exec(text);
  return match?.[1] === undefined ? undefined : Number.parseInt(match[1], 8);
}

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** `/a/b.rego` as `a/b.rego`; `undefined` for anything that another reader could take for another name. */
function memberName(header: Uint8Array): string | undefined {
  const name = text(header.subarray(0, 100));
  const prefix = text(header.subarray(345, 500));
  if (name === undefined || prefix === undefined) return undefined;
  const full = prefix === "" ? name : `${prefix}/${name}`;
  return full.startsWith("/") && isMemberName(full.slice(1)) ? full.slice(1) : undefined;
}

/** Segments of letters, digits and `._-`, none of them `.` or `..`. */
export const isMemberName = (name: string): boolean =>
  /^(\/(?!\.\.?(\/|$))[A-Za-z0-9._-]+)+$/.test(`/${name}`);

/** Text up to the first NUL; nothing may follow it. */
function text(field: Uint8Array): string | undefined {
  const end = field.indexOf(0);
  if (end === -1) return latin1(field);
  return isZero(field.subarray(end)) ? latin1(field.subarray(0, end)) : undefined;
}
