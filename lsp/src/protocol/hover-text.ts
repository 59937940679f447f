// Hover parts as Markdown or plain text. What others wrote (a manifest, a policy) is shown as text, never as markup.
import type { HoverPart } from "../features/hover/hover-part.ts";

export const asMarkdown = (parts: readonly HoverPart[]): string =>
  parts.map((part) => (part.kind === "code" ? fenced(part.text) : escaped(part.text))).join("\n\n");

export const asPlainText = (parts: readonly HoverPart[]): string =>
  parts.map((part) => part.text).join("\n\n");

/** A fence longer than any run of back-quotes inside. */
export function fenced(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}aegis\n${text}\n${fence}`;
}

/** Every character that Markdown or HTML reads as markup is escaped; line breaks stay. */
export const escaped = (text: string): string =>
  text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]()#+\-.!|~:@/]/g, (char) => `\\${char}`)
    .replace(/^\s+/gm, "")
    .replace(/\n/g, "  \n");
