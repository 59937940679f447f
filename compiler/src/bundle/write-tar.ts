// Writes a tar that has the same bytes for the same members: ustar, no times, no owners, names with a leading slash.

const BLOCK = 512;

export interface Member {
  /** Without the leading slash. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** In the order given. Throws a `RangeError` on a name that ustar has no room for. */
export function writeTar(members: readonly Member[]): Uint8Array {
  const size = members.reduce((sum, { bytes }) => sum + BLOCK + padded(bytes.length), 2 * BLOCK);
  const tar = new Uint8Array(size);
  let offset = 0;
  for (const { name, bytes } of members) {
    writeHeader(tar.subarray(offset, offset + BLOCK), `/${name}`, bytes.length);
    tar.set(bytes, offset + BLOCK);
    offset += BLOCK + padded(bytes.length);
  }
  return tar;
}

const padded = (length: number): number => Math.ceil(length / BLOCK) * BLOCK;

function writeHeader(header: Uint8Array, path: string, size: number): void {
  const [prefix, name] = splitName(path);
  write(header, 0, name);
  write(header, 100, "0000600\0");
  write(header, 108, "0000000\0");
  write(header, 116, "0000000\0");
  write(header, 124, `${size.toString(8).padStart(11, "0")}\0`);
  write(header, 136, "00000000000\0");
  write(header, 148, " ".repeat(8));
  write(header, 156, "0");
  write(header, 257, "ustar\u000000");
  write(header, 345, prefix);
  const sum = header.reduce((total, byte) => total + byte, 0);
  write(header, 148, `${sum.toString(8).padStart(6, "0")}\0 `);
}

/** ustar keeps up to 155 characters of folders apart from the last 100. */
function splitName(path: string): readonly [prefix: string, name: string] {
  if (path.length <= 100) return ["", path];
  const cut = path.indexOf("/", path.length - 101);
  if (cut <= 0 || cut > 155) throw new RangeError("a member's name is too long for a bundle");
  return [path.slice(0, cut), path.slice(cut + 1)];
}

function write(header: Uint8Array, offset: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) header[offset + index] = text.charCodeAt(index);
}
