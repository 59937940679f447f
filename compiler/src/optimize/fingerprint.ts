// A number that expressions which are built alike have in common.
import { eachChild, mixed, mixedConstant } from "@aegis/runtime/core";
import type { IrExpression } from "@aegis/runtime/core";

/** Others may have the same number, but seldom do. Goes down by itself where it can: it is asked of every expression. */
export function fingerprint(node: IrExpression): number {
  switch (node.kind) {
    case "const":
      return mixedConstant(node.value, ofText);
    case "read":
      return ofText(node.path[node.path.length - 1] ?? node.root);
    case "and":
      return ofAll(node.all, 1);
    case "or":
      return ofAll(node.any, 2);
    case "call":
      return ofAll(node.args, ofText(node.fn));
    case "compare":
      return mixed(mixed(ofText(node.op), fingerprint(node.left)), fingerprint(node.right));
    case "member":
      return mixed(fingerprint(node.item), fingerprint(node.of));
    default: {
      let number = ofText(node.kind);
      eachChild(node, (child) => (number = mixed(number, fingerprint(child))));
      return number;
    }
  }
}

function ofAll(nodes: readonly IrExpression[], first: number): number {
  let number = first;
  for (const node of nodes) number = mixed(number, fingerprint(node));
  return number;
}

/** From its length and ends: texts may be long. */
const ofText = (text: string): number =>
  text.length * 65_537 + text.charCodeAt(0) * 257 + text.charCodeAt(text.length - 1);
