// What holds for every text that is parsed and formatted, whatever it is.
import { formatText } from "../format/format-text.ts";
import { parseModule } from "../frontends/aegis/parse.ts";
import { SourceFile } from "../source/source-file.ts";

/** What the parser did wrong with a text; null when nothing. Throws where parser or formatter throw. */
export function parserComplaint(text: string): string | null {
  const file = new SourceFile("test.aegis", text);
  const { module, diagnostics } = parseModule(file);
  for (const { span, message, code } of diagnostics) {
    if (!code.startsWith("syntax/")) return `the diagnostic \`${code}\` is none of syntax`;
    if (message === "") return `${code} says nothing`;
    if (span.start < 0 || span.end < span.start || span.end > text.length)
      return `${code} lies outside the text`;
  }
  if (module.items.some(({ span }) => span.end <= span.start)) return "an item has no text";
  if (formatText(file).diagnostics.some(({ code }) => code === "format/unsound"))
    return "formatting changes what it says";
  return null;
}
