// When two names are too alike to stand side by side: hosts fold case, width and `-._`.

/** NFKC, lower case, and `-` `.` for `_`: names equal after this are refused in one manifest. */
export const foldName = (name: string): string =>
  name.normalize("NFKC").toLowerCase().normalize("NFKC").replace(/[-._]/g, "_");
