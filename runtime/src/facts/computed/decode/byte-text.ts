// Bytes as text: what in them can be read, and how much of them that is.

/** Shortest stretch of readable characters in other bytes that may say something. */
const MIN_STRETCH = 12;
const STRETCH = new RegExp(`[\\x20-\\x7e]{${String(MIN_STRETCH)},}`, "g");
const utf8 = new TextDecoder("utf-8", { fatal: true });
const utf16 = new TextDecoder("utf-16le", { fatal: true });

/** Readable throughout: line breaks and tabs, but no other control characters. */
const UNREADABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd\ufffe\uffff]/;

/** The whole text if the bytes are one; else its readable stretches, a line each; `undefined` where there are none. */
export function readBytesAsText(
  bytes: Uint8Array,
): { readonly text: string; readonly whole: boolean } | undefined {
  for (const decoder of [utf8, utf16]) {
    // Most bytes that are no text are told apart without the price of an exception.
    if (decoder === utf16 ? !looksLikeUtf16(bytes) : bytes.some(isControl)) continue;
    try {
      const text = decoder.decode(bytes);
      if (text !== "" && !UNREADABLE.test(text)) return { text, whole: true };
    } catch {
      // Not in this encoding.
    }
  }
  const stretches = latin1(bytes).match(STRETCH);
  return stretches === null ? undefined : { text: stretches.join("\n"), whole: false };
}

const isControl = (byte: number): boolean =>
  byte === 0x7f || (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);

/** Many of every other byte are zero, as in English text of Windows programs. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  if (bytes.length < 8 || bytes.length % 2 !== 0) return false;
  let zeros = 0;
  for (let index = 1; index < bytes.length; index += 2) if (bytes[index] === 0) zeros += 1;
  return zeros > bytes.length / 8;
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 8192)
    text += String.fromCharCode(...bytes.subarray(index, index + 8192));
  return text;
}
