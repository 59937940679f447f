// aegisc eval: decisions on requests, one document a line.
import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { Option } from "commander";
import type { Decision, DecisionDocument } from "@aegis/runtime/core";
import { textOption, type CommandDefinition } from "../command.ts";
import { engineFor, ENGINE_NAMES } from "../engine-for.ts";
import { EXIT } from "../exit-code.ts";
import { UsageError } from "../files/usage-error.ts";
import type { Io } from "../io.ts";
import { declarePolicyOptions } from "../policy-options.ts";

/** Longest line that is read at all; longer ones are `invalid_input` without being kept. */
const MAX_LINE = 4 * 1024 * 1024;

export const command: CommandDefinition = {
  declare(command, run) {
    declarePolicyOptions(command)
      .requiredOption("--input <file>", "requests: a JSON document, or one a line (`-` is standard input)")
      .option("--bundle <file>", "decide by a bundle instead of sources")
      .option("--key <file>", "public key that the bundle must be signed with (PEM or JWK)")
      .option("--insecure-unsigned", "load a bundle without looking at its signature")
      .addOption(
        new Option("--engine <engine>", "which engine decides").choices([...ENGINE_NAMES]).default("native"),
      )
      .addOption(
        new Option("--fail-on <decision...>", "exit with 1 when a decision is one of these").choices([
          "deny",
          "approval_needed",
          "sanitize",
          "allow",
        ]),
      );
    run(async (io, positional, options) => {
      const engine = await engineFor(io, positional, options);
      if (engine === null) return EXIT.wanting;
      const failOn = new Set((options["failOn"] as Decision[] | undefined) ?? []);
      let failed = false;
      let lines = 0;
      for await (const text of documentsOf(io, textOption(options, "input") ?? "-")) {
        const document: DecisionDocument = engine.decideText(text);
        io.out(`${JSON.stringify(document)}\n`);
        failed ||= failOn.has(document.decision);
        lines += 1;
        if (io.signal.aborted) break;
      }
      if (lines === 0)
        throw new UsageError("there is no request in the input", "give one JSON document, or one a line");
      return failed ? EXIT.wanting : EXIT.ok;
    });
  },
};

/** A file that is one JSON document as a whole is one request; otherwise every line that is not blank is one. */
async function* documentsOf(io: Io, path: string): AsyncGenerator<string> {
  const stream = path === "-" ? process.stdin : createReadStream(resolve(io.cwd, path));
  const opened = new Promise<void>((done, failed) => {
    stream.once("error", () => failed(new UsageError(`cannot read \`${path}\``)));
    stream.once("readable", () => done());
    stream.once("end", () => done());
  });
  await opened;
  const pending: string[] = [];
  let size = 0;
  let whole = true;
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    const text = line.length > MAX_LINE ? "" : line;
    if (line.trim() === "") continue;
    if (!whole) {
      yield text;
      continue;
    }
    pending.push(text);
    size += text.length;
    // A second line after a complete first document: the input is a document a line.
    if (pending.length === 2 && isJson(pending[0] ?? "")) whole = false;
    if (size > MAX_LINE) whole = false;
    if (!whole) yield* pending.splice(0);
  }
  if (whole && pending.length > 0) {
    const joined = pending.join("\n");
    if (pending.length === 1 || isJson(joined)) yield joined;
    else yield* pending;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
