// Finds restrictions that an absent argument switches off: the absent branch of a push is usually `main`.
import type { Field, Type } from "@aegis/runtime/core";
import { policyDiagnostics } from "../../diagnostics/catalogue/policy.ts";
import type { Expression } from "../../syntax/expression.ts";
import { childrenOf } from "../../syntax/expression-children.ts";
import type { CheckContext } from "../check-context.ts";
import type { ExpressionInfo } from "../checked-program.ts";
import { sourceOf } from "../expressions/source-of.ts";

type Truth = boolean | undefined;
type Path = readonly string[];

/**
 * Reports optional arguments that `when` reads after `is present`, so that it is false where they are absent.
 * `harmless` paths need no report: what is absent needs no redaction.
 */
export function checkAbsentSkips(context: CheckContext, when: Expression, harmless: readonly Path[]): void {
  if (!asksPresence(when)) return;
  const seen = new Set<string>();
  for (const { node, path } of narrowedReads(when, context.types)) {
    const key = JSON.stringify(path);
    if (seen.has(key) || harmless.some((each) => begins(path, each) || begins(each, path))) continue;
    seen.add(key);
    for (const place of optionalPrefixes(context, path)) {
      if (truthWithout(when, place, context.types) !== false) continue;
      const source = sourceOf(node);
      const after = { file: node.span.file, start: node.span.end, end: node.span.end };
      context.sink.report(
        policyDiagnostics["absent-skips"](
          node.span,
          { place: source },
          {
            fixes: [{ title: "say so: where present", edits: [{ span: after, newText: " where present" }] }],
          },
        ),
      );
      break;
    }
  }
}

/** Whether the condition can come out false because something is absent: see `truthWithout`. */
function asksPresence(node: Expression): boolean {
  if (node.kind === "binary" && (node.op === "and" || node.op === "or"))
    return asksPresence(node.left) || asksPresence(node.right);
  return node.kind === "is" || (node.kind === "unary" && asksPresence(node.of));
}

const begins = (path: Path, prefix: Path): boolean =>
  prefix.length <= path.length && prefix.every((each, index) => each === path[index]);

/** Arguments read as if they were there because a test before has proved it. */
function narrowedReads(
  node: Expression,
  types: ReadonlyMap<Expression, ExpressionInfo>,
  found: NarrowedRead[] = [],
): readonly NarrowedRead[] {
  const info = types.get(node);
  const path = argumentPath(info);
  if (path === null) for (const child of childrenOf(node)) narrowedReads(child, types, found);
  else if (info?.narrowed === true) found.push({ node, path });
  return found;
}

interface NarrowedRead {
  readonly node: Expression;
  readonly path: Path;
}

const argumentPath = (info: ExpressionInfo | undefined): Path | null =>
  info?.meaning?.kind === "path" && info.meaning.root === "args" && info.meaning.path.length > 0
    ? info.meaning.path
    : null;

/** The beginnings of a path that may be absent themselves. */
function optionalPrefixes(context: CheckContext, path: Path): readonly Path[] {
  const prefixes: Path[] = [];
  let type: Type = context.roots.args ?? { kind: "json" };
  for (const [index, name] of path.entries()) {
    const record: Type = type.kind === "optional" ? type.of : type;
    if (record.kind !== "record") break;
    const field: Field | undefined = record.fields.find((each) => each.name === name);
    if (field === undefined) break;
    type = field.type;
    if (type.kind === "optional") prefixes.push(path.slice(0, index + 1));
  }
  return prefixes;
}

/** What the condition comes to where the place is absent; undefined where other things decide, or the author has. */
function truthWithout(node: Expression, place: Path, types: ReadonlyMap<Expression, ExpressionInfo>): Truth {
  if (types.get(node)?.guards !== undefined) return undefined;
  const truth = (each: Expression): Truth => truthWithout(each, place, types);
  switch (node.kind) {
    case "is": {
      const path = argumentPath(types.get(node.of));
      return path !== null && begins(path, place) ? node.what === "absent" : undefined;
    }
    case "unary": {
      const of = truth(node.of);
      return of === undefined ? undefined : !of;
    }
    case "binary": {
      if (node.op !== "and" && node.op !== "or") return undefined;
      const absorbing = node.op === "or";
      const [left, right] = [truth(node.left), truth(node.right)];
      if (left === absorbing || right === absorbing) return absorbing;
      return left === undefined || right === undefined ? undefined : !absorbing;
    }
    default:
      return undefined;
  }
}
