// Package URLs (`pkg:npm/%40scope/name@1.2.3`): which package, in which version.

export interface PackageUrl {
  /** `npm/@scope/name`: type in lower case, namespace and name decoded. */
  readonly package: string;
  readonly version: string | undefined;
}

const SHAPE = /^pkg:\/{0,2}([A-Za-z][A-Za-z0-9.+-]*)\/([^@?#]+)(?:@([^?#]+))?(?:\?[^#]*)?(?:#.*)?$/;

/** Undefined for anything else. */
export function readPackageUrl(text: string): PackageUrl | undefined {
  const found = text.length > 2000 ? null : SHAPE.exec(text);
  if (found === null) return undefined;
  const [, type = "", path = "", version] = found;
  try {
    const segments = path.split("/").filter((each) => each !== "");
    return {
      package: [type.toLowerCase(), ...segments.map((each) => decodeURIComponent(each))].join("/"),
      version: version === undefined ? undefined : decodeURIComponent(version),
    };
  } catch {
    return undefined;
  }
}
