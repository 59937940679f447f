// Data of parsed types that engines in other languages compile in, so that there is one definition of it.
import type { CodePointRange } from "../../core/patterns/index.ts";
import { parsePattern } from "../../core/patterns/index.ts";
import { OPAQUE_PROGRAMS, PROGRAM_RULES } from "./command/command-rules.ts";
import { LINE_SHAPE, NETWORK_FILE, SELECTING, SELECTING_FIRST } from "./command/command-tokens.ts";
import { IBAN_LENGTHS } from "./iban/iban-lengths.ts";
import { scopesOf } from "./ip/ip-scope.ts";
import { NOT_IN_SEGMENTS } from "./path/path-grammar.ts";
import { DEFAULT_PORTS, SCHEMES_WITHOUT_HOST } from "./url/url.ts";

/** Worked out when asked for: most programs that load this never ask. */
export const parsedTypeTables = {
  /** Prefixes of binary digits, the first that fits decides. */
  get ipScopes() {
    return { 4: scopesOf(4), 6: scopesOf(6) };
  },
  /** By country. */
  ibanLengths: IBAN_LENGTHS,
  /** By scheme. */
  ports: DEFAULT_PORTS,
  schemesWithoutHost: SCHEMES_WITHOUT_HOST,
  command: {
    /** Shape of a line, network file, text that selects files, the same in front of a word; in portable form. */
    get patterns() {
      return [LINE_SHAPE, NETWORK_FILE, SELECTING, SELECTING_FIRST].map(portable);
    },
    opaque: OPAQUE_PROGRAMS,
    rules: PROGRAM_RULES,
  },
  /** Code points that no segment of a path holds: sorted ranges, the slash included. */
  get hiddenInPaths() {
    return rangesOf(`[${NOT_IN_SEGMENTS}]`);
  },
};

function portable(source: string): string {
  const pattern = parsePattern(source);
  if (!pattern.ok) throw new Error(pattern.message);
  return pattern.canonical;
}

function rangesOf(source: string): readonly CodePointRange[] {
  const pattern = parsePattern(source);
  if (!pattern.ok || pattern.ast.kind !== "set") throw new Error("not a set of characters");
  return pattern.ast.ranges;
}
