// What a program looks at in requests: members of agent, context and arguments, and the words that it compares with.
import type { IrExpression, IrProgram, IrRoot } from "../ir/ir.ts";
import { eachChild } from "../ir/traverse.ts";
import type { ConstValue } from "../types/type.ts";

export interface Interests {
  /** Whether anything may read a member of a root: arguments by name alone, whatever the action. */
  reads(root: IrRoot, name: string): boolean;
  readonly words: ReadonlySet<string>;
}

export function interestsOf({ actions, expressions }: IrProgram): Interests {
  const words = new Set<string>();
  const members = new Set<string>();
  /** Roots that are read as a whole. */
  const wholes = new Set<IrRoot>();
  const read = (root: IrRoot, first: unknown): void => {
    if (typeof first === "string") members.add(`${root}/${first}`);
    else wholes.add(root);
  };
  const addWords = (value: ConstValue): void => {
    if (typeof value === "string") words.add(value);
    else if (typeof value === "object") value.forEach(addWords);
  };
  const visit = (node: IrExpression): void => {
    if (node.kind === "const") addWords(node.value);
    if (node.kind === "read") read(node.root, node.path[0]);
    if (node.kind === "gather") node.places.forEach(({ path }) => read("args", path[0]));
    eachChild(node, visit);
  };
  for (const { tool, action } of actions) words.add(tool).add(action);
  expressions.forEach(visit);
  return { words, reads: (root, name) => wholes.has(root) || members.has(`${root}/${name}`) };
}
