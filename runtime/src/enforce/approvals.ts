// Whether approvals that people gave meet the approvals that a decision asks for.
import type { JsonObject, JsonValue, Obligation } from "../core/index.ts";
import type { PolicyCall } from "./policy-call.ts";

export type ApprovalObligation = Extract<Obligation, { type: "approval" }>;

/** A person whom the approval broker has verified, and the roles that it has verified for them. */
export interface Approver {
  readonly id: string;
  readonly roles: readonly string[];
}

/** One person's yes to one held call: an answer that the broker has verified. */
export interface ApprovalGiven {
  readonly by: Approver;
  /** Milliseconds. */
  readonly at: number;
}

/**
 * True when every person asked for can be a different one, none of them the requester, who answered in time; and it is
 * still time (`now`, ms). Slots and people are matched by augmenting paths, so that somebody with two roles fills the
 * one where nobody else can.
 */
export function approvalsMet(
  asked: readonly ApprovalObligation[],
  given: readonly ApprovalGiven[],
  requesters: ReadonlySet<string>,
  askedAt: number,
  now: number,
): boolean {
  const people = [...new Map(given.map((each) => [each.by.id, each])).values()].filter(
    (each) => !requesters.has(each.by.id),
  );
  const slots = asked.flatMap(({ by, within }) => {
    const limit = within === undefined ? Infinity : (isoDurationMs(within) ?? -1);
    return by.flatMap(({ role, user, count }) =>
      Array.from({ length: count }, () => ({ role, user, limit })),
    );
  });
  const fits = ({ role, user, limit }: (typeof slots)[number], { by, at }: ApprovalGiven): boolean =>
    at >= askedAt &&
    at <= now &&
    now - askedAt <= limit &&
    (role === undefined || by.roles.includes(role)) &&
    (user === undefined || by.id === user);
  const slotOf = new Map<ApprovalGiven, number>();
  const assign = (slot: number, tried: Set<ApprovalGiven>): boolean => {
    const wanted = slots[slot];
    if (wanted === undefined) return false;
    for (const person of people) {
      if (tried.has(person) || !fits(wanted, person)) continue;
      tried.add(person);
      const other = slotOf.get(person);
      if (other === undefined || assign(other, tried)) {
        slotOf.set(person, slot);
        return true;
      }
    }
    return false;
  };
  return slots.every((_, slot) => assign(slot, new Set()));
}

/** Milliseconds of `P1DT2H3M4.5S`; null for anything else. */
export function isoDurationMs(text: string): number | null {
  const match = /^P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,3}))?S)?)?$/.exec(text);
  if (match === null || text === "P") return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const fraction = Number((match[5] ?? "").padEnd(3, "0"));
  return (((part(1) * 24 + part(2)) * 60 + part(3)) * 60 + part(4)) * 1000 + fraction;
}

/** Everybody on whose behalf a call is made, by id: the agent and whoever stands in its chain of delegation. */
export function requestersOf(agent: PolicyCall["agent"]): ReadonlySet<string> {
  const ids = new Set<string>([agent.id]);
  let link: JsonValue | undefined = agent["on_behalf_of"];
  while (typeof link === "object" && link !== null && "id" in link) {
    ids.add(String(link["id"]));
    link = (link as JsonObject)["on_behalf_of"];
  }
  return ids;
}
