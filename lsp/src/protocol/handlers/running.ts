// Requests that run a policy: tests, one request, the Rego that it becomes, conversion. All but conversion ask for trust.
import type { Span } from "@aegis/compiler";
import { evaluateRequest } from "../../features/evaluate/evaluate.ts";
import { regoPreview } from "../../features/rego-preview/rego-preview.ts";
import { runTests } from "../../features/tests/tests.ts";
import { convert } from "../../workspace/conversion.ts";
import type { Project } from "../../workspace/project.ts";
import { testsOf } from "../../workspace/tests.ts";
import { pathBelow, normalUri } from "../../workspace/uri.ts";
import type { View } from "../../workspace/view.ts";
import {
  CONVERT,
  EVALUATE,
  REGO_PREVIEW,
  REQUESTS_BESIDE,
  RUN_TESTS,
  TESTS,
  type ConvertParams,
  type ConvertResult,
  type EvaluateParams,
  type EvaluateResult,
  type LocationShape,
  type RegoPreviewParams,
  type RegoPreviewResult,
  type RequestsBesideParams,
  type RequestsBesideResult,
  type RunTestsParams,
  type RunTestsResult,
  type TestsParams,
  type TestsResult,
} from "../custom-requests.ts";
import { answerOwn, type RequestEntry } from "../define-request.ts";
import { rangeOf } from "../places.ts";
import { requestsBeside } from "../requests-beside.ts";
import type { ServerContext } from "../server-context.ts";
import { testShape } from "../test-shape.ts";

const UNTRUSTED = { ok: false, reason: "this workspace is not trusted: nothing in it is run" } as const;
const NOT_FOUND = { ok: false, reason: "the document is no part of a project" } as const;

export const runningRequests: readonly RequestEntry[] = [
  answerOwn<TestsParams, TestsResult>(TESTS, async (context, { uri }, token) => {
    await context.turn(token);
    await context.workspace.settled();
    const one = uri === undefined ? null : await context.locate(uri, token);
    if (one !== null)
      return testsOf(one.view.analysis, one.view.file.path).map((each) => testShape(context, one, each));
    if (uri !== undefined) return [];
    const all: TestsResult[number][] = [];
    for (const project of context.workspace.projects) {
      const { analysis } = await project.state();
      for (const each of testsOf(analysis)) {
        const file = analysis.files.get(each.span.file);
        if (file === undefined) continue;
        const view: View = { analysis, file, module: null };
        all.push(testShape(context, { project, view }, each));
      }
    }
    return all;
  }),

  answerOwn<RunTestsParams, RunTestsResult>(RUN_TESTS, async (context, { uri, ids, coverage }, token) => {
    if (!context.abilities.trusted) return UNTRUSTED;
    const at = await context.locate(uri, token);
    if (at === null) return NOT_FOUND;
    const run = runTests(at.view.analysis, ids === undefined ? null : new Set(ids), coverage === true);
    if (!run.ok) return run;
    const place = (span: Span): LocationShape => placeOf(context, at.project, at.view, span);
    return {
      ok: true,
      seed: run.seed,
      results: run.results.map((each) => ({
        ...each,
        failures: each.failures.map(({ message, details, span }) => ({
          message,
          details,
          location: place(span),
        })),
      })),
      coverage:
        run.coverage?.files.map(({ file, rules }) => ({
          uri: context.uriOf(at.project, file),
          rules: rules.map((rule) => ({
            id: rule.id,
            range: place(rule.span).range,
            matched: rule.matched,
            missed: rule.missed,
            conditions: rule.conditions.map(({ span, held, failed }) => ({
              range: place(span).range,
              held,
              failed,
            })),
          })),
        })) ?? null,
    };
  }),

  answerOwn<EvaluateParams, EvaluateResult>(EVALUATE, async (context, { uri, request }, token) => {
    if (!context.abilities.trusted) return UNTRUSTED;
    await context.turn(token);
    await context.workspace.settled();
    const project = context.workspace.projectOf(uri);
    if (project === undefined) return NOT_FOUND;
    const text =
      "text" in request
        ? { ok: true as const, text: request.text }
        : await textOf(context, project, request.uri);
    if (!text.ok) return text;
    const { analysis } = await project.state();
    const found = evaluateRequest(analysis, text.text);
    if (!found.ok) return found;
    const { decision, invalid, rules, nearest } = found.explanation;
    const [file] = analysis.files.values();
    const place = (span: Span): LocationShape | null =>
      file === undefined || !analysis.files.has(span.file)
        ? null
        : placeOf(context, project, { analysis, file, module: null }, span);
    return {
      ok: true,
      decision,
      invalid,
      nearest,
      rules: rules.map((rule) => ({
        id: rule.id,
        effect: rule.effect,
        shadow: rule.shadow,
        outcome: rule.outcome,
        unreadable: rule.unreadable,
        location: rule.span === null ? null : place(rule.span),
        conditions: rule.conditions.flatMap(({ span, ...condition }) => {
          const location = place(span);
          return location === null ? [] : [{ ...condition, location }];
        }),
      })),
    };
  }),

  answerOwn<RequestsBesideParams, RequestsBesideResult>(REQUESTS_BESIDE, async (context, { uri }, token) => {
    const at = await context.locate(uri, token);
    if (at === null) return [];
    const found = await requestsBeside(context, at.project, at.view.file.path);
    return found.map((each) => ({ uri: each.uri, name: each.name }));
  }),

  answerOwn<RegoPreviewParams, RegoPreviewResult>(REGO_PREVIEW, async (context, { uri }, token) => {
    if (!context.abilities.trusted) return UNTRUSTED;
    const at = await context.locate(uri, token);
    if (at === null) return NOT_FOUND;
    const preview = regoPreview(at.view.analysis);
    if (!preview.ok) return preview;
    return {
      ok: true,
      text: preview.text,
      map: preview.map.map(({ source, ...lines }) => ({
        ...lines,
        source: placeOf(context, at.project, at.view, source),
      })),
    };
  }),

  answerOwn<ConvertParams, ConvertResult>(CONVERT, async (context, { uri, to }, token) => {
    const at = await context.locate(uri, token);
    if (at === null) return NOT_FOUND;
    const found = convert(at.view, to);
    return found.ok
      ? { ok: true, text: found.text, lost: found.lost, uri: context.uriOf(at.project, found.path) }
      : found;
  }),
];

function placeOf(context: ServerContext, project: Project, view: View, span: Span): LocationShape {
  const file = view.analysis.files.get(span.file) ?? view.file;
  return { uri: context.uriOf(project, span.file), range: rangeOf(file, span) };
}

/** A request beside a policy: the open text, else the file's. */
async function textOf(context: ServerContext, project: Project, uri: string) {
  const open = context.document(uri);
  if (open !== undefined) return { ok: true as const, text: open.file.text };
  const path = pathBelow(project.root, normalUri(uri));
  return path === null
    ? { ok: false as const, reason: "the request lies outside the project" }
    : context.host.read(project.root, path);
}
