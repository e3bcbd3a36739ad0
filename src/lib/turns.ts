import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

/** So long may one piece of work keep the event loop before others have their turn. */
const SLICE_MS = 2;

/** Long work that lets others have their turn: ask after each step, and wait for what is answered. */
export class Turns {
  readonly #ms: number;
  #since = performance.now();

  constructor(ms = SLICE_MS) {
    this.#ms = ms;
  }

  /** A promise to wait for where this turn has lasted long enough; undefined, which costs no wait, where it has not. */
  next(): Promise<void> | undefined {
    return performance.now() - this.#since < this.#ms ? undefined : this.#others();
  }

  async #others(): Promise<void> {
    await setImmediate();
    this.#since = performance.now();
  }
}

/** So much text is put together before it becomes bytes. */
const PIECE_LENGTH = 65_536;

/** The JSON text of a long list, put together a little at a time, so that others have their turn meanwhile. */
export class JsonList {
  readonly #turns: Turns;
  readonly #pieces: Buffer[] = [];
  #text = '';
  #isEmpty = true;

  constructor(turns = new Turns()) {
    this.#turns = turns;
  }

  /** Appends each of some things as it is shown. */
  async add<Thing>(things: Iterable<Thing>, show: (thing: Thing) => object): Promise<void> {
    for (const thing of things) {
      this.#text += `${this.#isEmpty ? '' : ','}${JSON.stringify(show(thing))}`;
      this.#isEmpty = false;
      if (this.#text.length > PIECE_LENGTH) this.#cut();
      const others = this.#turns.next();
      if (others !== undefined) await others;
    }
    // What was read for these things took time, too, also where none of them was appended.
    await this.#turns.next();
  }

  /** The list in its brackets, between the text before and after it. */
  between(before: string, after: string): Buffer {
    this.#cut();
    return Buffer.concat([Buffer.from(`${before}[`), ...this.#pieces, Buffer.from(`]${after}`)]);
  }

  #cut(): void {
    this.#pieces.push(Buffer.from(this.#text));
    this.#text = '';
  }
}

/** The same items, each made when it is taken; others have their turn meanwhile. */
export async function* yieldBetween<Item>(items: Iterable<Item>): AsyncGenerator<Item, void, undefined> {
  const turns = new Turns();
  for (const item of items) {
    yield item;
    await turns.next();
  }
}

/**
 * The same items, with others having their turn now and then. Where that happens first, all that are left are taken out, as
 * what holds them may change meanwhile.
 */
export async function* inTurns<Item>(items: Iterable<Item>): AsyncGenerator<Item, void, undefined> {
  const turns = new Turns();
  let left = items[Symbol.iterator]();
  let areTaken = false;
  for (let next = left.next(); next.done !== true; next = left.next()) {
    yield next.value;
    const others = turns.next();
    if (others === undefined) continue;
    if (!areTaken) {
      const rest: Item[] = [];
      for (let one = left.next(); one.done !== true; one = left.next()) rest.push(one.value);
      left = rest.values();
      areTaken = true;
    }
    await others;
  }
}
