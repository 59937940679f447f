// Grammar of hosts: names of letters, digits and hyphens, dotted quads, IPv6 in brackets.
import { grammar } from "../grammar.ts";
import { DOTTED_QUAD, VERSION_6 } from "../ip/ip-grammar.ts";

const ALNUM = "[A-Za-z0-9]";
const LDH = "[A-Za-z0-9-]";
/** 1 to 63 characters, no hyphen at either end, not `--` as third and fourth (so no `xn--`). */
const labelFrom = (first: string): string =>
  `${first}(?:${LDH}?${ALNUM}|${LDH}{2}${ALNUM}|${LDH}(?:${ALNUM}${LDH}|-${ALNUM})${LDH}{0,58}${ALNUM})?`;

/** Labels joined by dots, the last starting with a letter: no program reads a number in it. */
export const DOMAIN = `(?:${labelFrom(ALNUM)}\\.)*${labelFrom("[A-Za-z]")}`;
export const HOST = `${DOMAIN}|${DOTTED_QUAD}|\\[(?:${VERSION_6})\\]`;
export const MAX_HOST_LENGTH = 253;

export const hostGrammar = grammar({
  pattern: HOST,
  maxLength: MAX_HOST_LENGTH,
  further: "The address in brackets parses as `ip`.",
});

export const domainGrammar = grammar({ pattern: DOMAIN, maxLength: MAX_HOST_LENGTH });

/** Hosts that are written as addresses. */
export const addressGrammar = grammar({
  pattern: `${DOTTED_QUAD}|\\[(?:${VERSION_6})\\]`,
  maxLength: MAX_HOST_LENGTH,
  further: "The address parses as `ip`.",
});
