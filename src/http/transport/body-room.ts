/** Room that one body takes. */
export interface Claim {
  /** Takes so many bytes instead of what it had; false where there is no room for them. */
  take(bytes: number): boolean;
  /** Says that the body has come: from now on it is not given up for others. */
  keep(): void;
  release(): void;
}

interface Held {
  readonly address: string;
  bytes: number;
  /** Gives the body up; null once it has come. */
  giveUp: (() => void) | null;
}

/**
 * Limits the bytes of bodies in memory, over all connections. Where there is no room, incomplete bodies are dropped, the
 * oldest of the address that holds most first, so that slow senders make room for others. One body alone always fits.
 */
export class BodyRoom {
  readonly #most: number;
  readonly #held = new Set<Held>();
  #used = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** `giveUp` is called at most once, never from within `take` of the same claim. */
  claim(address: string, giveUp: () => void): Claim {
    const held: Held = { address, bytes: 0, giveUp };
    this.#held.add(held);
    return {
      take: (bytes) => {
        const more = bytes - held.bytes;
        while (this.#used + more > this.#most && this.#used > held.bytes) {
          const victim = this.#victim(held);
          if (victim === null || victim === held) return false;
          const { giveUp: cut } = victim;
          this.#release(victim);
          cut?.();
        }
        this.#used += more;
        held.bytes = bytes;
        return true;
      },
      keep: () => {
        held.giveUp = null;
      },
      release: () => {
        this.#release(held);
      },
    };
  }

  #release(held: Held): void {
    if (!this.#held.delete(held)) return;
    this.#used -= held.bytes;
    held.bytes = 0;
    held.giveUp = null;
  }

  /** The oldest body still to come among those of the address that holds most of them. */
  #victim(asking: Held): Held | null {
    const byAddress = new Map<string, number>();
    for (const { address, bytes, giveUp } of this.#held)
      if (giveUp !== null) byAddress.set(address, (byAddress.get(address) ?? 0) + bytes);
    const [heaviest] = [...byAddress].reduce((most, one) => (one[1] > most[1] ? one : most), [asking.address, 0]);
    for (const held of this.#held) if (held.giveUp !== null && held.address === heaviest) return held;
    return null;
  }
}
