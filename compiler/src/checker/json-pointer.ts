// JSON pointers (RFC 6901) to places of the request; a segment `*` is every element or member.

export const jsonPointer = (segments: readonly string[]): string =>
  segments.map((each) => `/${each.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
