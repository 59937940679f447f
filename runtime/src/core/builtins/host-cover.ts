// When a host pattern covers a host: both as canonical texts.

/** `*.a.b` covers any depth below `a.b`, not `a.b` itself; any other pattern covers the host it names. */
export function patternCovers(pattern: string, host: string): boolean {
  if (!pattern.startsWith("*.")) return pattern === host;
  return host.length > pattern.length - 1 && host.endsWith(pattern.slice(1));
}

/** True when one of the patterns covers the host. */
export const anyCovers = (patterns: readonly { readonly canonical: string }[], host: string): boolean =>
  patterns.some((pattern) => patternCovers(pattern.canonical, host));
