// aegisc init: a project that checks, tests and builds from the first minute.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { generateDevKey, PROJECT_FILE_NAME } from "@aegis/compiler";
import { readVerificationKey } from "@aegis/runtime/enforce";
import type { CommandDefinition } from "../command.ts";
import { EXIT } from "../exit-code.ts";
import { UsageError } from "../files/usage-error.ts";
import { terminalLine } from "../output/escape.ts";
import { packageName } from "../package-name.ts";

/** Where the private key lies: a folder that ignores itself in git. */
const KEY_FOLDER = ".aegis";
const KEY_FILE = `${KEY_FOLDER}/dev-key.pem`;

export const command: CommandDefinition = {
  declare(command, run) {
    command.argument("[folder]", "where (default: this folder)");
    run(async (io, [folder = "."]) => {
      const root = resolve(io.cwd, folder);
      if (existsSync(join(root, PROJECT_FILE_NAME))) {
        throw new UsageError(
          `${PROJECT_FILE_NAME} is already there`,
          "run `aegisc check` to see how the project stands",
        );
      }
      const name = packageName(basename(root));
      const key = await generateDevKey();
      const publicKey = await readVerificationKey(key.publicKey);
      mkdirSync(join(root, "policies"), { recursive: true });
      mkdirSync(join(root, KEY_FOLDER), { recursive: true, mode: 0o700 });
      writeFileSync(join(root, KEY_FOLDER, ".gitignore"), "*\n");
      writeFileSync(join(root, KEY_FILE), key.privateKey, { mode: 0o600 });
      const project = {
        name,
        sources: ["policies/**/*.aegis"],
        channels: ["releases"],
        keys: [{ ...(publicKey?.key as object), kid: key.id }],
        serial: 1,
      };
      writeFileSync(join(root, PROJECT_FILE_NAME), `${JSON.stringify(project, null, 2)}\n`);
      const policy = join(root, "policies", "agent.aegis");
      if (!existsSync(policy)) writeFileSync(policy, starterPolicy(name));
      const where = terminalLine(relative(io.cwd, root) || ".");
      io.out(
        [
          `made a project in ${where}`,
          `  ${PROJECT_FILE_NAME}          what belongs to it`,
          "  policies/agent.aegis  a first policy, with tests",
          `  ${KEY_FILE}    a development key; git does not see it`,
          "",
          "next:",
          "  aegisc check                       is it sound?",
          "  aegisc test                        does it decide as its tests say?",
          `  aegisc build --signing-key ${KEY_FILE} -o policy.tar.gz`,
          "",
        ].join("\n"),
      );
      return EXIT.ok;
    });
  },
};

const starterPolicy = (name: string): string => `/// What the code generation agent may do.
package ${name}

import std.tools.{git, ci_pipeline}

label tests_green
  set on result ci_pipeline.run_tests when result.status == ok
  clear on call git.commit
  per session

policy codegen for agent.id == "codegen-agent" {
  allow commit: git.commit
  allow tests: ci_pipeline.run_tests
  allow push: git.push when session has tests_green

  require approval protected_push: git.push
    when args.branch == "main"
    by role "release-manager" via releases within 30m
    because "a push to {args.branch} ships to customers"

  deny force_push: git.push when args.force
    because "a force push rewrites history"
}

test "a push needs green tests" {
  agent { id: "codegen-agent" }
  step git.push { repo: "app", branch: "feature" } expect deny code default_deny
  step ci_pipeline.run_tests {} result ok expect allow
  step git.push { repo: "app", branch: "feature" } expect allow
}

test "a push to main waits for a release manager" {
  agent { id: "codegen-agent" }
  given label tests_green
  step git.push { repo: "app", branch: "main" } expect approval_needed by protected_push
  step git.push { repo: "app", branch: "+main" } expect deny code invalid_input
  step git.push { repo: "app", branch: "main", force: true } expect deny by force_push
}
`;
