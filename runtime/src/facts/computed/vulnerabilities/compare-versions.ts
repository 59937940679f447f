// The order of versions by Semantic Versioning; what has other forms cannot be told.

const VERSION =
  /^v?([0-9]{1,15})(?:\.([0-9]{1,15}))?(?:\.([0-9]{1,15}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** Negative, zero or positive; missing parts are zero. Undefined where one of them is no such version. */
export function compareVersions(one: string, other: string): number | undefined {
  const left = VERSION.exec(one);
  const right = VERSION.exec(other);
  if (left === null || right === null) return undefined;
  for (const part of [1, 2, 3] as const) {
    const order = Number(left[part] ?? 0) - Number(right[part] ?? 0);
    if (order !== 0) return order;
  }
  return comparePrereleases(left[4], right[4]);
}

function comparePrereleases(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined)
    return Number(one === undefined) - Number(other === undefined);
  const left = one.split(".");
  const right = other.split(".");
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const a = left[index];
    const b = right[index];
    if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined);
    if (a === b) continue;
    const numeric = [a, b].map((each) => /^[0-9]+$/.test(each));
    if (numeric[0] === true && numeric[1] === true) return Number(a) - Number(b);
    if (numeric[0] !== numeric[1]) return numeric[0] === true ? -1 : 1;
    return a < b ? -1 : 1;
  }
  return 0;
}
