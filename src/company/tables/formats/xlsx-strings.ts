/** How many texts there is room for at first. */
const FIRST = 1_024;

/**
 * The shared texts of a workbook, in as many bytes as they have in UTF-8. As strings those of 100,000 people take ten
 * times as much.
 */
export class SharedStrings {
  #bytes = Buffer.allocUnsafe(FIRST * 16);
  #ends = new Uint32Array(FIRST);
  #count = 0;
  #length = 0;

  get bytes(): number {
    return this.#length;
  }

  add(text: string): void {
    const size = Buffer.byteLength(text);
    while (this.#length + size > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(this.#bytes.length * 2);
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#bytes.write(text, this.#length);
    this.#length += size;
    if (this.#count === this.#ends.length) {
      const larger = new Uint32Array(this.#ends.length * 2);
      larger.set(this.#ends);
      this.#ends = larger;
    }
    this.#ends[this.#count++] = this.#length;
  }

  /** Undefined where there is no such text. */
  at(index: number): string | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.#count) return undefined;
    return this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1], this.#ends[index]);
  }
}
