import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';

/** An answer that its caller has not taken yet. */
interface Unread {
  readonly socket: Socket;
  readonly since: number;
}

/**
 * How many bytes of answers wait at one time for callers to take them, over all connections. Beyond that the one that
 * has held most for longest is cut off, until the others fit. One answer alone always fits.
 */
export class UnreadAnswers {
  readonly #most: number;
  readonly #unread = new Set<Unread>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts an answer until it is taken; returns how many others were cut off for it, and the function that ends it. */
  keep(socket: Socket): { readonly cut: number; readonly taken: () => void } {
    const unread: Unread = { socket, since: performance.now() };
    this.#unread.add(unread);
    let cut = 0;
    let held = this.#held;
    while (held > this.#most && this.#unread.size > 1) {
      const worst = this.#worst();
      held -= worst.socket.writableLength;
      this.#unread.delete(worst);
      worst.socket.destroy();
      cut++;
    }
    return { cut, taken: () => void this.#unread.delete(unread) };
  }

  get #held(): number {
    let bytes = 0;
    for (const { socket } of this.#unread) bytes += socket.writableLength;
    return bytes;
  }

  #worst(): Unread {
    const now = performance.now();
    const weight = ({ socket, since }: Unread): number => socket.writableLength * (now - since + 1);
    return [...this.#unread].reduce((worst, one) => (weight(one) > weight(worst) ? one : worst));
  }
}
