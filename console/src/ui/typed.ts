import { useState } from 'react';

const PREFIX = 'mingce.typed.';

/**
 * Returns what is typed into a form, which outlives loading the page again in the same tab. Where the browser keeps nothing,
 * it lasts as long as the page.
 */
export function useTyped<Value extends object>(form: string, empty: Value): readonly [Value, (value: Value) => void] {
  const key = PREFIX + form;
  const [typed, setTyped] = useState<Value>(() => keptOf<Value>(key) ?? empty);
  return [
    typed,
    (value) => {
      setTyped(value);
      try {
        if (Object.keys(value).length === 0) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, JSON.stringify(value));
      } catch {
        // The browser keeps nothing, or no more.
      }
    },
  ];
}

/** Forgets what was typed into any form: the next one at this browser is someone else. */
export function forgetTyped(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // The browser keeps nothing.
  }
}

function keptOf<Value extends object>(key: string): Value | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    // Only this page writes it.
    return typeof kept === 'object' && kept !== null ? (kept as Value) : null;
  } catch {
    return null;
  }
}
