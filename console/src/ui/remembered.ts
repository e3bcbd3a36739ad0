import { useCallback, useState } from 'react';

/** Reads what was kept; null where it is not what the page expects. */
type Read<Value> = (kept: unknown) => Value | null;

/** Returns a choice that this browser remembers, and how to change it. Where nothing can be kept, it lasts as long as the page. */
export function useRemembered<Value>(
  key: string,
  fallback: Value,
  read: Read<Value>,
): readonly [Value, (value: Value) => void] {
  const [kept, setKept] = useState<Value>(() => rememberedOf(key, read) ?? fallback);
  const keep = useCallback(
    (value: Value) => {
      setKept(value);
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // The browser keeps nothing, or no more; the choice holds until the page is closed.
      }
    },
    [key],
  );
  return [kept, keep];
}

function rememberedOf<Value>(key: string, read: Read<Value>): Value | null {
  try {
    const text = localStorage.getItem(key);
    return text === null ? null : read(JSON.parse(text));
  } catch {
    return null;
  }
}
