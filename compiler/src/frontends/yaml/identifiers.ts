// Names that the front end makes up: of packages, policies and rules.

/** The text as an identifier: other characters become `_`. */
export function toIdentifier(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9_]+/g, "_");
  return /^[0-9]/.test(plain) || plain === "" ? `_${plain}` : plain;
}

/** The package of a file that names none: `policies/code-gen.aegis.yaml` is `code_gen`. */
export function packageOfFile(path: string): string {
  const file = path.split(/[\\/]/).at(-1) ?? "";
  const stem = file.replace(/\.(?:ya?ml|json)$/i, "").replace(/\.aegis$/i, "");
  return toIdentifier(stem === "" ? "policy" : stem);
}
