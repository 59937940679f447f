// Whether a list of names holds one twice.
export const hasDuplicates = (names: readonly (string | number)[]): boolean =>
  new Set(names).size !== names.length;
