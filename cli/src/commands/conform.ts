// aegisc conform: a policy on several engines side by side, with requests made for it.
import { conformPolicy, engines } from "@aegis/conformance";
import { textOption, type CommandDefinition } from "../command.ts";
import { declareConformOptions, enginesOf } from "../conform-options.ts";
import { EXIT } from "../exit-code.ts";
import { prebuilt } from "../files/prebuilt.ts";
import { UsageError } from "../files/usage-error.ts";
import { compileProject, declarePolicyOptions } from "../policy-options.ts";
import { progressOf } from "../progress.ts";

export const command: CommandDefinition = {
  declare(command, run) {
    declareConformOptions(declarePolicyOptions(command))
      .option("--cases <number>", "requests to try", "2000")
      .option("--seed <number>", "seed of the requests, to make them again alike");
    run(async (io, positional, options) => {
      const chosen = enginesOf(io, textOption(options, "engines") ?? "all", engines);
      const project = compileProject(io, positional, options);
      if (project === null) return EXIT.wanting;
      const seed = whole(
        textOption(options, "seed") ?? String(Math.floor(Math.random() * 1_000_000)),
        "seed",
      );
      const progress = progressOf(io, "requests");
      const { compared, decisions, divergence } = await conformPolicy(project.compilation.ir, {
        engines: chosen,
        resources: { prebuilt },
        seed,
        cases: whole(textOption(options, "cases") ?? "2000", "cases"),
        progress: (done, all) => progress.at(done, all),
      });
      progress.end();
      if (divergence !== null) {
        io.out(divergence);
        return EXIT.wanting;
      }
      for (const [id, count] of compared) io.out(`${id}: ${String(count)} documents, all alike\n`);
      const told = [...decisions].sort().map(([decision, count]) => `${decision} ${String(count)}`);
      io.out(`${told.join(", ")}; --seed ${String(seed)}\n`);
      return EXIT.ok;
    });
  },
};

function whole(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new UsageError(`--${option}: \`${text}\` is no number`);
  return value;
}
