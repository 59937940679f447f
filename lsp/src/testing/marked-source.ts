// Sources with marks, for tests of features: `‸` is the cursor, `«…»` a range; a line `--- name` begins another file.
import { analyse, SourceFile, type Analysis, type ProjectInputs } from "@aegis/compiler";
import { unindent } from "@aegis/compiler/testing";
import { viewOf, type View } from "../workspace/view.ts";

export interface MarkedView {
  readonly view: View;
  readonly analysis: Analysis;
  /** Of the file that holds the mark. */
  readonly offset: number;
  readonly range: { readonly start: number; readonly end: number };
  /** The text of a place, with a few characters before it: `policy.aegis:3 push`. */
  readonly show: (span: { readonly file: string; readonly start: number; readonly end: number }) => string;
}

export const NO_INPUTS: ProjectInputs = {
  readManifest: (_from, path) =>
    path === "files.tools.json"
      ? { ok: true, path, text: MANIFEST }
      : { ok: false, reason: "the file does not exist" },
  data: new Map(),
  params: new Map(),
  lockedActions: null,
  channels: null,
  now: null,
};

/** A manifest whose texts try to be markup. */
export const MANIFEST = JSON.stringify({
  tools: [
    {
      name: "write_file",
      description: "Writes a file. <img src=x> [click](command:evil) **bold**",
      inputSchema: {
        type: "object",
        properties: {
          path: { type: "string", description: "Where to write. [link](https://evil.example)" },
          mode: { type: "string", enum: ["create", "append"] },
        },
        required: ["path"],
        additionalProperties: false,
      },
    },
  ],
});

export function markedView(source: string, name = "policy.aegis"): MarkedView {
  const files: SourceFile[] = [];
  let marked: { path: string; offset: number; start: number; end: number } | undefined;
  for (const [path, text] of filesIn(unindent(source), name)) {
    const plain = text.replace(/[‸«»]/g, "");
    if (plain !== text) marked = { path, ...marksIn(text) };
    files.push(new SourceFile(path, plain));
  }
  const analysis = analyse(files, NO_INPUTS, { keepGoing: true });
  const view = viewOf(analysis, marked?.path ?? files[0]?.path ?? name);
  if (view === null) throw new Error("the source has no file");
  const { offset = 0, start = 0, end = 0 } = marked ?? {};
  const show: MarkedView["show"] = (span) => {
    const file = analysis.files.get(span.file);
    const line = (file?.positionAt(span.start).line ?? 0) + 1;
    return `${span.file}:${String(line)} ${file?.text.slice(span.start, span.end) ?? ""}`;
  };
  return { view, analysis, offset, range: { start, end }, show };
}

function* filesIn(source: string, name: string): Generator<[string, string]> {
  const parts = source.split(/^--- (.+)\n/m);
  const [first = "", ...rest] = parts;
  if (first.trim() !== "" || rest.length === 0) yield [name, first];
  for (let index = 0; index < rest.length; index += 2) yield [rest[index] ?? "", rest[index + 1] ?? ""];
}

function marksIn(text: string): { offset: number; start: number; end: number } {
  let offset = 0;
  let start = 0;
  let end = 0;
  let at = 0;
  for (const char of text) {
    if (char === "‸") offset = at;
    else if (char === "«") start = offset = at;
    else if (char === "»") end = at;
    else at += char.length;
  }
  return { offset, start, end: Math.max(start, end) };
}
