// CVSS base scores: computed from vectors of version 3, taken from words where there is only a word.

const METRICS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  C: { N: 0, L: 0.22, H: 0.56 },
  I: { N: 0, L: 0.22, H: 0.56 },
  A: { N: 0, L: 0.22, H: 0.56 },
};
/** Privileges weigh less where the scope changes. */
const PRIVILEGES: Readonly<Record<string, readonly [unchanged: number, changed: number]>> = {
  N: [0.85, 0.85],
  L: [0.62, 0.68],
  H: [0.27, 0.5],
};

/** Up to one decimal, as the specification of 3.1 does it: on integers, so that no rounding error lifts a score. */
function roundUp(value: number): number {
  const integer = Math.round(value * 100_000);
  return integer % 10_000 === 0 ? integer / 100_000 : (Math.floor(integer / 10_000) + 1) / 10;
}

/** The base score of a `CVSS:3.0/…` or `CVSS:3.1/…` vector, 0 to 10; undefined for anything else. */
export function baseScore(vector: string): number | undefined {
  const [version, ...parts] = vector.split("/");
  if (version !== "CVSS:3.0" && version !== "CVSS:3.1") return undefined;
  const given = new Map<string, string>();
  for (const part of parts) {
    const [name = "", value = "", ...more] = part.split(":");
    if (more.length > 0 || given.has(name)) return undefined;
    given.set(name, value);
  }
  const weight = (name: string): number | undefined => {
    const weights = Object.hasOwn(METRICS, name) ? METRICS[name] : undefined;
    const value = given.get(name) ?? "";
    return weights !== undefined && Object.hasOwn(weights, value) ? weights[value] : undefined;
  };
  const scope = given.get("S");
  const changed = scope === "C";
  const privilege = given.get("PR") ?? "";
  const privileges = Object.hasOwn(PRIVILEGES, privilege)
    ? PRIVILEGES[privilege]?.[changed ? 1 : 0]
    : undefined;
  const [av, ac, ui, c, i, a] = ["AV", "AC", "UI", "C", "I", "A"].map(weight);
  if (
    (scope !== "U" && scope !== "C") ||
    privileges === undefined ||
    av === undefined ||
    ac === undefined ||
    ui === undefined ||
    c === undefined ||
    i === undefined ||
    a === undefined
  )
    return undefined;
  const iss = 1 - (1 - c) * (1 - i) * (1 - a);
  const impact = changed ? 7.52 * (iss - 0.029) - 3.25 * (iss - 0.02) ** 15 : 6.42 * iss;
  if (impact <= 0) return 0;
  const exploitability = 8.22 * av * ac * privileges * ui;
  return roundUp(Math.min((changed ? 1.08 : 1) * (impact + exploitability), 10));
}

/** The lowest score that the word stands for; undefined for words that say nothing. */
export function scoreOfWord(word: string): number | undefined {
  switch (word.toLowerCase()) {
    case "critical":
      return 9;
    case "high":
    case "important":
      return 7;
    case "medium":
    case "moderate":
      return 4;
    case "low":
      return 0.1;
    case "none":
    case "negligible":
    case "info":
      return 0;
    default:
      return undefined;
  }
}
