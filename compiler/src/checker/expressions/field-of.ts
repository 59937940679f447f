// A field of a record, a part of a parsed value, an attribute: what `value.name` means by the type of the value.
import { optional, printType } from "@aegis/runtime/core";
import type { Field, RecordType, Type } from "@aegis/runtime/core";
import { parsedTypes } from "@aegis/runtime/facts";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import { didYouMean } from "../../diagnostics/closest-name.ts";
import type { Expression, Name } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { FAILED, isError, typed } from "../checked.ts";
import type { Meaning } from "../checked-program.ts";
import { fieldKey } from "./place-key.ts";
import { sourceOf } from "./source-of.ts";

/** `of` may be an optional record on a path from a root: then the field is optional too. */
export function fieldOf(context: CheckContext, of: Checked, name: Name, place: Expression): Checked {
  const { type } = of;
  if (isError(type)) return FAILED;
  const known = fieldsOf.get(of)?.get(name.text);
  if (known !== undefined) return known;
  const key = of.key === undefined ? undefined : fieldKey(of.key, name.text);
  switch (type.kind) {
    case "record":
      return recordField(context, of, type, false, name, key);
    case "optional":
      if (type.of.kind === "record" && of.meaning?.kind === "path")
        return recordField(context, of, type.of, true, name, key);
      context.sink.report(typeDiagnostics.optional(name.span, { place: sourceOf(place) }));
      return FAILED;
    case "parsed":
      return part(context, type.name, name, key);
    default:
      context.sink.report(
        typeDiagnostics["no-members"](name.span, {
          type: printType(type),
          hint: hintFor(type, name.text),
        }),
      );
      return FAILED;
  }
}

function recordField(
  context: CheckContext,
  of: Checked,
  record: RecordType,
  maybeAbsent: boolean,
  name: Name,
  key: string | undefined,
): Checked {
  const field = record.fields.find((each) => each.name === name.text);
  if (field === undefined) {
    reportUnknown(context, of, record, name);
    return FAILED;
  }
  const declared = typeOfField(of, field);
  const type = maybeAbsent || of.narrowed === true ? optional(declared) : declared;
  if (of.meaning?.kind !== "path")
    return typed(declared, { key, meaning: { kind: "record-field", name: name.text } });
  const { root, path } = of.meaning;
  // An optional record proved present makes its required fields present.
  const narrowed = of.narrowed === true && declared.kind !== "optional";
  const result = typed(narrowed ? declared : type, {
    key,
    meaning: { kind: "path", root, path: [...path, name.text] },
    argument: root === "args",
    narrowed: narrowed ? true : undefined,
  });
  const fields = fieldsOf.get(of);
  if (fields === undefined) fieldsOf.set(of, new Map([[name.text, result]]));
  else fields.set(name.text, result);
  return result;
}

/** Fields on paths from a root, by the record that they were read of: rules read the same few again and again. */
const fieldsOf = new WeakMap<Checked, Map<string, Checked>>();

/** The enforcement point always has these; where it does not, the rule is blind, not the value absent. */
function typeOfField(of: Checked, field: Field): Type {
  const source =
    of.meaning?.kind === "path" &&
    of.meaning.root === "context" &&
    of.meaning.path.length === 0 &&
    (field.name === "time" || field.name === "session");
  if (source) return field.type.kind === "optional" ? field.type.of : field.type;
  return field.type;
}

function reportUnknown(context: CheckContext, of: Checked, record: RecordType, name: Name): void {
  const names = record.fields.map((field) => field.name);
  const listed = names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
  const hint = didYouMean(name.text, names, listed);
  const meaning: Meaning | undefined = of.meaning;
  const root = meaning?.kind === "path" && meaning.path.length === 0 ? meaning.root : undefined;
  if (root === "args")
    context.sink.report(
      typeDiagnostics["unknown-argument"](name.span, {
        action: context.action ?? "the action",
        name: name.text,
        hint: `${hint}${hint.endsWith("?") ? " Or:" : ";"} \`having args.${name.text}\` selects only the actions that have it`,
      }),
    );
  else if (root === "agent" || root === "context")
    context.sink.report(
      typeDiagnostics["unknown-attribute"](name.span, {
        root,
        name: name.text,
        hint: didYouMean(name.text, names, `declare it: \`${root} { ${name.text}: … }\``),
      }),
    );
  else
    context.sink.report(
      typeDiagnostics["unknown-field"](name.span, {
        type: root === "result" ? "result" : printType(record),
        name: name.text,
        hint: root === "result" ? "a result has `status` and `value`" : hint,
      }),
    );
}

function part(context: CheckContext, parsedType: string, name: Name, key: string | undefined): Checked {
  const parts = parsedTypes.get(parsedType)?.parts ?? {};
  const definition = Object.hasOwn(parts, name.text) ? parts[name.text] : undefined;
  if (definition === undefined) {
    const names = Object.keys(parts);
    context.sink.report(
      typeDiagnostics["unknown-field"](name.span, {
        type: parsedType,
        name: name.text,
        hint: didYouMean(name.text, names, names.length === 0 ? "it has none" : `it has ${names.join(", ")}`),
      }),
    );
    return FAILED;
  }
  return typed(definition.type, { key, meaning: { kind: "part", name: name.text } });
}

const hintFor = (type: Type, name: string): string =>
  type.kind === "json"
    ? "`json` is opaque: read it as a type with `as`"
    : type.kind === "map" || type.kind === "headers"
      ? `write ["${name}"] for a member`
      : type.kind === "list" || type.kind === "set"
        ? "look at its elements with `any`, `all` or `count`"
        : type.kind === "string"
          ? "a plain text has no parts: give the argument a parsed type such as `url`, `path` or `email`"
          : `a \`${printType(type)}\` is read as a whole`;
