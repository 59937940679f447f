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
    const header = asciiOf(bytes.subarray(offset, offset + BLOCK));
    if (header === ZEROS) break;
    if (files.size >= MAX_MEMBERS) return bad("too many members");
    if (header?.startsWith(MAGIC, 257) !== true || octal(header, 148, 8) !== checksum(header))
      return bad("a header is damaged");
    if (header[156] !== "0") return bad("a member is no regular file");
    const name = memberName(header);
    if (name === undefined) return bad("a member has a name that is not canonical");
    if (files.has(name)) return bad("a member stands twice");
    const size = octal(header, 124, 12);
    if (size === undefined || size > maxFile) return bad("a member is too large");
    const start = offset + BLOCK;
    const end = start + size;
    const next = start + Math.ceil(size / BLOCK) * BLOCK;
    if (next > bytes.length) return bad("the archive is cut off");
    if (!isZero(bytes, end, next)) return bad("the padding of a member is not empty");
    files.set(name, bytes.subarray(start, end));
    offset = next;
  }
  if (!isZero(bytes, offset, bytes.length)) return bad("something follows the end of the archive");
  if (bytes.length - offset < 2 * BLOCK) return bad("the archive has no end");
  return { ok: true, files };
}

// Headers are looked at as text: what the platform does with texts is fast from the first one on, loops over bytes are not.

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const ZEROS = "\0".repeat(BLOCK);
const MAGIC = "ustar\u000000";

/** A character for each byte; undefined where one is no ASCII. */
function asciiOf(bytes: Uint8Array): string | undefined {
  const text = utf8.decode(bytes);
  return /^[\0-\x7f]*$/.test(text) ? text : undefined;
}

function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += BLOCK) {
    const length = Math.min(BLOCK, end - at);
    if (utf8.decode(bytes.subarray(at, at + length)) !== ZEROS.slice(0, length)) return false;
  }
  return true;
}

/** The sum of all bytes, those of its own field as spaces. */
function checksum(header: string): number {
  const counted = `${header.slice(0, 148)}        ${header.slice(156)}`.replace(/\0+/g, "");
  let sum = 0;
  for (let at = 0; at < counted.length; at++) sum += counted.charCodeAt(at);
  return sum;
}

/** A field of octal digits, ended by NUL or space. */
function octal(header: string, start: number, length: number): number | undefined {
  const match = /^([0-7]{1,11})[\0 ]*$/.exec(header.slice(start, start + length));
  return match?.[1] === undefined ? undefined : Number.parseInt(match[1], 8);
}

/** `/a/b.rego` as `a/b.rego`; `undefined` for anything that another reader could take for another name. */
function memberName(header: string): string | undefined {
  const name = untilNul(header.slice(0, 100));
  const prefix = untilNul(header.slice(345, 500));
  if (name === undefined || prefix === undefined) return undefined;
  const full = prefix === "" ? name : `${prefix}/${name}`;
  return full.startsWith("/") && isMemberName(full.slice(1)) ? full.slice(1) : undefined;
}

/** Segments of letters, digits and `._-`, none of them `.` or `..`. */
export const isMemberName = (name: string): boolean =>
  /^(\/(?!\.\.?(\/|$))[A-Za-z0-9._-]+)+$/.test(`/${name}`);

/** The field up to the first NUL; nothing may follow it. */
function untilNul(field: string): string | undefined {
  const end = field.indexOf("\0");
  if (end === -1) return field;
  return field.endsWith(ZEROS.slice(0, field.length - end)) ? field.slice(0, end) : undefined;
}
