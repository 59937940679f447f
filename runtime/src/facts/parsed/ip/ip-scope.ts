// Who can be reached at an address, by the special-purpose registries of IANA.
import { ipBits } from "./ip-bits.ts";

export const IP_SCOPES = [
  "public",
  "private",
  "loopback",
  "link_local",
  "multicast",
  "shared",
  "unspecified",
  "reserved",
] as const;
export type IpScope = (typeof IP_SCOPES)[number];

type Range = readonly [cidr: string, scope: IpScope];

/** The first range that holds the address decides; the last holds everything. */
const VERSION_4: readonly Range[] = [
  ["0.0.0.0/32", "unspecified"],
  ["0.0.0.0/8", "reserved"],
  ["10.0.0.0/8", "private"],
  ["100.64.0.0/10", "shared"],
  ["127.0.0.0/8", "loopback"],
  ["169.254.0.0/16", "link_local"],
  ["172.16.0.0/12", "private"],
  ["192.0.0.0/24", "reserved"],
  ["192.0.2.0/24", "reserved"],
  ["192.88.99.0/24", "reserved"],
  ["192.168.0.0/16", "private"],
  ["198.18.0.0/15", "reserved"],
  ["198.51.100.0/24", "reserved"],
  ["203.0.113.0/24", "reserved"],
  ["224.0.0.0/4", "multicast"],
  ["240.0.0.0/4", "reserved"],
  ["0.0.0.0/0", "public"],
];

/** Ranges that carry an IPv4 address inside (NAT64, 6to4, Teredo) are reserved: they may lead anywhere. */
const VERSION_6: readonly Range[] = [
  ["::/128", "unspecified"],
  ["::1/128", "loopback"],
  ["2001::/23", "reserved"],
  ["2001:db8::/32", "reserved"],
  ["2002::/16", "reserved"],
  ["3fff::/20", "reserved"],
  ["2000::/3", "public"],
  ["fc00::/7", "private"],
  ["fe80::/10", "link_local"],
  ["ff00::/8", "multicast"],
  ["::/0", "reserved"],
];

type Scoped = readonly (readonly [prefix: string, scope: IpScope])[];
const prepared = new Map<4 | 6, Scoped>();

/** Prefixes of binary digits with their scopes, in the order in which they are tried. Made when first asked for. */
export function scopesOf(version: 4 | 6): Scoped {
  const known = prepared.get(version) ?? (version === 4 ? VERSION_4 : VERSION_6).map(prefixOf);
  prepared.set(version, known);
  return known;
}

function prefixOf([cidr, scope]: Range): readonly [string, IpScope] {
  const [network = "", length = ""] = cidr.split("/");
  return [(ipBits(network) ?? "").slice(0, Number(length)), scope];
}

export function ipScope(version: 4 | 6, bits: string): IpScope {
  return scopesOf(version).find(([prefix]) => bits.startsWith(prefix))?.[1] ?? "reserved";
}
