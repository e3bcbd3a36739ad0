import { useState } from 'react';

/** The calls that something is to be done with together. */
export interface MarkedCallsState {
  readonly ids: ReadonlySet<string>;
  readonly mark: (ids: readonly string[], isMarked: boolean) => void;
  readonly letGo: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Keeps which calls of one list are marked; `of` is the search that made it. */
export function useMarkedCalls(of: string): MarkedCallsState {
  const [kept, set] = useState<{ readonly of: string; readonly ids: ReadonlySet<string> }>({ of, ids: NONE });
  return {
    ids: kept.of === of ? kept.ids : NONE,
    mark: (some, isMarked) => {
      // From what is marked by then: more may be marked while some are being sent again.
      set((before) => {
        const ids = new Set(before.of === of ? before.ids : NONE);
        for (const id of some) {
          if (isMarked) ids.add(id);
          else ids.delete(id);
        }
        return { of, ids };
      });
    },
    letGo: () => {
      set({ of, ids: NONE });
    },
  };
}
