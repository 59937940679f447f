// Reads the text of an MCP `tools/list` manifest. Pure: opens no file and follows no reference out of the document.
import { JSON_TYPE } from "@aegis/runtime/core";
import type { JsonObject, JsonValue } from "@aegis/runtime/core";
import { foldName } from "./fold-name.ts";
import { hasHiddenCharacters, revealHiddenCharacters } from "./hidden-characters.ts";
import { atPointer, isArray, isObject, member, pointerTo, text } from "./json-access.ts";
import type { Manifest, ManifestAction, ManifestNote, ManifestProblem } from "./manifest.ts";
import { parseManifestJson } from "./parse-json.ts";
import { SchemaConverter } from "./schema-to-type.ts";

/** Hints that MCP defines; others are not imported. */
const HINTS = ["title", "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"];
const LONGEST_NAME = 256;

/** A manifest path may end in a JSON pointer: `suites.json#/suites/banking` is one part of a file. */
export function splitManifestPath(path: string): { readonly file: string; readonly pointer: string } {
  const hash = path.indexOf("#/");
  return hash < 0
    ? { file: path, pointer: "" }
    : { file: path.slice(0, hash), pointer: path.slice(hash + 1) };
}

/**
 * Accepts `{ "tools": […] }`, a bare array of tools, an MCP response `{ "result": { "tools": […] } }`,
 * and an array of such pages. `path` is for messages, and chooses a part of the file when it ends in `#/pointer`.
 */
export function readManifest(source: string, path: string): Manifest {
  const reader = new ManifestReader();
  const json = parseManifestJson(source);
  if (json.ok) {
    const { pointer } = splitManifestPath(path);
    const chosen = atPointer(json.value, pointer);
    if (chosen === undefined) reader.problem("", `the file has nothing at \`${pointer}\``);
    else reader.document(chosen, pointer);
  } else reader.problem("", json.message);
  return { path, actions: reader.actions, notes: reader.notes, problems: reader.problems };
}

class ManifestReader {
  readonly actions: ManifestAction[] = [];
  readonly notes: ManifestNote[] = [];
  readonly problems: ManifestProblem[] = [];
  readonly #names = new Map<string, string>();

  problem(pointer: string, message: string): void {
    this.problems.push({ pointer, message });
  }

  document(value: JsonValue, at: string): void {
    const pages = this.#pages(value, at);
    if (pages === undefined) {
      this.problem(at, 'this is no `tools/list` result: expected `{ "tools": […] }` or an array of tools');
      return;
    }
    pages.forEach((page, index) => {
      page.tools.forEach((tool, position) => this.#tool(tool, pointerTo(page.at, position)));
      if (page.more && index === pages.length - 1)
        this.problem(page.at, "the list is not complete: the last page has a `nextCursor`");
    });
    if (this.actions.length === 0 && this.problems.length === 0)
      this.problem(at, "the manifest lists no tools");
  }

  #pages(
    value: JsonValue,
    at: string,
  ): readonly { tools: readonly JsonValue[]; more: boolean; at: string }[] | undefined {
    if (isArray(value)) {
      if (
        !value.some(
          (each) => isObject(each) && (isArray(member(each, "tools")) || isObject(member(each, "result"))),
        )
      )
        return [{ tools: value, more: false, at }];
      const pages = value.map((each, index) => this.#page(each, pointerTo(at, index)));
      return pages.every((each) => each !== undefined) ? pages : undefined;
    }
    const page = this.#page(value, at);
    return page === undefined ? undefined : [page];
  }

  #page(
    value: JsonValue,
    at: string,
  ): { tools: readonly JsonValue[]; more: boolean; at: string } | undefined {
    if (!isObject(value)) return undefined;
    const result = member(value, "result");
    if (isObject(result)) return this.#page(result, pointerTo(at, "result"));
    const tools = member(value, "tools");
    const cursor = member(value, "nextCursor");
    return isArray(tools)
      ? { tools, more: cursor !== undefined && cursor !== null && cursor !== "", at: pointerTo(at, "tools") }
      : undefined;
  }

  #tool(tool: JsonValue, at: string): void {
    if (!isObject(tool)) return this.problem(at, "a tool must be an object");
    const name = text(member(tool, "name"));
    if (name === undefined || name === "") return this.problem(at, "a tool needs a `name`");
    if (hasHiddenCharacters(name) || name.length > LONGEST_NAME)
      return this.problem(
        at,
        `the name \`${revealHiddenCharacters(name.slice(0, LONGEST_NAME))}\` is not acceptable: hidden characters, or too long`,
      );
    const folded = foldName(name);
    const other = this.#names.get(folded);
    if (other !== undefined)
      return this.problem(
        at,
        other === name
          ? `\`${name}\` is listed twice`
          : `\`${name}\` and \`${other}\` are too alike: hosts mix them up`,
      );
    this.#names.set(folded, name);
    const input = member(tool, "inputSchema");
    if (!isObject(input)) return this.problem(at, `\`${name}\` has no \`inputSchema\``);
    const params = this.#schema(input, name, "/inputSchema", true).params(this.#parameters(input, at, name));
    for (const each of params)
      if (hasHiddenCharacters(each.name))
        this.problem(
          at,
          `an argument of \`${name}\` has hidden characters in its name: \`${revealHiddenCharacters(each.name)}\``,
        );
    const output = member(tool, "outputSchema");
    const result =
      output === undefined || output === null
        ? undefined
        : this.#schema(output, name, "/outputSchema", false).convert(
            output,
            "/outputSchema",
            `${name}_result`,
          );
    const doc = text(member(tool, "description")) ?? text(member(tool, "title"));
    this.actions.push({
      name,
      params,
      open: false,
      result: result === undefined || result === "never" ? JSON_TYPE : result.type,
      doc: doc === undefined || doc === "" ? null : revealHiddenCharacters(doc),
      annotations: hints(tool),
    });
  }

  /** The object schema of the arguments, through a reference if it is one. */
  #parameters(input: JsonObject, at: string, name: string): JsonObject {
    const reference = member(input, "$ref");
    if (reference === undefined) {
      const type = member(input, "type");
      if (type !== undefined && type !== "object")
        this.problem(at, `the arguments of \`${name}\` are no object`);
      return input;
    }
    const target =
      typeof reference === "string" && reference.startsWith("#/")
        ? atPointer(input, reference.slice(1))
        : undefined;
    if (isObject(target) && member(target, "$ref") === undefined) return target;
    this.problem(at, `the arguments of \`${name}\` are described by a reference that cannot be followed`);
    return {};
  }

  #schema(root: JsonValue, action: string, pointer: string, closedByDefault: boolean): SchemaConverter {
    return new SchemaConverter(root, {
      action,
      pointer,
      closedByDefault,
      note: (kind, where, message) => this.notes.push({ kind, action, pointer: where, message }),
    });
  }
}

function hints(tool: JsonObject): Readonly<Record<string, string | boolean>> {
  const annotations = member(tool, "annotations");
  const found: [string, string | boolean][] = [];
  if (isObject(annotations))
    for (const key of HINTS) {
      const value = member(annotations, key);
      if (typeof value === "boolean") found.push([key, value]);
      else if (typeof value === "string" && key === "title") found.push([key, revealHiddenCharacters(value)]);
    }
  return Object.fromEntries(found);
}
