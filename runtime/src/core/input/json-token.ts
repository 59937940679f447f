// A fixed piece of JSON text as its bytes: a word, a name.
const encoder = new TextEncoder();

export class JsonToken {
  readonly length: number;
  /** Its bytes four by four, zeros behind them. */
  readonly fours: Int32Array;
  /** Four of its bytes each: the first, those from `middleAt` on and those from `tailAt` on, which may overlap. */
  readonly head: number;
  readonly middle: number;
  readonly tail: number;
  readonly middleAt: number;
  readonly tailAt: number;
  /** The bits that count of those three: all, unless it is shorter than four bytes. */
  readonly mask: number;

  constructor(text: string) {
    const bytes = encoder.encode(text);
    const { length } = bytes;
    const view = new DataView(new ArrayBuffer(length + 4));
    bytes.forEach((byte, at) => view.setUint8(at, byte));
    this.length = length;
    this.fours = new Int32Array((length + 3) >> 2).map((_, index) => view.getInt32(index * 4, true));
    this.tailAt = Math.max(0, length - 4);
    this.middleAt = Math.min(4, this.tailAt);
    this.head = view.getInt32(0, true);
    this.middle = view.getInt32(this.middleAt, true);
    this.tail = view.getInt32(this.tailAt, true);
    this.mask = length < 4 ? (1 << (length * 8)) - 1 : -1;
  }
}
