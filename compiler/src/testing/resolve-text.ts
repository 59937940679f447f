// Resolves texts for tests of the resolver and the checker, with a small library and a manifest.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { parseModule } from "../frontends/aegis/parse.ts";
import { tidy } from "../diagnostics/tidy.ts";
import { Library } from "../pipeline/library.ts";
import type { ProjectInputs, ResolvedProgram } from "../resolver/resolved-program.ts";
import { resolveProgram } from "../resolver/resolve-program.ts";
import { SourceFile } from "../source/source-file.ts";

/** Four tools and a package of patterns, in the place of the standard library. */
export const TEST_LIBRARY = new Library(
  new Map([
    [
      "tools",
      `package std.tools
tool git {
  commit(repo: string, message: string)
  push(repo: string, branch: git_ref, force: bool = false)
}
tool ci_pipeline as "ci-pipeline" { run_tests() }
tool http {
  get(url: url)
  post(url: url, headers: headers, body: string?)
}
tool mail { send(to: email, body: string) read() }
`,
    ],
    ["secrets", 'package std.secrets\npattern aws = re"AKIA[0-9A-Z]{16}"\n'],
    [
      "flow",
      `package std.flow
import std.tools.{http, mail}
group egress = http.*, mail.send
label untrusted set on call @egress per session
policy no_send_after(tainted: label, sinks: group) { deny tainted_send: @sinks when session has tainted }
`,
    ],
    ["git", 'package std.git\nconst main: set<git_ref> = { "main" }\n'],
  ]),
);

const TEXT = { type: "string" };
export const TEST_MANIFEST = JSON.stringify({
  tools: [
    {
      name: "create_file",
      inputSchema: {
        type: "object",
        properties: {
          path: TEXT,
          branch: TEXT,
          size: { type: "number" },
          tags: { type: "array", items: TEXT },
        },
        required: ["path"],
        additionalProperties: false,
      },
    },
    {
      name: "list-issues",
      inputSchema: {
        type: "object",
        properties: { path: TEXT },
        required: ["path"],
        additionalProperties: false,
      },
    },
  ],
});

export const NO_INPUTS: ProjectInputs = {
  readManifest: (_from, path) =>
    path === "test.tools.json"
      ? { ok: true, path, text: TEST_MANIFEST }
      : { ok: false, reason: "no such file" },
  data: new Map(),
  params: new Map(),
  lockedActions: null,
  channels: null,
  now: null,
};

export interface ResolvedTexts {
  readonly program: ResolvedProgram;
  readonly diagnostics: readonly Diagnostic[];
  /** `code at "text"` of each diagnostic. */
  readonly told: readonly string[];
}

/** One text, or texts by file name. */
export function resolveTexts(
  texts: string | Readonly<Record<string, string>>,
  inputs: Partial<ProjectInputs> = {},
): ResolvedTexts {
  const named = typeof texts === "string" ? { "test.aegis": texts } : texts;
  const files = Object.entries(named).map(([path, text]) => new SourceFile(path, text));
  const parsed = files.map((file) => ({ file, ...parseModule(file) }));
  const needed = TEST_LIBRARY.needed(parsed.map((each) => each.module));
  const all = [...parsed, ...needed];
  const { program, diagnostics } = resolveProgram(
    all.map((each) => each.module),
    { ...NO_INPUTS, ...inputs },
  );
  const found = tidy([...all.flatMap((each) => each.diagnostics), ...diagnostics]);
  const textAt = ({ span }: Diagnostic): string =>
    all.find((each) => each.file.path === span.file)?.file.text.slice(span.start, span.end) ?? "";
  return { program, diagnostics: found, told: found.map((each) => `${each.code} at ${textAt(each)}`) };
}
