// IP addresses and networks from their canonical text, as bytes, for the builtins that compare them.

/** 4 or 16 bytes; undefined when the text is no canonical address. Never throws. */
export function ipBytes(text: string): readonly number[] | undefined {
  return text.includes(":") ? ipv6Bytes(text) : ipv4Bytes(text);
}

function ipv4Bytes(text: string): readonly number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function ipv6Bytes(text: string): readonly number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === "" ? [] : half.split(":")));
  if (head === undefined) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...(tail ?? [])];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

export interface Network {
  readonly bytes: readonly number[];
  readonly bits: number;
}

/** `address/bits`; undefined when it is no network. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf("/");
  const bytes = slash < 0 ? undefined : ipBytes(text.slice(0, slash));
  const bits = text.slice(slash + 1);
  if (bytes === undefined || !/^(0|[1-9][0-9]{0,2})$/.test(bits) || Number(bits) > bytes.length * 8)
    return undefined;
  return { bytes, bits: Number(bits) };
}

/** True when the address lies in the network; an IPv4 address lies in no IPv6 network and the reverse. */
export function networkContains(network: string, address: string): boolean {
  const outer = parseNetwork(network);
  const bytes = ipBytes(address);
  return outer !== undefined && bytes !== undefined && samePrefix(outer, bytes);
}

/** True when every address of `inner` lies in `outer`. */
export function networkCovers(outer: string, inner: string): boolean {
  const wide = parseNetwork(outer);
  const narrow = parseNetwork(inner);
  return (
    wide !== undefined && narrow !== undefined && narrow.bits >= wide.bits && samePrefix(wide, narrow.bytes)
  );
}

function samePrefix({ bytes, bits }: Network, address: readonly number[]): boolean {
  if (address.length !== bytes.length) return false;
  return bytes.every((byte, index) => {
    const shift = 8 - Math.min(8, Math.max(0, bits - index * 8));
    return byte >> shift === (address[index] ?? -1) >> shift;
  });
}
