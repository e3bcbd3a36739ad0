/** The least room for the texts of a call; more is always twice as much. */
const LEAST_ROOM = 512;
/** A room that is so many times larger than what it is for is given up. */
const SPARE_ROOM = 8;
/** A unit of a text takes so many bytes at most. */
const UNIT_BYTES = 3;

const NO_ROOM = Buffer.alloc(0);
/** Where texts are put one after the other before it is known how much room they need. */
const desk = Buffer.allocUnsafeSlow(65_536);

/** A few texts as bytes one after the other, in a room outside the heap that is written again and again. */
export class KeptTexts {
  #room = NO_ROOM;
  readonly #ends: number[] = [];

  /** Bytes that the room has. */
  get size(): number {
    return this.#room.length;
  }

  /** Keeps copies of texts, or of the bytes of texts, in place of those before. */
  keep(texts: readonly (string | Uint8Array)[]): void {
    let most = 0;
    for (const text of texts) most += typeof text === 'string' ? text.length * UNIT_BYTES : text.length;
    const table = most <= desk.length ? desk : Buffer.allocUnsafeSlow(most);
    let end = 0;
    let index = 0;
    for (const text of texts) {
      if (typeof text === 'string') {
        if (text !== '') end += table.write(text, end, 'utf8');
      } else {
        table.set(text, end);
        end += text.length;
      }
      this.#ends[index++] = end;
    }
    if (this.#room.length < end || this.#room.length > Math.max(LEAST_ROOM, end) * SPARE_ROOM)
      this.#room = Buffer.allocUnsafeSlow(Math.max(LEAST_ROOM, 2 ** Math.ceil(Math.log2(end))));
    table.copy(this.#room, 0, 0, end);
  }

  text(index: number): string {
    return this.#room.toString('utf8', this.#startOf(index), this.#ends[index]);
  }

  /** Returns the bytes of one text where they are: they are others after the next `keep`. */
  bytes(index: number): Buffer {
    return this.#room.subarray(this.#startOf(index), this.#ends[index]);
  }

  #startOf(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] ?? 0);
  }
}
