// IP addresses and networks: `in` and `within`.
import type { ParsedValue } from "../types/parsed-type.ts";
import { BOOL, parsed } from "../types/type.ts";
import { defineBuiltin } from "./define-builtin.ts";
import { example, list, of, set } from "./example.ts";
import { networkContains, networkCovers } from "./ip-address.ts";
import { manyOf, maxItems, setOfParsed } from "./type-matchers.ts";

const IP = parsed("ip");
const CIDR = parsed("cidr");
const internal = set(CIDR, "10.0.0.0/8", "fd00::/8");

export const ipInCidr = defineBuiltin({
  name: "ip_in_cidr",
  syntax: "operator",
  sourceName: "in",
  doc: "True when the address lies in the network; IPv4 and IPv6 never mix.",
  params: [
    { name: "ip", type: IP },
    { name: "network", type: CIDR },
  ],
  result: BOOL,
  examples: [
    example([of("ip", "10.1.2.3"), of("cidr", "10.0.0.0/8")], true),
    example([of("ip", "11.1.2.3"), of("cidr", "10.0.0.0/8")], false),
    example([of("ip", "10.1.2.3"), of("cidr", "::/0")], false),
    example([of("ip", "2001:db8::1"), of("cidr", "2001:db8::/33")], true),
  ],
  evaluate: (ip: ParsedValue, network: ParsedValue) => networkContains(network.canonical, ip.canonical),
  rego: ([ip, network]) => `net.cidr_contains(${network}, ${ip})`,
});

export const ipInCidrs = defineBuiltin({
  name: "ip_in_cidrs",
  syntax: "operator",
  sourceName: "in",
  doc: "True when the address lies in one of the networks.",
  params: [
    { name: "ip", type: IP },
    { name: "networks", type: setOfParsed("cidr") },
  ],
  result: BOOL,
  examples: [
    example([of("ip", "10.1.2.3"), internal], true),
    example([of("ip", "fd12::1"), internal], true),
    example([of("ip", "8.8.8.8"), internal], false),
  ],
  evaluate: (ip: ParsedValue, networks: readonly ParsedValue[]) =>
    networks.some((network) => networkContains(network.canonical, ip.canonical)),
  cost: ([, networks]) => maxItems(networks),
  rego: ([ip, networks]) => `aegis_ip_in(${ip}, ${networks})`,
  regoHelpers: ["aegis_ip_in"],
});

export const withinNetworks = defineBuiltin({
  name: "within_networks",
  syntax: "operator",
  sourceName: "within",
  doc: "True when there is at least one address and each lies in one of the networks.",
  params: [
    { name: "ips", type: manyOf("ip") },
    { name: "networks", type: setOfParsed("cidr") },
  ],
  result: BOOL,
  examples: [
    example([list(IP, "10.1.2.3"), internal], true),
    example([list(IP, "10.1.2.3", "8.8.8.8"), internal], false),
    example([list(IP), internal], false),
  ],
  evaluate: (ips: readonly ParsedValue[], networks: readonly ParsedValue[]) =>
    ips.length > 0 &&
    ips.every((ip) => networks.some((network) => networkContains(network.canonical, ip.canonical))),
  cost: ([ips, networks]) => maxItems(ips) * maxItems(networks),
  rego: ([ips, networks]) => `aegis_within_networks(${ips}, ${networks})`,
  regoHelpers: ["aegis_within_networks"],
});

export const cidrWithin = defineBuiltin({
  name: "cidr_within",
  syntax: "operator",
  sourceName: "within",
  doc: "True when every address of the first network lies in the second.",
  params: [
    { name: "inner", type: CIDR },
    { name: "outer", type: CIDR },
  ],
  result: BOOL,
  examples: [
    example([of("cidr", "10.1.0.0/16"), of("cidr", "10.0.0.0/8")], true),
    example([of("cidr", "10.0.0.0/8"), of("cidr", "10.1.0.0/16")], false),
    example([of("cidr", "10.0.0.0/8"), of("cidr", "10.0.0.0/8")], true),
  ],
  evaluate: (inner: ParsedValue, outer: ParsedValue) => networkCovers(outer.canonical, inner.canonical),
  rego: ([inner, outer]) => `net.cidr_contains(${outer}, ${inner})`,
});
