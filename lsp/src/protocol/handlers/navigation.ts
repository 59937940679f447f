// Requests about the name at a position: hover, definition, references, rename.
import {
  DefinitionRequest,
  DocumentHighlightRequest,
  DocumentHighlightKind,
  ErrorCodes,
  HoverRequest,
  MarkupKind,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  ResponseError,
  type Location,
  type LocationLink,
  type TextEdit,
} from "vscode-languageserver";
import { definitions } from "../../features/definition/definition.ts";
import { hover } from "../../features/hover/hover.ts";
import { highlights, references } from "../../features/references/references.ts";
import { prepareRename, rename } from "../../features/rename/rename.ts";
import { answer, type RequestEntry } from "../define-request.ts";
import { asMarkdown, asPlainText } from "../hover-text.ts";
import { offsetOf, rangeOf } from "../places.ts";

export const navigationRequests: readonly RequestEntry[] = [
  answer(HoverRequest.type, async (context, { textDocument, position }, token) => {
    const at = await context.locate(textDocument.uri, token);
    if (at === null) return null;
    const found = hover(at.view, offsetOf(at.view.file, position));
    if (found === null) return null;
    const contents = context.abilities.markdown
      ? { kind: MarkupKind.Markdown, value: asMarkdown(found.parts) }
      : { kind: MarkupKind.PlainText, value: asPlainText(found.parts) };
    return { contents, range: rangeOf(at.view.file, found.span) };
  }),

  answer(DefinitionRequest.type, async (context, { textDocument, position }, token) => {
    const at = await context.locate(textDocument.uri, token);
    if (at === null) return null;
    return definitions(at.view, offsetOf(at.view.file, position)).flatMap(
      ({ origin, target }): LocationLink[] => {
        const location = context.location(at, target);
        if (location === null) return [];
        return [
          {
            originSelectionRange: rangeOf(at.view.file, origin),
            targetUri: location.uri,
            targetRange: location.range,
            targetSelectionRange: location.range,
          },
        ];
      },
    );
  }),

  answer(ReferencesRequest.type, async (context, { textDocument, position, context: asked }, token) => {
    const at = await context.locate(textDocument.uri, token);
    if (at === null) return null;
    const found = references(at.view, offsetOf(at.view.file, position), asked.includeDeclaration);
    return found
      .map(({ span }) => context.location(at, span))
      .filter((each): each is Location => each !== null);
  }),

  answer(DocumentHighlightRequest.type, async (context, { textDocument, position }, token) => {
    const at = await context.locate(textDocument.uri, token);
    if (at === null) return null;
    return highlights(at.view, offsetOf(at.view.file, position)).map(({ span, declares }) => ({
      range: rangeOf(at.view.file, span),
      kind: declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  }),

  answer(PrepareRenameRequest.type, async (context, { textDocument, position }, token) => {
    const at = await context.locate(textDocument.uri, token);
    const place = at === null ? null : prepareRename(at.view, offsetOf(at.view.file, position));
    if (at === null || place === null) return null;
    if (!place.ok) throw new ResponseError(ErrorCodes.InvalidRequest, place.reason);
    return { range: rangeOf(at.view.file, place.span), placeholder: place.text };
  }),

  answer(RenameRequest.type, async (context, { textDocument, position, newName }, token) => {
    const at = await context.locate(textDocument.uri, token);
    if (at === null) return null;
    const found = rename(at.view, offsetOf(at.view.file, position), newName);
    if (!found.ok) throw new ResponseError(ErrorCodes.InvalidParams, found.reason);
    const changes: Record<string, TextEdit[]> = {};
    for (const { span, newText } of found.edits) {
      const location = context.location(at, span);
      if (location !== null) (changes[location.uri] ??= []).push({ range: location.range, newText });
    }
    return { changes };
  }),
];
