// The outline of a file: its declarations, and what stands in them.
import type { Item, Span } from "@aegis/compiler";
import type { View } from "../../workspace/view.ts";

export interface Outline {
  readonly name: string;
  /** A word on what it is or does: `deny`, `label per session`. */
  readonly detail: string;
  readonly kind: Item["kind"] | "action" | "member" | "argument";
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly Outline[];
}

export const documentSymbols = (view: View): readonly Outline[] =>
  (view.module?.module.items ?? []).flatMap(outline);

const EFFECTS = {
  allow: "allow",
  deny: "deny",
  withhold: "withhold",
  sanitize: "sanitize",
  approval: "require approval",
} as const;

function outline(item: Item): readonly Outline[] {
  const at = (name: string, nameSpan: Span, detail: string, children: readonly Outline[] = []): Outline[] =>
    name === "" ? [] : [{ name, detail, kind: item.kind, span: item.span, nameSpan, children }];
  switch (item.kind) {
    case "import":
      return [];
    case "use":
      return at(item.policy.parts.map((each) => each.text).join("."), item.policy.span, "use");
    case "attributes":
      return at(
        item.of,
        { ...item.span, end: item.span.start + item.of.length },
        "attributes",
        item.fields.map(({ name, span }) => leaf("argument", name.text, span, name.span)),
      );
    case "test":
    case "property":
      return at(item.title.value === "" ? item.kind : item.title.value, item.title.span, item.kind);
    case "rule":
      return at(item.name.text, item.name.span, EFFECTS[item.effect]);
    case "policy":
      return at(item.name.text, item.name.span, "policy", item.rules.flatMap(outline));
    case "tool":
      return at(
        item.name.text,
        item.name.span,
        "tool",
        item.actions.map(({ name, span }) => leaf("action", name.text, span, name.span)),
      );
    case "enum":
      return at(
        item.name.text,
        item.name.span,
        "enum",
        item.members.map(({ text, span }) => leaf("member", text, span, span)),
      );
    default:
      return at(item.name.text, item.name.span, item.kind);
  }
}

const leaf = (kind: Outline["kind"], name: string, span: Span, nameSpan: Span): Outline => ({
  name,
  detail: "",
  kind,
  span,
  nameSpan,
  children: [],
});
