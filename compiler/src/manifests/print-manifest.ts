// Prints imported actions as a `tool` declaration in Aegis: for `aegisc import mcp` and for reading what was understood.
import { DECIMAL_SCALE, DEFAULT_MAX_ITEMS, MAX_INTEGER } from "@aegis/runtime/core";
import type { EnumType, Field, Type } from "@aegis/runtime/core";
import type { ManifestAction } from "./manifest.ts";

export interface PrintManifestOptions {
  /** Name of the tool in source. */
  readonly tool: string;
  /** Name of the tool on the wire, when it is another. */
  readonly wire?: string;
  readonly package?: string;
}

/** The text of a module: enums first, then one `tool`. */
export function printManifestAsAegis(
  actions: readonly ManifestAction[],
  options: PrintManifestOptions,
): string {
  const enums = new EnumNames();
  const body = actions.map((action) => printAction(action, enums)).join("\n\n");
  const wire =
    options.wire === undefined || options.wire === options.tool ? "" : ` as ${quoted(options.wire)}`;
  const head = options.package === undefined ? "" : `package ${options.package}\n\n`;
  return `${head}${enums.declarations()}tool ${printName(options.tool)}${wire} {\n${body}\n}\n`;
}

function printAction(action: ManifestAction, enums: EnumNames): string {
  const lines = printDoc(action.doc, "  ");
  const params = action.params.map((param) =>
    [...printDoc(param.doc ?? null, "    "), `    ${printField(param, enums)},`].join("\n"),
  );
  if (action.open) params.push("    ...");
  const result = action.result.kind === "json" ? "" : `: ${printTypeSource(action.result, enums)}`;
  lines.push(
    params.length === 0
      ? `  ${printName(action.name)}()${result}`
      : `  ${printName(action.name)}(\n${params.join("\n")}\n  )${result}`,
  );
  return lines.join("\n");
}

const printDoc = (doc: string | null, indent: string): string[] =>
  doc === null
    ? []
    : doc
        .trim()
        .split("\n")
        .map((line) => `${indent}/// ${line.trim()}`.trimEnd());

const printField = (field: Field, enums: EnumNames): string =>
  `${printName(field.name)}: ${printTypeSource(field.type, enums)}`;

/** A type as it is written in source, with its bounds. */
function printTypeSource(type: Type, enums: EnumNames): string {
  switch (type.kind) {
    case "int":
      return `int${printRange(type, String)}`;
    case "decimal":
      return `decimal${printRange(type, printMillionths)}`;
    case "string":
      return type.max === undefined ? "string" : `string max ${String(type.max)}`;
    case "enum":
      return enums.nameOf(type);
    case "parsed":
      return type.name;
    case "list":
    case "set":
      return `${type.kind}<${printTypeSource(type.of, enums)}>${printMax(type.max)}`;
    case "map":
      return `map<string, ${printTypeSource(type.of, enums)}>${printMax(type.max)}`;
    case "optional":
      return `${printTypeSource(type.of, enums)}?`;
    case "record": {
      const fields = type.fields.map((field) => printField(field, enums));
      if (type.open) fields.push("...");
      return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
    }
    default:
      return type.kind;
  }
}

const printMax = (max: number): string => (max === DEFAULT_MAX_ITEMS ? "" : ` max ${String(max)}`);

function printRange(
  type: { readonly min?: number; readonly max?: number },
  print: (value: number) => string,
): string {
  return type.min === undefined && type.max === undefined
    ? ""
    : ` in ${print(type.min ?? -MAX_INTEGER)}..${print(type.max ?? MAX_INTEGER)}`;
}

function printMillionths(value: number): string {
  const size = Math.abs(value);
  const fraction = String(size % DECIMAL_SCALE)
    .padStart(6, "0")
    .replace(/0+$/, "");
  return `${value < 0 ? "-" : ""}${String(Math.floor(size / DECIMAL_SCALE))}.${fraction === "" ? "0" : fraction}`;
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const printName = (name: string): string => (IDENTIFIER.test(name) ? name : `\`${name}\``);

const quoted = (text: string): string => JSON.stringify(text);

/** Enums of a manifest have no declaration of their own: each distinct one gets a name. */
class EnumNames {
  readonly #byContent = new Map<string, string>();
  readonly #declared = new Map<string, readonly string[]>();

  nameOf(type: EnumType): string {
    const content = JSON.stringify([type.name, type.members]);
    const known = this.#byContent.get(content);
    if (known !== undefined) return known;
    let name = type.name;
    for (let counter = 2; this.#declared.has(name); counter++) name = `${type.name}_${String(counter)}`;
    this.#byContent.set(content, name);
    this.#declared.set(name, type.members);
    return name;
  }

  declarations(): string {
    return [...this.#declared]
      .map(([name, members]) => `enum ${name} { ${members.map(printName).join(", ")} }\n`)
      .concat(this.#declared.size > 0 ? ["\n"] : [])
      .join("");
  }
}
