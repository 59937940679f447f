// Requests while something is being written: completion.
import {
  CompletionItemKind,
  CompletionRequest,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem,
  type CompletionList,
} from "vscode-languageserver";
import { completion } from "../../features/completion/completion.ts";
import type { Completion, Proposal, ProposalKind } from "../../features/completion/proposal.ts";
import { answer, type RequestEntry } from "../define-request.ts";
import { escaped } from "../hover-text.ts";
import { offsetOf, rangeOf } from "../places.ts";
import type { ClientAbilities, Located } from "../server-context.ts";

const KINDS: { readonly [Kind in ProposalKind]: CompletionItemKind } = {
  keyword: CompletionItemKind.Keyword,
  snippet: CompletionItemKind.Snippet,
  tool: CompletionItemKind.Interface,
  action: CompletionItemKind.Method,
  argument: CompletionItemKind.Field,
  attribute: CompletionItemKind.Property,
  part: CompletionItemKind.Property,
  method: CompletionItemKind.Method,
  function: CompletionItemKind.Function,
  constant: CompletionItemKind.Constant,
  member: CompletionItemKind.EnumMember,
  variable: CompletionItemKind.Variable,
  type: CompletionItemKind.Class,
  label: CompletionItemKind.Event,
  group: CompletionItemKind.Unit,
  pattern: CompletionItemKind.Value,
  policy: CompletionItemKind.Module,
  rule: CompletionItemKind.Reference,
  package: CompletionItemKind.Module,
  text: CompletionItemKind.Text,
};

export const COMPLETION_TRIGGERS = [".", "@", "{", " ", ":"];

/** Most that is sent: what the person types on narrows it. */
const MOST = 300;

export const completionRequests: readonly RequestEntry[] = [
  answer(CompletionRequest.type, async (context, { textDocument, position, context: how }, token) => {
    const at = await context.locate(textDocument.uri, token);
    if (at === null) return null;
    const offset = offsetOf(at.view.file, position);
    // A space opens the list only where something must follow.
    if (
      how?.triggerCharacter === " " &&
      !/(?:[:,.=]|\b[a-z]+) $/.test(at.view.file.text.slice(Math.max(0, offset - 40), offset))
    )
      return null;
    return listOf(at, completion(at.view, offset), context.abilities);
  }),
];

function listOf(
  { view }: Located,
  { start, end, proposals }: Completion,
  abilities: ClientAbilities,
): CompletionList {
  const seen = new Set<string>();
  const items: CompletionItem[] = [];
  for (const each of proposals) {
    if (seen.has(`${each.label} ${each.kind}`) || items.length >= MOST) continue;
    seen.add(`${each.label} ${each.kind}`);
    items.push(itemOf(each, { range: rangeOf(view.file, { start, end }), abilities, view }));
  }
  return { isIncomplete: proposals.length > MOST, items };
}

interface Into {
  readonly range: ReturnType<typeof rangeOf>;
  readonly abilities: ClientAbilities;
  readonly view: Located["view"];
}

function itemOf(proposal: Proposal, { range, abilities, view }: Into): CompletionItem {
  const { label, kind, detail, doc, insert, snippet, also, rank = 5 } = proposal;
  const asSnippet = snippet === true && abilities.snippets;
  const text = insert === undefined ? label : asSnippet || snippet !== true ? insert : plain(insert);
  return {
    label,
    kind: KINDS[kind],
    sortText: `${String(rank)}${label}`,
    filterText: label,
    ...(detail === undefined ? {} : { detail }),
    ...(doc === undefined
      ? {}
      : { documentation: abilities.markdown ? { kind: MarkupKind.Markdown, value: escaped(doc) } : doc }),
    insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range, newText: text },
    ...(also === undefined
      ? {}
      : { additionalTextEdits: [{ range: rangeOf(view.file, also), newText: also.newText }] }),
  };
}

/** A snippet as text, for clients without snippets. */
const plain = (snippet: string): string =>
  snippet
    .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, "$1")
    .replace(/\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/\$\{\d+\}/g, "");
