// Requests for semantic tokens: whole, by range, and as changes to what was sent before.
import {
  SemanticTokensBuilder,
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  type SemanticTokens,
} from "vscode-languageserver";
import {
  semanticTokens,
  TOKEN_MODIFIERS,
  TOKEN_TYPES,
  type SemanticToken,
} from "../../features/semantic-tokens/semantic-tokens.ts";
import type { SourceFile } from "@aegis/compiler";
import { answer, type RequestEntry } from "../define-request.ts";
import { offsetOf } from "../places.ts";
import type { ServerContext } from "../server-context.ts";

/** What each document was sent last; a delta builds on it. */
const sent = new WeakMap<ServerContext, Map<string, SemanticTokensBuilder>>();

function builderOf(context: ServerContext, uri: string, anew: boolean): SemanticTokensBuilder {
  const known = sent.get(context) ?? new Map<string, SemanticTokensBuilder>();
  sent.set(context, known);
  for (const each of known.keys()) if (context.document(each) === undefined) known.delete(each);
  const builder = (anew ? undefined : known.get(uri)) ?? new SemanticTokensBuilder();
  known.set(uri, builder);
  return builder;
}

export const colouringRequests: readonly RequestEntry[] = [
  answer(SemanticTokensRequest.type, async (context, { textDocument }, token) => {
    const at = await context.locate(textDocument.uri, token);
    if (at === null) return null;
    const builder = builderOf(context, textDocument.uri, true);
    push(builder, at.view.file, semanticTokens(at.view));
    return builder.build();
  }),

  answer(SemanticTokensDeltaRequest.type, async (context, { textDocument, previousResultId }, token) => {
    const at = await context.locate(textDocument.uri, token);
    if (at === null) return null;
    const builder = builderOf(context, textDocument.uri, false);
    builder.previousResult(previousResultId);
    push(builder, at.view.file, semanticTokens(at.view));
    return builder.buildEdits();
  }),

  answer(
    SemanticTokensRangeRequest.type,
    async (context, { textDocument, range }, token): Promise<SemanticTokens | null> => {
      const at = await context.locate(textDocument.uri, token);
      if (at === null) return null;
      const { file } = at.view;
      const builder = new SemanticTokensBuilder();
      push(builder, file, semanticTokens(at.view, offsetOf(file, range.start), offsetOf(file, range.end)));
      return builder.build();
    },
  ),
];

function push(builder: SemanticTokensBuilder, file: SourceFile, tokens: readonly SemanticToken[]): void {
  for (const { start, end, type, modifiers } of tokens) {
    const { line, column } = file.positionAt(start);
    const bits = modifiers.reduce((sum, each) => sum | (1 << TOKEN_MODIFIERS.indexOf(each)), 0);
    builder.push(line, column, end - start, TOKEN_TYPES.indexOf(type), bits);
  }
}
