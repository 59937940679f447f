// Whether a pattern that was to be redacted everywhere is still found: in a parsed value, a key, a name of a header.
//
// `args.**` names every plain text of an action, each by an obligation. A URL or a path with a few characters replaced
// would be another URL, so a secret inside one cannot be redacted: the call is denied.
import type { Field, JsonValue, Matcher, Type } from "../../core/index.ts";
import { isObject } from "./expand-path.ts";
import type { RedactableDocument, RedactionContext, RedactObligation } from "./redaction-context.ts";

/** Looks only for patterns whose obligations of one rule name every plain text of the arguments, or of the result. */
export function isFoundElsewhere(
  redacted: RedactableDocument,
  obligations: readonly RedactObligation[],
  context: RedactionContext,
): boolean {
  const args: Type = { kind: "record", fields: uniqueFields(context.params), open: true };
  const roots = [
    { prefix: "/args", type: args, value: redacted.args as JsonValue },
    { prefix: "/result/value", type: context.result, value: redacted.result?.value ?? null },
  ];
  const groups = groupedByRule(obligations);
  return [...groups.values()].some((group) => {
    const matcher = group[0]?.matching === undefined ? undefined : context.matcherOf(group[0].matching);
    if (matcher === undefined) return false;
    const named = new Set(group.map((each) => each.path));
    return roots.some(({ prefix, type, value }) => {
      const texts = plainTexts(type, prefix);
      return texts.length > 0 && texts.every((each) => named.has(each)) && isFound(value, type, matcher);
    });
  });
}

const uniqueFields = (fields: readonly Field[]): readonly Field[] => [
  ...new Map(fields.map((each) => [each.name, each])).values(),
];

const escape = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");
const present = (type: Type): Type => (type.kind === "optional" ? type.of : type);

/** Pointers of all plain strings and `json`, as `**` is expanded at compile time. */
function plainTexts(declared: Type, pointer: string): readonly string[] {
  const type = present(declared);
  switch (type.kind) {
    case "string":
    case "json":
      return [pointer];
    case "headers":
      return [`${pointer}/*`];
    case "list":
    case "set":
    case "map":
      return plainTexts(type.of, `${pointer}/*`);
    case "record":
      return type.fields.flatMap((field) => plainTexts(field.type, `${pointer}/${escape(field.name)}`));
    default:
      return [];
  }
}

/** In texts of parsed values, keys of maps and names of headers; plain texts have been rewritten already. */
function isFound(value: JsonValue, declared: Type, matcher: Matcher): boolean {
  const type = present(declared);
  switch (type.kind) {
    case "parsed":
      return typeof value === "string" && matcher.test(value);
    case "list":
    case "set":
      return (
        Array.isArray(value) &&
        (value as readonly JsonValue[]).some((each) => isFound(each, type.of, matcher))
      );
    case "map":
      return (
        isObject(value) &&
        Object.entries(value).some(([key, member]) => matcher.test(key) || isFound(member, type.of, matcher))
      );
    case "headers":
      return isObject(value) && Object.keys(value).some((name) => matcher.test(name));
    case "record":
      return (
        isObject(value) &&
        type.fields.some(
          ({ name, type: of }) => Object.hasOwn(value, name) && isFound(value[name] ?? null, of, matcher),
        )
      );
    default:
      return false;
  }
}

/** Obligations of one rule with one pattern. */
function groupedByRule(obligations: readonly RedactObligation[]): ReadonlyMap<string, RedactObligation[]> {
  const groups = new Map<string, RedactObligation[]>();
  for (const each of obligations) {
    const key = JSON.stringify([each.rule, each.matching ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return groups;
}
