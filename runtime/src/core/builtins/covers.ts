// `covers` and `in`: whether a set of host patterns covers a host.
import type { ParsedValue } from "../types/parsed-type.ts";
import { BOOL, parsed } from "../types/type.ts";
import { defineBuiltin, withConstant } from "./define-builtin.ts";
import { example, of, set } from "./example.ts";
import { anyCovers, patternCovers, patternSet } from "./host-cover.ts";
import { maxItems, setOfParsed } from "./type-matchers.ts";

const PATTERN = parsed("host_pattern");
const HOST = parsed("host");
const covered = (patterns: ReadonlySet<string>, host: ParsedValue): boolean =>
  anyCovers(patterns, host.canonical);
const partners = set(PATTERN, "*.partner.com", "api.example.com");

export const covers = defineBuiltin({
  name: "covers",
  syntax: "method",
  doc: "True when one of the patterns covers the host: `*.a.b` covers any depth below `a.b`, not `a.b` itself.",
  params: [
    { name: "patterns", type: setOfParsed("host_pattern") },
    { name: "host", type: HOST },
  ],
  result: BOOL,
  examples: [
    example([partners, of("host", "a.b.partner.com")], true),
    example([partners, of("host", "partner.com")], false),
    example([partners, of("host", "evilpartner.com")], false),
    example([partners, of("host", "api.example.com")], true),
  ],
  evaluate: (patterns: readonly ParsedValue[], host: ParsedValue) =>
    anyCovers(patternSet(patterns), host.canonical),
  specialise: withConstant(0, patternSet, covered),
  cost: ([patterns]) => maxItems(patterns),
  rego: ([patterns, host]) => `aegis_covers(${patterns}, ${host})`,
  regoHelpers: ["aegis_covers"],
});

export const hostInPatterns = defineBuiltin({
  name: "host_in_patterns",
  syntax: "operator",
  sourceName: "in",
  doc: "True when one of the patterns covers the host.",
  params: [
    { name: "host", type: HOST },
    { name: "patterns", type: setOfParsed("host_pattern") },
  ],
  result: BOOL,
  examples: [
    example([of("host", "a.partner.com"), partners], true),
    example([of("host", "a.partner.org"), partners], false),
  ],
  evaluate: (host: ParsedValue, patterns: readonly ParsedValue[]) =>
    anyCovers(patternSet(patterns), host.canonical),
  specialise: withConstant(1, patternSet, covered),
  cost: ([, patterns]) => maxItems(patterns),
  rego: ([host, patterns]) => `aegis_covers(${patterns}, ${host})`,
  regoHelpers: ["aegis_covers"],
});

export const patternCoversHost = defineBuiltin({
  name: "pattern_covers",
  syntax: "method",
  sourceName: "covers",
  doc: "True when the pattern covers the host.",
  params: [
    { name: "pattern", type: PATTERN },
    { name: "host", type: HOST },
  ],
  result: BOOL,
  examples: [
    example([of("host_pattern", "*.partner.com"), of("host", "a.partner.com")], true),
    example([of("host_pattern", "*.partner.com"), of("host", "partner.com")], false),
  ],
  evaluate: (pattern: ParsedValue, host: ParsedValue) => patternCovers(pattern.canonical, host.canonical),
  rego: ([pattern, host]) => `aegis_covers({${pattern}}, ${host})`,
  regoHelpers: ["aegis_covers"],
});
