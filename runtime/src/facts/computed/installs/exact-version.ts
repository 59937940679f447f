// Whether a version names one release: no range, no tag, no wildcard.

const EXACT = /^(?:=|==)?v?[0-9]+(?:[._-][0-9A-Za-z]+)*(?:[+~:][0-9A-Za-z.+~:_-]*)?$/;

/** `1.2.3`, `==2.0`, `v1.2.3-rc.1`, `1:2.3-4ubuntu1`: yes; `^1.2`, `1.x`, `latest`, `>=1`, `` and `1.2.*`: no. */
export const isExactVersion = (text: string): boolean =>
  text.length <= 200 && EXACT.test(text) && !/(?:^|[.])[xX](?:$|[.])/.test(text);
