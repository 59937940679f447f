// A fixed piece of JSON text as its bytes: a word, a name.
const encoder = new TextEncoder();

export class JsonToken {
  readonly length: number;
  /** Its bytes four by four; of the last four those count that the mask leaves. */
  readonly fours: Int32Array;
  readonly last: number;
  readonly mask: number;

  constructor(text: string) {
    const bytes = encoder.encode(text);
    const { length } = bytes;
    const view = new DataView(new ArrayBuffer(length + 4));
    bytes.forEach((byte, at) => view.setUint8(at, byte));
    this.length = length;
    this.fours = new Int32Array((length + 3) >> 2).map((_, index) => view.getInt32(index * 4, true));
    this.last = this.fours.length - 1;
    this.mask = (-1 >>> (-8 * (length % 4))) | 0;
  }
}
