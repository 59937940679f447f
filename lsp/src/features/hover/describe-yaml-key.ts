// What a key of a policy in YAML is for, in the words of the published schema.
import type { SourceFile } from "@aegis/compiler";
import { yamlKeyAt } from "../../workspace/yaml-cursor.ts";
import { allowedAt, describedKey } from "../../workspace/yaml-schema.ts";
import type { Hover } from "./hover-part.ts";

export function describeYamlKey(file: SourceFile, offset: number): Hover | null {
  const found = yamlKeyAt(file, offset);
  if (found === null) return null;
  for (const { schema } of allowedAt(found.place)) {
    const key = new Map(Object.entries(schema.properties ?? {})).get(found.key);
    const text = key === undefined ? undefined : describedKey(key);
    if (text !== undefined) return { span: found.span, parts: [{ kind: "text", text }] };
  }
  return null;
}
