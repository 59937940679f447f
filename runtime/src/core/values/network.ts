// Relations between hosts, addresses and ranges, on canonical texts of the parsed types.

/** `*.a.b` covers every host below `a.b` at any depth, not `a.b` itself; another pattern covers only itself. */
export function hostCovered(pattern: string, host: string): boolean {
  if (!pattern.startsWith("*.")) return pattern === host;
  const suffix = pattern.slice(1);
  return host.length > suffix.length && host.endsWith(suffix);
}

/** Whether an address lies in a range; false when their versions differ. */
export function cidrContains(cidr: string, ip: string): boolean {
  const slash = cidr.indexOf("/");
  const network = ipBits(cidr.slice(0, slash));
  const address = ipBits(ip);
  if (slash < 0 || network === undefined || address === undefined) return false;
  return (
    network.length === address.length && address.startsWith(network.slice(0, Number(cidr.slice(slash + 1))))
  );
}

/** The 32 or 128 binary digits of a dotted quad or of a textual IPv6 address without embedded dotted quad. */
export function ipBits(ip: string): string | undefined {
  return ip.includes(":") ? bitsOfVersion6(ip) : bitsOfVersion4(ip);
}

function bitsOfVersion4(ip: string): string | undefined {
  const parts = ip.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^[0-9]{1,3}$/.test(part) && Number(part) <= 255)) {
    return undefined;
  }
  return parts.map((part) => Number(part).toString(2).padStart(8, "0")).join("");
}

function bitsOfVersion6(ip: string): string | undefined {
  const [left = "", right, ...rest] = ip.split("::");
  const before = left === "" ? [] : left.split(":");
  const after = right === undefined || right === "" ? [] : right.split(":");
  const missing = 8 - before.length - after.length;
  if (rest.length > 0 || (right === undefined ? missing !== 0 : missing < 1)) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => "0"), ...after];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, "0")).join("");
}
