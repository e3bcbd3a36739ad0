import { useCallback, useState } from 'react';
import type { ListedCall } from './listed-call.ts';

/** Why a live list is kept still: each is something that a row which moves would spoil. */
export type StillReason = 'paused' | 'marked' | 'stepped' | 'scrolled' | 'pointed';

/** A live list that is kept still while a reader is at work in it. */
export interface StillCalls {
  readonly calls: readonly ListedCall[];
  /** How many calls came since the list is kept still. */
  readonly came: number;
  readonly isHeldFor: (reason: StillReason) => boolean;
  readonly hold: (reason: StillReason, isHeld: boolean) => void;
  /** How often what came was taken in: with each the list begins at its top again. */
  readonly takenIn: number;
  /** Lets the list go on, whatever held it. */
  readonly letGo: () => void;
  /** Shows what came, and keeps the list still again for as long as there is a reason. */
  readonly takeIn: () => void;
}

interface Held {
  /** The list that this is about: another search is another list. */
  readonly of: string;
  readonly reasons: ReadonlySet<StillReason>;
  /** The list as it was when the first reason came; null: there is none. */
  readonly calls: readonly ListedCall[] | null;
  /** How many calls had come by then. */
  readonly total: number;
}

/** A list that nothing holds. */
const flowing = (of: string): Held => ({ of, reasons: new Set(), calls: null, total: 0 });

/** Keeps a list of calls still while there is a reason; `total` counts every call that came, also those the list has no room for. */
export function useStillCalls(listed: readonly ListedCall[], of: string, total: number): StillCalls {
  const [kept, set] = useState(() => flowing(of));
  const [takenIn, setTakenIn] = useState(0);
  const now = kept.of === of ? kept : flowing(of);
  const isHeld = now.calls !== null;
  const hold = useCallback(
    (reason: StillReason, isHeldNow: boolean) => {
      set((before) => {
        const last = before.of === of ? before : flowing(of);
        if (last.reasons.has(reason) === isHeldNow) return before;
        const reasons = new Set(last.reasons);
        if (isHeldNow) reasons.add(reason);
        else reasons.delete(reason);
        if (reasons.size === 0) return flowing(of);
        return last.calls === null ? { of, reasons, calls: listed, total } : { ...last, reasons };
      });
    },
    [of, listed, total],
  );
  return {
    calls: now.calls ?? listed,
    came: isHeld ? Math.max(total - now.total, 0) : 0,
    isHeldFor: (reason) => now.reasons.has(reason),
    hold,
    takenIn,
    letGo: () => {
      set(flowing(of));
    },
    takeIn: () => {
      setTakenIn(takenIn + 1);
      if (isHeld) set({ ...now, calls: listed, total });
    },
  };
}
