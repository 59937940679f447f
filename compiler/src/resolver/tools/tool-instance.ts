// A tool of the program before actions are numbered: a declaration under one wire name.
import type { Field, Type } from "@aegis/runtime/core";
import type { Span } from "../../source/span.ts";
import type { ActionNode } from "../../syntax/ast.ts";
import type { Entry } from "../names/tables.ts";

export interface ActionInstance {
  /** Name in source. */
  readonly name: string;
  /** Name on the wire. */
  readonly wire: string;
  readonly params: readonly Field[];
  readonly open: boolean;
  readonly result: Type;
  readonly doc: string | null;
  readonly declaredAt: Span;
  readonly annotations: Readonly<Record<string, string | boolean>>;
  readonly node: ActionNode | null;
}

export interface ToolInstance {
  readonly entry: Entry;
  readonly name: string;
  readonly wire: string;
  readonly actions: readonly ActionInstance[];
  readonly inferred: boolean;
  /** Where the name on the wire is given. */
  readonly namedAt: Span;
}
