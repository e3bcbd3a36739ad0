/** So many numbers are sorted at one time. */
const RUN = 4_096;

/** Sorts numbers in place, a piece at a time, so that others have their turn meanwhile. */
export async function sortInSlices(
  numbers: Uint32Array,
  compare: (one: number, other: number) => number,
  pause: () => Promise<void> | undefined,
): Promise<void> {
  for (let from = 0; from < numbers.length; from += RUN) {
    numbers.subarray(from, from + RUN).sort(compare);
    await pause();
  }
  let source: Uint32Array = numbers;
  let target: Uint32Array = new Uint32Array(numbers.length);
  for (let width = RUN; width < numbers.length; width *= 2) {
    for (let from = 0; from < source.length; from += 2 * width) {
      await merge(source, target, { from, middle: from + width, to: from + 2 * width }, compare, pause);
    }
    [source, target] = [target, source];
  }
  if (source !== numbers) numbers.set(source);
}

/** Merges two sorted runs that lie beside each other. */
async function merge(
  source: Uint32Array,
  target: Uint32Array,
  run: { readonly from: number; readonly middle: number; readonly to: number },
  compare: (one: number, other: number) => number,
  pause: () => Promise<void> | undefined,
): Promise<void> {
  const middle = Math.min(run.middle, source.length);
  const to = Math.min(run.to, source.length);
  let [left, right] = [run.from, middle];
  for (let at = run.from; at < to; at++) {
    const one = source[left] as number;
    const other = source[right] as number;
    const isLeft = right >= to || (left < middle && compare(one, other) <= 0);
    target[at] = isLeft ? one : other;
    if (isLeft) left++;
    else right++;
    if (at % RUN === 0) await pause();
  }
}

/** So many more numbers find room before all are copied. */
const SPARE = 1_024;

/** Numbers that stay sorted while some are added and taken out. */
export class SortedNumbers {
  readonly #compare: (one: number, other: number) => number;
  #numbers: Uint32Array;
  #length: number;

  /** The numbers are sorted already. */
  constructor(sorted: Uint32Array, compare: (one: number, other: number) => number) {
    this.#numbers = sorted;
    this.#length = sorted.length;
    this.#compare = compare;
  }

  get length(): number {
    return this.#length;
  }

  at(place: number): number {
    return this.#numbers[place] as number;
  }

  add(number: number): void {
    if (this.#length === this.#numbers.length) {
      const longer = new Uint32Array(this.#length + SPARE);
      longer.set(this.#numbers);
      this.#numbers = longer;
    }
    const place = this.#placeOf(number);
    this.#numbers.copyWithin(place + 1, place, this.#length++);
    this.#numbers[place] = number;
  }

  /** Takes a number out, by what it is sorted by now. */
  remove(number: number): void {
    const place = this.#placeOf(number);
    if (place >= this.#length || this.#numbers[place] !== number) return;
    this.#numbers.copyWithin(place, place + 1, this.#length--);
  }

  #placeOf(number: number): number {
    let [low, high] = [0, this.#length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.at(middle), number) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
