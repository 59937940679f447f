// Names that look like those of packages that everybody knows: one slip of a finger, swapped letters, digits for letters.
import { POPULAR } from "./popular-packages.ts";

/** Without case and separators. */
const joined = (name: string): string => name.toLowerCase().replace(/[-_.]/g, "");

/** What is read alike: digits and pairs of letters that look like letters, too. */
const folded = (name: string): string =>
  joined(name).replaceAll("0", "o").replaceAll("1", "l").replaceAll("5", "s").replaceAll("rn", "m");

/** PyPI takes `-`, `_` and `.` for the same. */
const sameName = (ecosystem: string, one: string, other: string): boolean =>
  ecosystem === "pypi"
    ? one.toLowerCase().replace(/[-_.]+/g, "-") === other.replace(/[-_.]+/g, "-")
    : one === other;

/** The known package that the name looks like and is not; undefined for one that looks like none. */
export function resembledPackage(ecosystem: string, name: string): string | undefined {
  const known = POPULAR.get(ecosystem) ?? [];
  if (name.length > 100 || known.some((each) => sameName(ecosystem, name, each))) return undefined;
  const looks = (each: string): boolean => folded(name) === folded(each);
  // One that is short is like many others by chance.
  const slips = (each: string): boolean =>
    each.length >= 5 && (isNear(folded(name), folded(each)) || isNear(joined(name), joined(each)));
  return known.find(looks) ?? known.find(slips);
}

/** One letter more, less, other, or two neighbours swapped. */
export function isNear(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  if (short.length < long.length) return short.slice(start) === long.slice(start + 1);
  if (short.slice(start + 1) === long.slice(start + 1)) return true;
  return (
    short[start] === long[start + 1] &&
    short[start + 1] === long[start] &&
    short.slice(start + 2) === long.slice(start + 2)
  );
}
