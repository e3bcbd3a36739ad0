import { useSyncExternalStore } from 'react';

/* Whether the session of an open page ended: the page stays as it is, and asks for the key in place. */

let hasEnded = false;
const listeners = new Set<() => void>();

/** Notes that the server does not know the session any more, or that there is one again. */
export function noteSession(ended: boolean): void {
  if (hasEnded === ended) return;
  hasEnded = ended;
  for (const listener of listeners) listener();
}

/** Returns whether the session ended while the page was open. */
export function useSessionEnded(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hasEnded,
  );
}
