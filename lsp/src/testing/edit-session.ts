// A recorded edit session: what a person types who writes a policy and mends it, key by key.

export interface Stroke {
  /** What is typed; editors type the closing brace or quote along. */
  readonly key: string;
  /** The list of completions is opened behind it. */
  readonly completes: boolean;
}

const RECORDED = `policy fresh for agent.¦id == "x" {
}
deny fresh_push: git.¦push when args.¦branch == "main" and args.¦forse⌫⌫ce
  because "no force to {args.¦branch}"
allow fresh_read: web.¦fetch when partners.¦covers(args.¦url.¦host)
require approval fresh_mail: mail.send when session has ¦untrusted
  by role "owner" within 5m
deny fresh_two: git.¦push when any segment in args.¦branch.¦segments: segment == "wip"

`;

/** `¦` asks for completions; `⌫` takes back one character. */
export const EDIT_SESSION: readonly Stroke[] = [...RECORDED.matchAll(/(?:\{\n\}|[^¦])¦?/gu)].map(
  ([piece]) => {
    const key = piece.replace("¦", "");
    return { key: key === "⌫" ? "backspace" : key, completes: piece.endsWith("¦") };
  },
);
