// Texts of nodes that stand at many places: a program that was read has one object for all of them.
import type { IrConst, IrRead } from "@aegis/runtime/core";
import { member } from "./print-rego.ts";
import { writePlainConstant } from "./write-constant.ts";

export class WrittenOnce {
  readonly #references = new Map<IrRead, string>();
  readonly #constants = new Map<IrConst, string>();

  /** Where in the request something is read. */
  reference(node: IrRead): string {
    const known = this.#references.get(node);
    if (known !== undefined) return known;
    const text = node.path.reduce(member, `request.${node.root}`);
    this.#references.set(node, text);
    return text;
  }

  /** A constant as the arguments of builtins are. */
  constant(node: IrConst): string {
    const known = this.#constants.get(node);
    if (known !== undefined) return known;
    const text = writePlainConstant(node.type, node.value);
    this.#constants.set(node, text);
    return text;
  }
}
