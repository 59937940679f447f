// aegisc eval: decisions on requests, one document a line.
import { listOption, textOption, type CommandDefinition } from "../command.ts";
import { declareEngineOptions, engineFor } from "../engine-for.ts";
import { EXIT } from "../exit-code.ts";
import { UsageError } from "../files/usage-error.ts";
import { documentsOf } from "../input-documents.ts";
import { writeOutput } from "../output/write-output.ts";
import { declarePolicyOptions } from "../policy-options.ts";
import { progressOf } from "../progress.ts";
import { repeatable } from "../repeatable.ts";

const DECISIONS = ["deny", "approval_needed", "sanitize", "allow"] as const;

export const command: CommandDefinition = {
  declare(command, run) {
    declareEngineOptions(declarePolicyOptions(command))
      .requiredOption("--input <file>", "requests: a JSON document, or one a line (`-` is standard input)")
      .option("--compute-facts", "compute the runtime's facts about each call before it is decided")
      .addOption(repeatable("--fail-on <decision>", "exit with 1 when a decision is one of these", DECISIONS))
      .option("-o, --output <file>", "write the decisions to a file instead of standard output");
    run(async (io, positional, options) => {
      const engine = await engineFor(io, positional, options);
      if (engine === null) return EXIT.wanting;
      const output = textOption(options, "output");
      const kept: string[] = [];
      const failOn = new Set(listOption(options, "failOn"));
      const progress = progressOf(io, "requests");
      let failed = false;
      let lines = 0;
      const decide = async (texts: readonly string[]): Promise<void> => {
        for (const document of await engine.decide(texts)) {
          const line = `${JSON.stringify(document)}\n`;
          if (output === null) io.out(line);
          else kept.push(line);
          failed ||= failOn.has(decisionOf(document));
          lines += 1;
        }
        progress.at(lines);
      };
      try {
        let waiting: string[] = [];
        for await (const text of documentsOf(io, textOption(options, "input") ?? "-")) {
          if (io.signal.aborted) break;
          waiting.push(text);
          if (waiting.length < engine.batch) continue;
          await decide(waiting);
          waiting = [];
        }
        if (waiting.length > 0 && !io.signal.aborted) await decide(waiting);
      } finally {
        progress.end();
        engine.close();
      }
      if (io.signal.aborted) return EXIT.interrupted;
      if (lines === 0)
        throw new UsageError("there is no request in the input", "give one JSON document, or one a line");
      if (output !== null) writeOutput(io, output, kept.join(""));
      return failed ? EXIT.wanting : EXIT.ok;
    });
  },
};

const decisionOf = (document: unknown): string =>
  typeof document === "object" && document !== null && "decision" in document
    ? String(document.decision)
    : "";
