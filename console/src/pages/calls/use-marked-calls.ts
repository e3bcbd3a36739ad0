import { useState } from 'react';
import type { ListedCall } from '../../ui/calls/listed-call.ts';

/** The calls that something is to be done with together. */
export interface MarkedCallsState {
  readonly ids: ReadonlySet<string>;
  /** The list as it was when the first one was marked; null: none is. */
  readonly calls: readonly ListedCall[] | null;
  readonly mark: (ids: readonly string[], isMarked: boolean) => void;
  readonly letGo: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Keeps which calls are marked, and the list still while some are. */
export function useMarkedCalls(listed: readonly ListedCall[]): MarkedCallsState {
  const [{ ids, calls }, set] = useState<Pick<MarkedCallsState, 'ids' | 'calls'>>({ ids: NONE, calls: null });
  return {
    ids,
    calls,
    mark: (some, isMarked) => {
      const next = new Set(ids);
      for (const id of some) {
        if (isMarked) next.add(id);
        else next.delete(id);
      }
      set({ ids: next, calls: next.size === 0 ? null : (calls ?? listed) });
    },
    letGo: () => {
      set({ ids: NONE, calls: null });
    },
  };
}
