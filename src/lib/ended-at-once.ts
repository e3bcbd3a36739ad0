/**
 * Pieces whose reader may stop while the next one is waited for; `end` then lets go of what they come from. A generator
 * alone would go on until its next piece, and one that has not begun would not end at all.
 */
export function endedAtOnce<Piece>(pieces: AsyncIterable<Piece>, end: () => void): AsyncIterable<Piece> {
  return {
    [Symbol.asyncIterator]: () => {
      const iterator = pieces[Symbol.asyncIterator]();
      let isOver = false;
      return {
        next: () => (isOver ? Promise.resolve(OVER) : iterator.next()),
        return: () => {
          if (!isOver) {
            isOver = true;
            end();
            letGo(iterator);
          }
          return Promise.resolve(OVER);
        },
      };
    },
  };
}

const OVER = { done: true, value: undefined } as const;

/** Changes pieces on their way; they end as soon as their reader stops, if those that they are made of do. */
export function changedPieces<From, To>(
  pieces: AsyncIterable<From>,
  change: (pieces: AsyncIterable<From>) => AsyncIterable<To>,
): AsyncIterable<To> {
  const iterator = pieces[Symbol.asyncIterator]();
  return endedAtOnce(change({ [Symbol.asyncIterator]: () => iterator }), () => {
    letGo(iterator);
  });
}

/** Ends pieces that are read no further. What goes wrong with it concerns no reader any more. */
export function letGo(iterator: AsyncIterator<unknown> | undefined): void {
  iterator?.return?.().catch(() => undefined);
}
