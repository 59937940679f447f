// The debug adapter: steps forwards and backwards through a decision that was recorded, so that nothing is decided twice.
import { basename, resolve } from "node:path";
import {
  Breakpoint,
  DebugSession,
  InitializedEvent,
  OutputEvent,
  Scope,
  Source,
  StackFrame,
  StoppedEvent,
  TerminatedEvent,
  Thread,
} from "@vscode/debugadapter";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { UsageError } from "../files/usage-error.ts";
import { loadDebuggee, type Debuggee, type ExplainedRequest, type LaunchOptions } from "./debuggee.ts";
import { stepTitle, type DecisionStep } from "./decision-steps.ts";
import { VariableTree } from "./variable-tree.ts";

const THREAD = 1;
type LaunchArguments = DebugProtocol.LaunchRequestArguments &
  LaunchOptions & { readonly stopOnEntry?: boolean };

/** One step of one request. */
interface Position {
  readonly request: ExplainedRequest;
  readonly step: DecisionStep;
  readonly number: number;
}

export class PolicyDebugSession extends DebugSession {
  #debuggee: Debuggee | null = null;
  #positions: readonly Position[] = [];
  #at = 0;
  #stopOnEntry = true;
  readonly #variables = new VariableTree();
  /** Lines with a breakpoint, by absolute path. */
  readonly #breakpoints = new Map<string, ReadonlySet<number>>();

  constructor() {
    super();
    this.setDebuggerLinesStartAt1(false);
    this.setDebuggerColumnsStartAt1(false);
  }

  protected override initializeRequest(response: DebugProtocol.InitializeResponse): void {
    response.body = {
      supportsConfigurationDoneRequest: true,
      supportsStepBack: true,
      supportsEvaluateForHovers: true,
    };
    this.sendResponse(response);
  }

