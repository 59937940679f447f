// What a module of the library offers: names without an underscore in front, with signature and documentation.
import type { Item, Module, SourceFile } from "@aegis/compiler";

export interface LibraryExport {
  readonly kind: Exclude<Item["kind"], "import" | "use" | "test" | "property" | "attributes" | "exception">;
  readonly name: string;
  /** As in the source, on one line, without a body. */
  readonly signature: string;
  readonly doc: string | null;
  /** Of a tool: its actions. */
  readonly actions: readonly {
    readonly name: string;
    readonly signature: string;
    readonly doc: string | null;
  }[];
}

export function exportsOf(module: Module, file: SourceFile): readonly LibraryExport[] {
  const text = (start: number, end: number): string =>
    file.text.slice(start, end).replace(/\s+/g, " ").trim();
  return module.items.flatMap((item): LibraryExport[] => {
    if (
      item.kind === "import" ||
      item.kind === "use" ||
      item.kind === "test" ||
      item.kind === "property" ||
      item.kind === "attributes" ||
      item.kind === "exception"
    )
      return [];
    const name = item.name.text;
    if (name.startsWith("_")) return [];
    const end = signatureEnd(item);
    return [
      {
        kind: item.kind,
        name,
        signature: text(item.name.span.start, end),
        doc: item.doc,
        actions:
          item.kind === "tool"
            ? item.actions.map((action) => ({
                name: action.name.text,
                signature: text(action.name.span.start, action.span.end),
                doc: action.doc,
              }))
            : [],
      },
    ];
  });
}

function signatureEnd(
  item: Exclude<Item, { kind: "import" | "use" | "test" | "property" | "attributes" }>,
): number {
  switch (item.kind) {
    case "fn":
    case "fact":
      return item.result.span.end;
    case "const":
      return item.type?.span.end ?? item.name.span.end;
    case "data":
    case "param":
    case "type":
      return item.type.span.end;
    case "tool":
      return item.wire?.span.end ?? item.name.span.end;
    case "enum":
    case "group":
      return item.span.end;
    case "policy":
      return item.params.at(-1)?.span.end ?? item.name.span.end;
    default:
      return item.name.span.end;
  }
}
