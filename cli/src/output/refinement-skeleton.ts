// The `tools` item that a person starts from after an import: every action with its signature, and guessed refinements.
import type { Manifest, ManifestAction } from "@aegis/compiler";
import { printType, type Field, type Type } from "@aegis/runtime/core";

/** Names that nearly always hold such a value. A manifest knows only `string`; a wrong guess denies, so they are few. */
const GUESSES: readonly (readonly [RegExp, string])[] = [
  [/^(url|uri|href|link)s?$/i, "url"],
  [/^(repo_?)?(path|file_?path|source|destination|dir|directory|file)s?$/i, "path"],
  [/^(e-?mail|email_?address|recipient|cc|bcc)(s|es)?$/i, "email"],
  [/^(branch|from_?branch|to_?branch|base_?branch|head_?branch)$/i, "git_ref"],
  [/^(command|cmd|shell_?command)$/i, "command"],
  [/^(host|hostname|domain)s?$/i, "host"],
];

export interface SkeletonOptions {
  /** Name of the tool in source. */
  readonly tool: string;
  readonly package: string;
  /** Path of the manifest as the policy file will name it. */
  readonly manifest: string;
}

export function refinementSkeleton(manifest: Manifest, options: SkeletonOptions): string {
  const lines = [
    `package ${options.package}`,
    "",
    "// What the server says of itself, narrowed: an argument that the manifest calls a string has here the type that it",
    "// really has. The refinements below are guessed from names; change what does not fit.",
    `tools ${JSON.stringify(options.manifest)} as ${quoteName(options.tool)} {`,
  ];
  for (const action of manifest.actions) {
    lines.push(`  // ${signature(action)}`);
    const refined = action.params.flatMap((field) => {
      const type = guess(field);
      return type === null ? [] : [`${quoteName(field.name)}: ${type}`];
    });
    if (refined.length > 0) lines.push(`  ${quoteName(action.name)} { ${refined.join(", ")} }`);
  }
  return `${[...lines, "}"].join("\n")}\n`;
}

function guess(field: Field): string | null {
  const name = GUESSES.find(([pattern]) => pattern.test(field.name))?.[1];
  const type = field.type.kind === "optional" ? field.type.of : field.type;
  if (name === undefined) return null;
  if (isPlainString(type)) return name;
  return type.kind === "list" && isPlainString(type.of) ? `list<${name}>` : null;
}

const isPlainString = (type: Type): boolean => type.kind === "string";

/** On one line; hints are what the server claims. */
function signature({ name, params, annotations }: ManifestAction): string {
  const hint = annotations["readOnlyHint"] === true ? "  (says: reads only)" : "";
  const fields = params.map((field) => `${field.name}: ${printType(field.type)}`).join(", ");
  return `${name}(${fields})${hint}`.replace(/\s+/g, " ");
}

const quoteName = (name: string): string => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${name}\``);
