// The one door to the registry of parsed types.

const PLACEHOLDER = [
  "url",
  "host",
  "host_pattern",
  "ip",
  "cidr",
  "email",
  "path",
  "relpath",
  "git_ref",
  "command",
  "semver",
  "iban",
];
const names: ReadonlySet<string> = new Set(PLACEHOLDER);

export const parsedTypeNames = (): Iterable<string> => names;
export const isParsedType = (name: string): boolean => names.has(name);
/** The canonical form of a text of the type; undefined when it does not parse. */
export const canonicalText = (_type: string, text: string): string | undefined => text;
