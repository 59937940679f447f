// Whether a text is JSON at all: some requests are broken on purpose.

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
