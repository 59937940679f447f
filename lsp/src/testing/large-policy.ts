// A policy of any size for measurements: policies of three rules over tools of the library, without a mistake.

/** At least `lines` lines of package `name`. */
export function largePolicy(lines: number, name: string): string {
  const head = `/// Made for measurements.
package ${name}
import std.tools.{git, web, mail}

const protected: set<git_ref> = { "main", "master" }
const partners: set<host_pattern> = { "*.partner.example", "api.example.com" }
fn ships(branch: git_ref): bool = branch in protected or branch.starts_with("release/")
label untrusted set on call web.fetch per session

`;
  const blocks: string[] = [head];
  let count = head.split("\n").length - 1;
  for (let number = 0; count < lines; number += 1) {
    const n = String(number);
    blocks.push(`/// Agent ${n}.
policy p${n} for agent.id == "agent-${n}" {
  allow read_${n}: web.fetch when partners.covers(args.url.host) and args.url.scheme == "https"
  deny push_${n}: git.push when ships(args.branch) and args.repo == "acme/repository-${n}"
    because "a push to {args.branch} ships to customers"
  require approval mail_${n}: mail.send when session has untrusted and args.body.contains("${n}")
    by role "owner-${n}" within 30m
}

`);
    count += 9;
  }
  return blocks.join("");
}
