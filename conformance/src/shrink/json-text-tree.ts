// JSON text as a tree that keeps every token as it is spelled, for shrinking.
export type TextTree =
  | { readonly kind: "object"; readonly members: readonly (readonly [key: string, value: TextTree])[] }
  | { readonly kind: "array"; readonly items: readonly TextTree[] }
  | { readonly kind: "token"; readonly text: string };

const TOKEN = /\s*([{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+)/y;

/** Of a text that `JSON.parse` takes. */
export function readTextTree(text: string): TextTree {
  TOKEN.lastIndex = 0;
  const next = (): string => TOKEN.exec(text)?.[1] ?? "";
  const value = (token: string): TextTree => {
    if (token === "{") {
      const members: [string, TextTree][] = [];
      for (let key = next(); key !== "}" && key !== ""; key = next()) {
        if (key === ",") continue;
        next();
        members.push([key, value(next())]);
      }
      return { kind: "object", members };
    }
    if (token === "[") {
      const items: TextTree[] = [];
      for (let item = next(); item !== "]" && item !== ""; item = next()) {
        if (item !== ",") items.push(value(item));
      }
      return { kind: "array", items };
    }
    return { kind: "token", text: token };
  };
  return value(next());
}

export function printTextTree(tree: TextTree): string {
  switch (tree.kind) {
    case "object":
      return `{${tree.members.map(([key, value]) => `${key}:${printTextTree(value)}`).join(",")}}`;
    case "array":
      return `[${tree.items.map(printTextTree).join(",")}]`;
    case "token":
      return tree.text;
  }
}
