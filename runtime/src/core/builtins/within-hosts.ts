// `within` for hosts: whether host patterns cover every one of them.
import type { ParsedValue } from "../types/parsed-type.ts";
import { BOOL, parsed } from "../types/type.ts";
import { defineBuiltin, withConstant } from "./define-builtin.ts";
import { example, list, set } from "./example.ts";
import { HOST_COST, anyCovers, patternSet } from "./host-cover.ts";
import { manyOf, maxItems, setOfParsed } from "./type-matchers.ts";

const allCovered = (patterns: ReadonlySet<string>, hosts: readonly ParsedValue[]): boolean =>
  hosts.length > 0 && hosts.every((host) => anyCovers(patterns, host.canonical));
const partners = set(parsed("host_pattern"), "*.partner.com");

export const withinHosts = defineBuiltin({
  name: "within_hosts",
  syntax: "operator",
  sourceName: "within",
  doc: "True when there is at least one host and each is covered by one of the patterns.",
  params: [
    { name: "hosts", type: manyOf("host") },
    { name: "patterns", type: setOfParsed("host_pattern") },
  ],
  result: BOOL,
  examples: [
    example([list(parsed("host"), "a.partner.com", "b.partner.com"), partners], true),
    example([list(parsed("host"), "a.partner.com", "evil.com"), partners], false),
    example([list(parsed("host")), partners], false),
  ],
  evaluate: (hosts: readonly ParsedValue[], patterns: readonly ParsedValue[]) =>
    allCovered(patternSet(patterns), hosts),
  specialise: withConstant(1, patternSet, allCovered),
  cost: ([hosts, patterns]) => maxItems(hosts) * HOST_COST + maxItems(patterns),
  rego: ([hosts, patterns]) => `aegis_within_hosts(${hosts}, ${patterns})`,
  regoHelpers: ["aegis_within_hosts"],
});