  protected override launchRequest(response: DebugProtocol.LaunchResponse, options: LaunchArguments): void {
    try {
      this.#debuggee = loadDebuggee(options, Date.now());
    } catch (error) {
      const text = error instanceof UsageError ? error.message : "the policy cannot be loaded";
      this.sendErrorResponse(response, { id: 1, format: text, showUser: true });
      return;
    }
    this.#stopOnEntry = options.stopOnEntry !== false;
    this.#positions = this.#debuggee.requests.flatMap((request, number) =>
      request.steps.map((step) => ({ request, step, number })),
    );
    this.sendResponse(response);
    this.sendEvent(new InitializedEvent());
  }

  protected override setBreakPointsRequest(
    response: DebugProtocol.SetBreakpointsResponse,
    { source, breakpoints = [] }: DebugProtocol.SetBreakpointsArguments,
  ): void {
    const path = resolve(source.path ?? "");
    const lines = this.#linesOf(path);
    // The rule or condition on the line, or the next one below.
    const found = breakpoints.map(({ line }) => lines.find((each) => each >= line) ?? null);
    this.#breakpoints.set(path, new Set(found.filter((each) => each !== null)));
    const placed = found.map(
      (line, index) => new Breakpoint(line !== null, line ?? breakpoints[index]?.line),
    );
    response.body = { breakpoints: placed };
    this.sendResponse(response);
  }

  protected override configurationDoneRequest(response: DebugProtocol.ConfigurationDoneResponse): void {
    this.sendResponse(response);
    if (this.#stopOnEntry) this.#stop(0, "entry");
    else this.#run(0, 1);
  }

  protected override threadsRequest(response: DebugProtocol.ThreadsResponse): void {
    response.body = { threads: [new Thread(THREAD, "decision")] };
    this.sendResponse(response);
  }

  protected override stackTraceRequest(response: DebugProtocol.StackTraceResponse): void {
    const position = this.#positions[this.#at];
    const frames: StackFrame[] = [];
    if (position !== undefined) {
      const place = this.#placeOf(position.step);
      frames.push(
        new StackFrame(
          0,
          stepTitle(position.step),
          place === null ? undefined : new Source(basename(place.path), place.path),
          place?.line ?? 0,
          place?.column ?? 0,
        ),
      );
      frames.push(new StackFrame(1, this.#requestTitle(position)));
    }
    response.body = { stackFrames: frames, totalFrames: frames.length };
    this.sendResponse(response);
  }

  protected override scopesRequest(response: DebugProtocol.ScopesResponse): void {
    const position = this.#positions[this.#at];
    const scopes: Scope[] = [];
    if (position !== undefined) {
      for (const [name, value] of Object.entries(this.#variables.scopesOf(position.request, position.step)))
        scopes.push(new Scope(name, this.#variables.reference(value), false));
    }
    response.body = { scopes };
    this.sendResponse(response);
  }

  protected override variablesRequest(
    response: DebugProtocol.VariablesResponse,
    { variablesReference }: DebugProtocol.VariablesArguments,
  ): void {
    response.body = { variables: this.#variables.members(variablesReference) };
    this.sendResponse(response);
  }

  protected override evaluateRequest(
    response: DebugProtocol.EvaluateResponse,
    { expression }: DebugProtocol.EvaluateArguments,
  ): void {
    const position = this.#positions[this.#at];
    const found =
      position === undefined ? undefined : this.#variables.find(position.request, expression.split("."));
    if (found === undefined) {
      this.sendErrorResponse(response, { id: 2, format: "name a place of the request, such as args.url" });
      return;
    }
    response.body = found;
    this.sendResponse(response);
  }

  protected override continueRequest(response: DebugProtocol.ContinueResponse): void {
    this.sendResponse(response);
    this.#run(this.#at + 1, 1);
  }
  protected override reverseContinueRequest(response: DebugProtocol.ReverseContinueResponse): void {
    this.sendResponse(response);
    this.#run(this.#at - 1, -1);
  }
  /** Step over: to the next rule. */
  protected override nextRequest(response: DebugProtocol.NextResponse): void {
    this.sendResponse(response);
    const next = this.#positions.findIndex(
      ({ step }, index) => index > this.#at && step.kind !== "condition",
    );
    this.#stop(next < 0 ? this.#positions.length : next, "step");
  }
  /** Step in: to the next condition. */
  protected override stepInRequest(response: DebugProtocol.StepInResponse): void {
    this.sendResponse(response);
    this.#stop(this.#at + 1, "step");
  }
  /** Step out: to the decision. */
  protected override stepOutRequest(response: DebugProtocol.StepOutResponse): void {
    this.sendResponse(response);
    const end = this.#positions.findIndex(({ step }, index) => index > this.#at && step.kind === "decision");
    this.#stop(end < 0 ? this.#positions.length : end, "step");
  }
  protected override stepBackRequest(response: DebugProtocol.StepBackResponse): void {
    this.sendResponse(response);
    this.#stop(Math.max(this.#at - 1, 0), "step");
  }

  #stop(at: number, reason: string): void {
    if (at >= this.#positions.length) {
      this.sendEvent(new TerminatedEvent());
      return;
    }
    this.#at = at;
    this.#variables.clear();
    const position = this.#positions[at];
    if (position?.step.kind === "decision") {
      const document = JSON.stringify(position.request.explanation.decision, null, 2);
      this.sendEvent(new OutputEvent(`${this.#requestTitle(position)}\n${document}\n`, "stdout"));
    }
    this.sendEvent(new StoppedEvent(reason, THREAD));
  }

  /** Goes on until a breakpoint; forwards past the last step is the end, backwards past the first is the first. */
  #run(from: number, direction: 1 | -1): void {
    for (let at = from; at >= 0 && at < this.#positions.length; at += direction) {
      const step = this.#positions[at]?.step;
      const place = step === undefined ? null : this.#placeOf(step);
      if (place !== null && this.#breakpoints.get(place.path)?.has(place.line) === true) {
        this.#stop(at, "breakpoint");
        return;
      }
    }
    if (direction < 0) this.#stop(0, "entry");
    else {
      for (const position of this.#positions.slice(from))
        if (position.step.kind === "decision")
          this.sendEvent(
            new OutputEvent(
              `${this.#requestTitle(position)}\n${JSON.stringify(position.request.explanation.decision, null, 2)}\n`,
              "stdout",
            ),
          );
      this.sendEvent(new TerminatedEvent());
    }
  }

  #placeOf(step: DecisionStep): { path: string; line: number; column: number } | null {
    if (step.kind === "decision" || this.#debuggee === null) return null;
    const { file, start } = step.span;
    const position = this.#debuggee.files.get(file)?.positionAt(start);
    if (position === undefined || file.startsWith("std:")) return null;
    return {
      path: resolve(this.#debuggee.root, file),
      line: this.convertDebuggerLineToClient(position.line),
      column: this.convertDebuggerColumnToClient(position.column),
    };
  }

  /** Lines of a file on which something happens, rising. */
  #linesOf(path: string): number[] {
    const lines = this.#positions
      .map(({ step }) => this.#placeOf(step))
      .flatMap((place) => (place?.path === path ? [place.line] : []));
    return [...new Set(lines)].sort((a, b) => a - b);
  }

  #requestTitle({ request, number }: Position): string {
    const { tool, action } = (request.request ?? {}) as { tool?: unknown; action?: unknown };
    const all = this.#debuggee?.requests.length ?? 1;
    const which = all === 1 ? "request" : `request ${String(number + 1)} of ${String(all)}`;
    return `${which}: ${String(tool)}.${String(action)}`;
  }
}
