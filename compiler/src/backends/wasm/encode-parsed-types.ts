// Tables of parsed types, from the definitions that all engines share.
import { parsedTypeTables } from "@aegis/runtime/facts";
import type { DataImage } from "./data-image.ts";
import type { EncodeContext } from "./encode-context.ts";
import type { TableSlot } from "./header.ts";
import { encodePattern } from "./patterns/encode-pattern.ts";

/** Those of the types that a policy uses, and of the types that these contain. */
export function encodeParsedTypes(context: EncodeContext): Partial<Record<TableSlot, number>> {
  const { usedTypes: used, image } = context;
  const uses = (...names: readonly string[]): boolean => names.some((name) => used.has(name));
  return {
    ...(uses("ip") ? { ipScopes: ipScopes(image) } : {}),
    ...(uses("iban") ? { ibanLengths: ibanLengths(image) } : {}),
    ...(uses("url") ? { ports: ports(image), schemes: schemes(image) } : {}),
    ...(uses("command") ? { command: commands(context) } : {}),
    ...(uses("command", "git_ref") ? { parsedWords: image.text(PARSED_WORDS)[0] } : {}),
    ...(uses("path", "relpath") ? { hidden: hidden(image) } : {}),
  };
}

/** Words that the runtime looks for in references of git and in commands, where it expects them. */
const PARSED_WORDS = "refs/heads/refs/tags/remotes/.lockHEAD/dev/null.exe";

/** Bytes of the address, bits of the prefix, name, and the prefix in 16 bytes. */
function ipScopes(image: DataImage): number {
  const entries = ([4, 6] as const).flatMap((version) =>
    parsedTypeTables.ipScopes[version].map(([prefix, scope]) => [
      version === 4 ? 4 : 16,
      prefix.length,
      ...image.text(scope),
      ...prefixWords(prefix),
    ]),
  );
  return image.words([entries.length, 0, ...entries.flat()]);
}

/** Binary digits as four words of bytes in the order of the address. */
function prefixWords(prefix: string): readonly number[] {
  const bits = prefix.padEnd(128, "0");
  const byte = (index: number): number => Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2);
  return [0, 4, 8, 12].map(
    (at) => (byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24)) >>> 0,
  );
}

function ibanLengths(image: DataImage): number {
  const entries = [...parsedTypeTables.ibanLengths].map(
    ([country, length]) => country.charCodeAt(0) | (country.charCodeAt(1) << 8) | (length << 16),
  );
  return image.words([entries.length, ...entries]);
}

function ports(image: DataImage): number {
  const entries = [...parsedTypeTables.ports].map(([scheme, port]) => [...image.text(scheme), port, 0]);
  return image.words([entries.length, 0, ...entries.flat()]);
}

function schemes(image: DataImage): number {
  const entries = parsedTypeTables.schemesWithoutHost.map((scheme) => image.text(scheme));
  return image.words([entries.length, 0, ...entries.flat()]);
}

function hidden(image: DataImage): number {
  const ranges = parsedTypeTables.hiddenInPaths;
  return image.words([ranges.length, ...ranges.flat()]);
}

/** Patterns, names of programs that make a line opaque, rules about arguments of programs. */
function commands(context: EncodeContext): number {
  const { image } = context;
  const { patterns, opaque, rules } = parsedTypeTables.command;
  const pattern = (source: string | undefined): number =>
    source === undefined ? 0 : encodePattern(source, context);
  const names = [...opaque].map((name) => image.text(name));
  const checked = [...rules].map(([name, { only, never }]) => [
    ...image.text(name),
    pattern(only),
    pattern(never),
  ]);
  return image.words([
    ...patterns.map(pattern),
    names.length,
    0,
    ...names.flat(),
    checked.length,
    0,
    ...checked.flat(),
  ]);
}
