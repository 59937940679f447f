// The clauses that rules, limits and conditions share: approval, redaction, shadow.
import { yamlDiagnostics } from "../../diagnostics/catalogue/yaml.ts";
import type { ApprovalClause, RedactClause, RedactMethod, RedactPath, Shadow } from "../../syntax/ast.ts";
import type { Span } from "../../source/span.ts";
import type { YamlContext } from "./context.ts";
import { duration, literal, moment } from "./literals.ts";
import { oneOrMany, openMapping } from "./mapping-reader.ts";
import type { MappingReader } from "./mapping-reader.ts";
import { isString } from "./yaml-tree.ts";
import type { YamlNode } from "./yaml-tree.ts";

/** `by`, `via` and `within` of a rule or of `else`. */
export function readApproval(reader: MappingReader): ApprovalClause | null {
  const { context } = reader;
  const by = reader.map("by", (node) => oneOrMany(node).flatMap((each) => readApprover(context, each))) ?? [];
  const via =
    reader.map("via", (node) => oneOrMany(node).flatMap((each) => context.name(each, "`via`") ?? [])) ?? [];
  const within = reader.map("within", (node) => duration(context, node, "`within`"));
  const keys = ["by", "via", "within"].filter((key) => reader.has(key));
  if (keys.length === 0) return null;
  const spans = keys.map((key) => reader.get(key)?.span ?? reader.keySpan(key));
  const span: Span = {
    file: reader.span.file,
    start: Math.min(...spans.map((each) => each.start)),
    end: Math.max(...spans.map((each) => each.end)),
  };
  return { span, by, via, within };
}

function readApprover(context: YamlContext, node: YamlNode): ApprovalClause["by"] {
  const reader = openMapping(
    context,
    node,
    "approver",
    "`by`",
    "write `{ role: release-manager, count: 2 }`",
  );
  if (reader === undefined) return [];
  const role = reader.map("role", (each) => context.text(each, "`role`") ?? null);
  const user = reader.map("user", (each) => context.text(each, "`user`") ?? null);
  const count = reader.count("count", 1) ?? 1;
  if ((role === null) === (user === null)) {
    context.wrongShape(node, "`by`", "a `role`, with or without a `count`, or a `user`");
    return [];
  }
  if (user !== null && reader.has("count"))
    context.report(
      yamlDiagnostics["unknown-key"](reader.keySpan("count"), {
        key: "count",
        place: "an approver that is one person",
        hint: "`count` belongs to a `role`",
      }),
    );
  return [{ span: node.span, count, role, user }];
}

export function readRedactions(reader: MappingReader): readonly RedactClause[] {
  const { context } = reader;
  return (
    reader.map("redact", (list) =>
      oneOrMany(list).flatMap((node) => {
        const item = openMapping(
          context,
          node,
          "redaction",
          "`redact`",
          "write `{ path: args.body, with: mask }`",
        );
        const pathNode = item?.need("path", "for example `args.headers`, `args.**`");
        const withNode = item?.need("with", "one of remove, mask, hash, { replace: … }, { truncate: … }");
        if (item === undefined || pathNode === undefined || withNode === undefined) return [];
        const path = readRedactPath(context, pathNode);
        const method = readMethod(context, withNode);
        const matching = item.map("matching", (each) => context.expression(each, "`matching`"));
        return path === undefined || method === undefined
          ? []
          : [{ span: node.span, path, matching, with: method }];
      }),
    ) ?? []
  );
}

/** `args.headers["authorization"]`, `args.items.*.note`, `args.**`. */
function readRedactPath(context: YamlContext, node: YamlNode): RedactPath | undefined {
  if (isString(node) && node.text.trim() !== "") return context.redactPath(node) ?? undefined;
  return context.wrongShape(
    node,
    "`path`",
    "a path",
    'for example `args.body`, `args.headers["cookie"]`, `args.**`',
  );
}

function readMethod(context: YamlContext, node: YamlNode): RedactMethod | undefined {
  const { span } = node;
  if (isString(node) && (node.text === "remove" || node.text === "mask" || node.text === "hash"))
    return { kind: node.text, span };
  if (node.kind === "mapping") {
    const reader = openMapping(context, node, "method", "`with`");
    const value = reader?.map("replace", (each) => literal(context, each, "`replace`") ?? null) ?? null;
    const keep = reader?.count("truncate", 0) ?? null;
    if (value !== null && keep === null) return { kind: "replace", span, value };
    if (keep !== null && value === null) return { kind: "truncate", span, keep };
  }
  return context.wrongShape(node, "`with`", "remove, mask, hash, `{ replace: text }` or `{ truncate: 20 }`");
}

/** `true`, or `{ until: 2099-12-31 }`. */
export function readShadow(reader: MappingReader): Shadow | null {
  const node = reader.get("shadow");
  if (node === undefined) return null;
  if (node.kind === "mapping") {
    const inner = openMapping(reader.context, node, "shadow", "`shadow`");
    const until = inner?.need("until", "write `shadow: true` for no date");
    return { span: node.span, until: until === undefined ? null : moment(reader.context, until, "`until`") };
  }
  return reader.flag("shadow") ? { span: node.span, until: null } : null;
}
