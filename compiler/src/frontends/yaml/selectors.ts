// Selectors: a text, a list of texts, or include and except.
import type { Selector, SelectorPart } from "../../syntax/ast.ts";
import type { YamlContext } from "./context.ts";
import { openMapping, oneOrMany } from "./mapping-reader.ts";
import type { ToolScope } from "./tool-scope.ts";
import { isString } from "./yaml-tree.ts";
import type { YamlNode } from "./yaml-tree.ts";

const HINT = 'write `tool.action`, `tool.*`, `"@group"`, `"*"`, or a list of these';

export function readSelector(
  context: YamlContext,
  tools: ToolScope,
  node: YamlNode,
  place: string,
): Selector {
  const include: SelectorPart[] = [];
  const except: SelectorPart[] = [];
  if (node.kind === "mapping") {
    const reader = openMapping(context, node, "selector", place);
    for (const each of parts(context, tools, reader?.need("include", HINT), `${place}.include`))
      include.push(...each.include);
    for (const each of parts(context, tools, reader?.get("except"), `${place}.except`))
      except.push(...each.include);
  } else
    for (const each of parts(context, tools, node, place)) {
      include.push(...each.include);
      except.push(...each.except);
    }
  return { kind: "selector", span: node.span, include, except };
}

function parts(
  context: YamlContext,
  tools: ToolScope,
  node: YamlNode | undefined,
  place: string,
): readonly Selector[] {
  return (node === undefined ? [] : oneOrMany(node)).flatMap((each) => {
    if (isString(each) && each.text.trim() !== "") return [tools.selector(context.selector(each))];
    context.wrongShape(each, place, "a selector", HINT);
    return [];
  });
}
