// Rules over the tools of recorded agents, written for the benchmark: a coding agent's and an office assistant's.
import type { BenchCondition, BenchEffect, BenchRule } from "./bench-rule.ts";

const starts = (value: string): BenchCondition => ({ field: "resource", op: "prefix", value });
const ends = (value: string): BenchCondition => ({ field: "resource", op: "suffix", value });
const hostEnds = (value: string): BenchCondition => ({ field: "host", op: "suffix", value });
const branch = (...value: readonly string[]): BenchCondition => ({ field: "env", op: "in", value });
const most = (value: number): BenchCondition => ({ field: "amount", op: "le", value });
const above = (value: number): BenchCondition => ({ field: "amount", op: "gt", value });

const rule = (
  id: string,
  effect: BenchEffect,
  [role, tool, action]: readonly [string, string, string],
  ...when: readonly BenchCondition[]
): BenchRule => ({ id, effect, role, tool, action, when });

const shell = ["coder", "coding", "run"] as const;
const edit = ["coder", "coding", "edit"] as const;
const write = ["coder", "coding", "write"] as const;
const read = ["coder", "coding", "read"] as const;

/* prettier-ignore */
export const RECORDED_RULES: readonly BenchRule[] = [
  rule("run_git", "allow", shell, starts("git ")),
  rule("run_go", "allow", shell, starts("go ")),
  rule("run_list", "allow", shell, starts("ls")),
  rule("run_short", "allow", shell, most(60_000), branch("branch")),
  rule("run_push", "approval", shell, starts("git push")),
  rule("run_push_main", "deny", shell, starts("git push"), branch("main")),
  rule("run_remove", "deny", shell, starts("rm ")),
  rule("run_fetch", "deny", shell, starts("curl ")),
  rule("run_long", "approval", shell, above(300_000)),
  rule("read_sources", "allow", read, starts("/")),
  rule("read_keys", "deny", read, ends(".pem")),
  rule("read_env", "deny", read, ends(".env")),
  rule("search_any", "allow", ["coder", "coding", "search"], most(100_000)),
  rule("edit_sources", "allow", edit, starts("/"), most(20_000)),
  rule("edit_main", "approval", edit, branch("main")),
  rule("edit_workflows", "deny", edit, ends(".yml"), branch("main")),
  rule("write_sources", "allow", write, starts("/")),
  rule("write_large", "approval", write, above(8_000)),
  rule("write_scripts", "deny", write, ends(".sh"), branch("main")),
  rule("fetch_hub", "allow", ["coder", "coding", "fetch"], hostEnds("github.com")),
  rule("fetch_docs", "allow", ["coder", "coding", "fetch"], hostEnds(".dev")),
  rule("bank_history", "allow", ["banking", "banking", "get_most_recent_transactions"], most(100)),
  rule("bank_send", "allow", ["banking", "banking", "send_money"], most(500)),
  rule("bank_send_much", "approval", ["banking", "banking", "send_money"], above(100)),
  rule("bank_read", "allow", ["banking", "banking", "read_file"], ends(".txt")),
  rule("bank_password", "deny", ["banking", "banking", "update_password"], most(100)),
  rule("slack_read", "allow", ["slack", "slack", "read_channel_messages"], most(100)),
  rule("slack_direct", "allow", ["slack", "slack", "send_direct_message"], most(2_000)),
  rule("slack_long", "approval", ["slack", "slack", "send_direct_message"], above(500)),
  rule("slack_page", "allow", ["slack", "slack", "get_webpage"], hostEnds(".com")),
  rule("slack_post", "approval", ["slack", "slack", "post_webpage"], hostEnds(".com")),
  rule("slack_invite", "deny", ["slack", "slack", "invite_user_to_slack"], hostEnds(".com")),
  rule("mail_send", "allow", ["workspace", "workspace", "send_email"], most(4_000)),
  rule("mail_long", "approval", ["workspace", "workspace", "send_email"], above(300)),
  rule("calendar_add", "allow", ["workspace", "workspace", "create_calendar_event"], most(4_000)),
  rule("calendar_day", "allow", ["workspace", "workspace", "get_day_calendar_events"], starts("2024-")),
  rule("file_delete", "deny", ["workspace", "workspace", "delete_file"], most(100)),
  rule("travel_hotel", "approval", ["travel", "travel", "reserve_hotel"], most(4_000)),
  rule("travel_mail", "deny", ["travel", "travel", "send_email"], above(1_000)),
  rule("travel_reviews", "allow", ["travel", "travel", "get_rating_reviews_for_hotels"], most(4_000)),
];
