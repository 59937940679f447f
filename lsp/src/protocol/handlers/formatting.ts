// Requests that format: a whole file, a range, what was typed.
import {
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  type TextEdit,
} from "vscode-languageserver";
import type { SourceFile } from "@aegis/compiler";
import {
  formatFile,
  formatRange,
  formatTyped,
  type Replacement,
} from "../../features/formatting/formatting.ts";
import { answer, type RequestEntry } from "../define-request.ts";
import { offsetOf, rangeOf } from "../places.ts";

export const formattingRequests: readonly RequestEntry[] = [
  answer(DocumentFormattingRequest.type, async (context, { textDocument }, token) => {
    await context.turn(token);
    await context.workspace.settled();
    const document = context.document(textDocument.uri);
    return document === undefined ? null : edits(document.file, formatFile(document.file));
  }),

  answer(DocumentRangeFormattingRequest.type, async (context, { textDocument, range }, token) => {
    await context.turn(token);
    await context.workspace.settled();
    const file = context.document(textDocument.uri)?.file;
    if (file === undefined) return null;
    return edits(file, formatRange(file, offsetOf(file, range.start), offsetOf(file, range.end)));
  }),

  answer(DocumentOnTypeFormattingRequest.type, async (context, { textDocument, position, ch }, token) => {
    await context.turn(token);
    await context.workspace.settled();
    const file = context.document(textDocument.uri)?.file;
    return file === undefined ? null : edits(file, formatTyped(file, offsetOf(file, position), ch));
  }),
];

const edits = (file: SourceFile, replacements: readonly Replacement[]): TextEdit[] =>
  replacements.map((each) => ({ range: rangeOf(file, each), newText: each.newText }));
