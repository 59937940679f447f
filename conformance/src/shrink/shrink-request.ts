// Smaller requests, the boldest first: members left out, then values made plain; a text that is no JSON gets shorter.
import { printTextTree, readTextTree, type TextTree } from "./json-text-tree.ts";
import { isJson } from "../harness/is-json.ts";

export function* smallerRequests(text: string): Generator<string> {
  if (!isJson(text)) {
    for (let size = Math.ceil(text.length / 2); size >= 1; size = Math.floor(size / 2)) {
      for (let at = 0; at < text.length; at += size) yield text.slice(0, at) + text.slice(at + size);
      if (size < 8) return;
    }
    return;
  }
  for (const tree of smaller(readTextTree(text))) yield printTextTree(tree);
}

function* smaller(tree: TextTree): Generator<TextTree> {
  switch (tree.kind) {
    case "object":
      for (const at of tree.members.keys()) yield { kind: "object", members: tree.members.toSpliced(at, 1) };
      for (const [at, [key, value]] of tree.members.entries()) {
        for (const less of smaller(value))
          yield { kind: "object", members: tree.members.with(at, [key, less]) };
      }
      return;
    case "array":
      if (tree.items.length > 3) yield { kind: "array", items: tree.items.slice(0, tree.items.length >> 1) };
      for (const at of tree.items.keys()) yield { kind: "array", items: tree.items.toSpliced(at, 1) };
      for (const [at, value] of tree.items.entries()) {
        for (const less of smaller(value)) yield { kind: "array", items: tree.items.with(at, less) };
      }
      return;
    case "token": {
      const plain = tree.text.startsWith('"') ? ['""', '"a"', '"main"'] : ["0", "1"];
      if (tree.text.length > 2 && !plain.includes(tree.text) && !/^(true|false|null)$/.test(tree.text))
        for (const text of plain) yield { kind: "token", text };
    }
  }
}
