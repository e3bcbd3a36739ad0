import { useSyncExternalStore } from 'react';

/* Whether the server became another version while the page was open. */

let first: string | null = null;
let isOther = false;
const listeners = new Set<() => void>();

/** Notes the version that an answer names. */
export function noteVersion(version: string | null): void {
  if (version === null) return;
  first ??= version;
  if (isOther || version === first) return;
  isOther = true;
  for (const listener of listeners) listener();
}

/** Returns whether the page is older than its server. */
export function useIsOutdated(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isOther,
  );
}
