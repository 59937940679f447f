// Patterns compiled for matching, in linear time, through re2js.
import { RE2JS } from "re2js";
import { parsePattern } from "../../core/patterns/index.ts";
import type { Matcher } from "../../core/types/parsed-type.ts";

const MAX_CACHED = 1000;
const cache = new Map<string, Matcher>();

/** `canonical` is a pattern in canonical portable form; throws on anything else. */
export function compilePattern(canonical: string): Matcher {
  const known = cache.get(canonical);
  if (known !== undefined) return known;
  const pattern = parsePattern(canonical);
  if (!pattern.ok || pattern.canonical !== canonical) throw new Error("not a canonical portable pattern");
  const matcher = matcherOf(RE2JS.compile(canonical));
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(canonical, matcher);
  return matcher;
}

function matcherOf(compiled: RE2JS): Matcher {
  return {
    test: (text) => compiled.test(text),
    spans: (text) => {
      const found: (readonly [number, number])[] = [];
      const matcher = compiled.matcher(text);
      // An empty match right behind another match is none: engines disagree there, and Go's rule is the simplest.
      let end = -1;
      while (matcher.find()) {
        const start = matcher.start();
        if (matcher.end() > start || start > end) found.push([start, matcher.end()]);
        end = matcher.end();
      }
      return found;
    },
  };
}
