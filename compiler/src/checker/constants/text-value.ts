// A text in quotes, read as the type its place expects: a string, an enum's member, a parsed type.
import type { EnumType, ParsedTypeRef, StringType } from "@aegis/runtime/core";
import { parsedTypes } from "@aegis/runtime/facts";
import { didYouMean } from "../../diagnostics/closest-name.ts";

export type TextValue =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly canonical: string }
  | { readonly ok: false; readonly problem: string; readonly hint: string };

export function textValue(text: string, type: StringType | EnumType | ParsedTypeRef): TextValue {
  switch (type.kind) {
    case "string":
      return type.max !== undefined && [...text].length > type.max
        ? {
            ok: false,
            problem: `this text is longer than ${type.max}`,
            hint: "nothing of this type is as long",
          }
        : { ok: true, value: text };
    case "enum":
      return type.members.includes(text)
        ? { ok: true, value: text }
        : {
            ok: false,
            problem: `\`${text}\` is no member of \`${type.name}\``,
            hint: didYouMean(text, type.members, `its members are ${type.members.join(", ")}`),
          };
    case "parsed": {
      const definition = parsedTypes.get(type.name);
      const value = definition?.parse(text);
      if (value === undefined)
        return {
          ok: false,
          problem: `this text is no \`${type.name}\``,
          hint: `such as ${(definition?.examples.valid ?? []).map((each) => JSON.stringify(each.canonical))[0] ?? "none"}`,
        };
      return value.canonical === text ? { ok: true, value: text } : { ok: false, canonical: value.canonical };
    }
  }
}
