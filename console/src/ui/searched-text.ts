import { useCallback, useEffect, useRef, useState } from 'react';

/** A text that is typed, and searched for by the page's address. */
interface SearchedText {
  readonly typed: string;
  readonly type: (text: string) => void;
  /** Puts a text into the address. */
  readonly send: (text: string) => void;
}

/**
 * Returns what a search field shows: the text of the address, also where a link changes it, and what was typed since. The address
 * changes some time after it was asked to, so a letter typed meanwhile would be lost to a field that only follows it.
 */
export function useSearchedText(text: string, search: (text: string) => void): SearchedText {
  const [typed, type] = useState(text);
  /** What this field put into the address, and is not there yet. */
  const sent = useRef<readonly string[]>([]);
  useEffect(() => {
    const at = sent.current.indexOf(text);
    sent.current = sent.current.slice(at + 1);
    if (at !== -1) return;
    sent.current = [];
    type(text);
  }, [text]);
  const send = useCallback(
    (next: string): void => {
      if (next !== text) sent.current = [...sent.current, next];
      search(next);
    },
    [text, search],
  );
  return { typed, type, send };
}
