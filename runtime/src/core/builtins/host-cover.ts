// When host patterns cover a host: all as canonical texts.
import type { ParsedValue } from "../types/parsed-type.ts";

/** `*.a.b` covers any depth below `a.b`, not `a.b` itself; any other pattern covers the host it names. */
export function patternCovers(pattern: string, host: string): boolean {
  if (!pattern.startsWith("*.")) return pattern === host;
  return host.length > pattern.length - 1 && host.endsWith(pattern.slice(1));
}

/** Canonical texts of the patterns, to look hosts up in. */
export const patternSet = (patterns: readonly ParsedValue[]): ReadonlySet<string> =>
  new Set(patterns.map(({ canonical }) => canonical));

/** True when one of the patterns covers the host; looks up the host and what follows each of its dots. */
export function anyCovers(patterns: ReadonlySet<string>, host: string): boolean {
  if (patterns.has(host)) return true;
  for (let dot = host.indexOf(".", 1); dot >= 0; dot = host.indexOf(".", dot + 1)) {
    if (patterns.has(`*${host.slice(dot)}`)) return true;
  }
  return false;
}

/** What a host costs at the worst: 127 labels to look up, at a quarter of a step each. */
export const HOST_COST = 32;
