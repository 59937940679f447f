// The bytes of a request for engines that take bytes.
const encoder = new TextEncoder();

/**
 * In UTF-8. Half of a surrogate pair, which UTF-8 has no bytes for, becomes the three bytes that naive encoders give it:
 * the engine must see that something is wrong, where `TextEncoder` would put another character.
 */
export function utf8Bytes(text: string): Uint8Array<ArrayBuffer> {
  if (text.isWellFormed()) return encoder.encode(text);
  const bytes = [...text].flatMap((character) => {
    const unit = character.charCodeAt(0);
    return character.length === 1 && unit >= 0xd800 && unit < 0xe000
      ? [0xed, ((unit >> 6) & 0x3f) | 0x80, (unit & 0x3f) | 0x80]
      : [...encoder.encode(character)];
  });
  return new Uint8Array(bytes);
}
