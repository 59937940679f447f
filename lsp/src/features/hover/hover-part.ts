// The pieces of what a hover tells.
import type { Span } from "@aegis/compiler";

export interface Hover {
  readonly span: Span;
  readonly parts: readonly HoverPart[];
}

export type HoverPart =
  /** Aegis source. */
  | { readonly kind: "code"; readonly text: string }
  /** Words, from this toolchain, a policy's author or a manifest: shown as they are, never as markup. */
  | { readonly kind: "text"; readonly text: string };
