// An engine's process: started, asked, stopped.
import { fork, type ChildProcess } from "node:child_process";
import type { BenchEngineEntry } from "../engine-registry.ts";
import type { Workload } from "../workload/workloads.ts";
import type { ChildOrder, ChildReply, ChildTask } from "./child-protocol.ts";
import type { Stage } from "./prepare.ts";

export type Reply<Kind extends ChildReply["kind"]> = Extract<ChildReply, { kind: Kind }>;

export class RunningEngine {
  readonly #child: ChildProcess;
  readonly loaded: Reply<"loaded">;

  private constructor(child: ChildProcess, loaded: Reply<"loaded">) {
    this.#child = child;
    this.loaded = loaded;
  }

  /** Rejects when it does not load. */
  static async start(stage: Stage, entry: BenchEngineEntry, workload: Workload): Promise<RunningEngine> {
    const task: ChildTask = {
      module: stage.module(entry.module),
      workload: stage.workload(workload),
      built: entry.build === undefined ? null : stage.built(entry.build, workload),
      async: entry.async === true,
    };
    const child = fork(stage.module("process/child.ts"), [JSON.stringify(task)], {
      execArgv: [...(entry.flags ?? []), "--expose-gc"],
    });
    return new RunningEngine(child, await receive(child, "loaded"));
  }

  ask(order: "answer"): Promise<Reply<"answered">>;
  ask(order: "warm"): Promise<Reply<"warm">>;
  ask(order: "repeat"): Promise<Reply<"timed">>;
  ask(order: "answer" | "warm" | "repeat"): Promise<ChildReply> {
    const kind = ({ answer: "answered", warm: "warm", repeat: "timed" } as const)[order];
    const received = receive(this.#child, kind);
    this.#send(order);
    return received;
  }

  /** Resolves when its process has ended. */
  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    if (this.#child.exitCode !== null || !this.#child.connected) return;
    this.#send("stop");
    await ended;
  }

  #send(order: ChildOrder): void {
    this.#child.send(order);
  }
}

function receive<Kind extends ChildReply["kind"]>(child: ChildProcess, kind: Kind): Promise<Reply<Kind>> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`its process ended (${String(code)})`));
    child.once("exit", ended);
    child.once("message", (message: ChildReply) => {
      child.off("exit", ended);
      if (message.kind === kind) resolve(message as Reply<Kind>);
      else reject(new Error(`it answered \`${message.kind}\``));
    });
  });
}
