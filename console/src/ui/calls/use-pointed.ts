import { useEffect, useRef, type PointerEventHandler } from 'react';

/** A pointer that does not move for so long is taken for one that was left there. */
const RESTS_AFTER_MS = 2_000;

/** What an element is given so that it is known whether a pointer is at work over it. */
export interface Pointed {
  readonly onPointerMove: PointerEventHandler;
  readonly onPointerDown: PointerEventHandler;
  readonly onPointerLeave: PointerEventHandler;
}

/** Says when a pointer begins to move over an element, and when it has left or rests. */
export function usePointed(changed: (isPointed: boolean) => void): Pointed {
  const rests = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(changed);
  useEffect(() => {
    last.current = changed;
  });
  useEffect(
    () => () => {
      clearTimeout(rests.current);
    },
    [],
  );
  const moves = (): void => {
    clearTimeout(rests.current);
    rests.current = setTimeout(() => {
      last.current(false);
    }, RESTS_AFTER_MS);
    last.current(true);
  };
  return {
    onPointerMove: moves,
    onPointerDown: moves,
    onPointerLeave: () => {
      clearTimeout(rests.current);
      last.current(false);
    },
  };
}
