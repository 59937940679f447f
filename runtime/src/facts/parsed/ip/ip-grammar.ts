// Grammar of addresses: strict dotted quads, and IPv6 in the one spelling of RFC 5952.
import { grammar } from "../grammar.ts";

const BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
/** Four decimal bytes without leading zeros. */
export const DOTTED_QUAD = `${BYTE}(?:\\.${BYTE}){3}`;

const GROUP = "(?:0|[1-9a-f][0-9a-f]{0,3})";
const groups = (count: number): string => GROUP + (count === 1 ? "" : `(?::${GROUP}){${String(count - 1)}}`);
const atMost = (count: number): string =>
  count === 0 ? "" : `(?:${GROUP}${count === 1 ? "" : `(?::${GROUP}){0,${String(count - 1)}}`})?`;
/** Eight groups, or up to six around one `::`; that it is the canonical spelling is checked by `isCanonicalVersion6`. */
export const VERSION_6 = [
  groups(8),
  `::${atMost(6)}`,
  ...[1, 2, 3, 4, 5, 6].map((left) => `${groups(left)}::${atMost(6 - left)}`),
].join("|");

export const ipGrammar = grammar({
  pattern: `${DOTTED_QUAD}|${VERSION_6}`,
  maxLength: 39,
  further:
    "IPv6 is in the canonical spelling of RFC 5952: `::` stands for the longest run of zero groups, the first of equals, and for at least two; addresses in ::ffff:0:0/96, which mean IPv4, do not parse.",
});

/** Whether a text of the grammar is the one canonical spelling, and no IPv4 address in disguise. */
export function isCanonicalVersion6(text: string): boolean {
  const [left = "", right] = text.split("::");
  const shapeOf = (groups: string): string =>
    groups === ""
      ? ""
      : groups
          .split(":")
          .map((group) => (group === "0" ? "0" : "1"))
          .join("");
  const before = shapeOf(left);
  if (right === undefined) return !before.includes("00");
  const after = shapeOf(right);
  const run = "0".repeat(8 - before.length - after.length);
  return (
    !before.endsWith("0") &&
    !after.startsWith("0") &&
    !before.includes(run) &&
    !after.includes(`${run}0`) &&
    !/^::ffff:[0-9a-f]+:[0-9a-f]+$/.test(text)
  );
}
