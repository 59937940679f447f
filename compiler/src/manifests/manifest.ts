// What importing an MCP `tools/list` manifest yields: action signatures, and what was lost or refused on the way.
import type { Field, Type } from "@aegis/runtime/core";

/** The signature of one tool of an MCP server: an action of the Aegis tool that stands for the server. */
export interface ManifestAction {
  /** Name on the wire, byte for byte. */
  readonly name: string;
  /** In the order of the manifest. */
  readonly params: readonly Field[];
  /** Always false: only a refinement that ends in `...` opens an imported action. */
  readonly open: boolean;
  /** From `outputSchema`; `json` without one. */
  readonly result: Type;
  /** The server's own text, with invisible characters escaped; shown, never evaluated. */
  readonly doc: string | null;
  /** MCP hints (`readOnlyHint` and the like) as the server claims them; never evaluated. */
  readonly annotations: Readonly<Record<string, string | boolean>>;
}

/** Something of the schema that the type does not say. */
export interface ManifestNote {
  /**
   * `opaque`: the place became `json`. `widened`: the type accepts more than the schema (the server still checks).
   * `narrowed`: the type accepts less (a bound on size, or a closed action that the schema leaves open).
   */
  readonly kind: "opaque" | "widened" | "narrowed";
  readonly action: string;
  /** JSON pointer into the schema of the action: `/inputSchema/properties/filter`. */
  readonly pointer: string;
  readonly message: string;
}

/** Why a manifest cannot be used as it is. */
export interface ManifestProblem {
  /** JSON pointer into the file; empty for the file as a whole. */
  readonly pointer: string;
  readonly message: string;
}

export interface Manifest {
  readonly path: string;
  readonly actions: readonly ManifestAction[];
  readonly notes: readonly ManifestNote[];
  /** Any of these is an error where the manifest is imported. */
  readonly problems: readonly ManifestProblem[];
}
