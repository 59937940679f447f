// `under`: whether a path is another or lies below it, by segments.
import type { ParsedValue } from "../types/parsed-type.ts";
import { BOOL } from "../types/type.ts";
import { defineBuiltin } from "./define-builtin.ts";
import { example, of } from "./example.ts";
import { PATH, SAME_AS_FIRST } from "./type-matchers.ts";

export const under = defineBuiltin({
  name: "under",
  syntax: "operator",
  doc: "True when the first path is the second or lies below it; compared segment by segment.",
  params: [
    { name: "path", type: PATH },
    { name: "base", type: SAME_AS_FIRST },
  ],
  result: BOOL,
  examples: [
    example([of("path", "/srv/app/a.ts"), of("path", "/srv/app")], true),
    example([of("path", "/srv/app"), of("path", "/srv/app")], true),
    example([of("path", "/srv/app2"), of("path", "/srv/app")], false),
    example([of("path", "/etc/passwd"), of("path", "/")], true),
    example([of("relpath", "src/a.ts"), of("relpath", "src")], true),
  ],
  evaluate: (path: ParsedValue, base: ParsedValue) => {
    const folder = base.canonical.endsWith("/") ? base.canonical : `${base.canonical}/`;
    return path.canonical === base.canonical || path.canonical.startsWith(folder);
  },
  rego: ([path, base]) => `aegis_under(${path}, ${base})`,
  regoHelpers: ["aegis_under"],
});
