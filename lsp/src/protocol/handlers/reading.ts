// Requests that help reading: colours, folds, selections, hints, links, signatures, lenses, calls.
import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  CodeLensRequest,
  DocumentLinkRequest,
  FoldingRangeRequest,
  InlayHintKind,
  InlayHintRequest,
  SelectionRangeRequest,
  SignatureHelpRequest,
  SymbolKind,
  type CallHierarchyItem,
  type SelectionRange,
} from "vscode-languageserver";
import { callable, callsFrom, callsTo, type Caller } from "../../features/call-hierarchy/call-hierarchy.ts";
import { codeLenses } from "../../features/code-lenses/code-lenses.ts";
import { documentLinks } from "../../features/document-links/document-links.ts";
import { folds } from "../../features/folding/folding.ts";
import { inlayHints } from "../../features/inlay-hints/inlay-hints.ts";
import { selectionRanges } from "../../features/selection-ranges/selection-ranges.ts";
import { signatureHelp } from "../../features/signature-help/signature-help.ts";
import { DEBUG_TEST_COMMAND, EVALUATE_COMMAND, RUN_TEST_COMMAND } from "../custom-requests.ts";
import { answer, type RequestEntry } from "../define-request.ts";
import { offsetOf, positionOf, rangeOf } from "../places.ts";
import type { Located, ServerContext } from "../server-context.ts";
import { requestsBeside } from "../requests-beside.ts";
import { testShape } from "../test-shape.ts";

export const readingRequests: readonly RequestEntry[] = [
  answer(FoldingRangeRequest.type, async (context, { textDocument }, token) => {
    const at = await context.locate(textDocument.uri, token);
    return at === null ? null : [...folds(at.view)];
  }),

  answer(SelectionRangeRequest.type, async (context, { textDocument, positions }, token) => {
    const at = await context.locate(textDocument.uri, token);
    if (at === null) return null;
    const { file } = at.view;
    return positions.map((position) =>
      selectionRanges(at.view, offsetOf(file, position)).reduceRight<SelectionRange>(
        (parent, piece) => ({ range: rangeOf(file, piece), parent }),
        { range: rangeOf(file, { start: 0, end: file.text.length }) },
      ),
    );
  }),

  answer(InlayHintRequest.type, async (context, { textDocument, range }, token) => {
    const at = await context.locate(textDocument.uri, token);
    if (at === null) return null;
    const { file } = at.view;
    return inlayHints(at.view, offsetOf(file, range.start), offsetOf(file, range.end)).map((each) => ({
      position: positionOf(file, each.offset),
      label: each.text,
      kind: each.kind === "type" ? InlayHintKind.Type : InlayHintKind.Parameter,
      paddingLeft: each.kind === "type" && !each.text.startsWith(":"),
      paddingRight: each.kind === "parameter",
    }));
  }),

  answer(DocumentLinkRequest.type, async (context, { textDocument }, token) => {
    const at = await context.locate(textDocument.uri, token);
    if (at === null) return null;
    return documentLinks(at.view).map(({ start, end, path, tooltip }) => ({
      range: rangeOf(at.view.file, { start, end }),
      target: context.uriOf(at.project, path),
      tooltip,
    }));
  }),

  answer(SignatureHelpRequest.type, async (context, { textDocument, position }, token) => {
    const at = await context.locate(textDocument.uri, token);
    const help = at === null ? null : signatureHelp(at.view, offsetOf(at.view.file, position));
    if (help === null) return null;
    return {
      signatures: help.signatures.map(({ label, doc, parameters }) => ({
        label,
        ...(doc === null ? {} : { documentation: doc }),
        parameters: parameters.map(([start, end]) => ({ label: [start, end] as [number, number] })),
      })),
      activeSignature: 0,
      activeParameter: help.active,
    };
  }),

  answer(CodeLensRequest.type, async (context, { textDocument }, token) => {
    const at = await context.locate(textDocument.uri, token);
    // What runs something is offered to those who trust the files.
    if (at === null || !context.abilities.trusted) return [];
    const { file } = at.view;
    const lenses = codeLenses(at.view).map(({ start, end, title, does, test }) => ({
      range: rangeOf(file, { start, end }),
      command: {
        title,
        command: does === "debug" ? DEBUG_TEST_COMMAND : RUN_TEST_COMMAND,
        arguments: [test === null ? { uri: at.uri } : testShape(context, at, test)],
      },
    }));
    const head = { start: at.view.module?.module.package?.span.start ?? 0 };
    const beside = await requestsBeside(context, at.project, file.path);
    return [
      ...beside.map(({ uri, name }) => ({
        range: rangeOf(file, { start: head.start, end: head.start }),
        command: {
          title: `Evaluate ${name}`,
          command: EVALUATE_COMMAND,
          arguments: [{ uri: at.uri, request: uri }],
        },
      })),
      ...lenses,
    ];
  }),

  answer(CallHierarchyPrepareRequest.type, async (context, { textDocument, position }, token) => {
    const at = await context.locate(textDocument.uri, token);
    const found = at === null ? null : callable(at.view, offsetOf(at.view.file, position));
    const item = at === null || found === null ? null : callItem(context, at, found);
    return item === null ? null : [item];
  }),

  answer(CallHierarchyIncomingCallsRequest.type, async (context, { item }, token) => {
    const at = await context.locate(item.uri, token);
    if (at === null) return null;
    return callsTo(at.view, offsetOf(at.view.file, item.selectionRange.start)).flatMap(({ of, places }) => {
      const from = callItem(context, at, of);
      return from === null ? [] : [{ from, fromRanges: rangesOf(at, places) }];
    });
  }),

  answer(CallHierarchyOutgoingCallsRequest.type, async (context, { item }, token) => {
    const at = await context.locate(item.uri, token);
    if (at === null) return null;
    return callsFrom(at.view, offsetOf(at.view.file, item.selectionRange.start)).flatMap(({ of, places }) => {
      const to = callItem(context, at, of);
      return to === null ? [] : [{ to, fromRanges: rangesOf(at, places) }];
    });
  }),
];

function callItem(context: ServerContext, at: Located, caller: Caller): CallHierarchyItem | null {
  const whole = context.location(at, caller.span);
  const name = context.location(at, caller.nameSpan);
  if (whole === null || name === null) return null;
  const kind =
    caller.kind === "fn"
      ? SymbolKind.Function
      : caller.kind === "rule"
        ? SymbolKind.Event
        : SymbolKind.Object;
  return { name: caller.name, kind, uri: whole.uri, range: whole.range, selectionRange: name.range };
}

const rangesOf = (
  { view }: Located,
  places: readonly { readonly file: string; readonly start: number; readonly end: number }[],
) =>
  places.flatMap((span) => {
    const file = view.analysis.files.get(span.file);
    return file === undefined ? [] : [rangeOf(file, span)];
  });
