// Identity of places, so that what `is present` proves can be found again.

const escape = (text: string): string => (ODD.test(text) ? text.replace(/[\\.[]/g, "\\$&") : text);
const ODD = /[\\.[]/;

export const fieldKey = (of: string, name: string): string => `${of}.${escape(name)}`;
export const memberKey = (of: string, key: string): string => `${of}[${escape(key)}`;
export const castKey = (of: string, type: string): string => `${of}[ as ${escape(type)}`;

/** A place and everything it lies in: if it is present, they are. */
export function keyAndPrefixes(key: string): ReadonlySet<string> {
  const keys = new Set([key]);
  for (let index = key.length - 1; index > 0; index--)
    if ((key[index] === "." || key[index] === "[") && key[index - 1] !== "\\") keys.add(key.slice(0, index));
  return keys;
}
