import { useEffect, useState } from 'react';

/** So long nothing is typed before a value counts. */
const REST_MS = 300;

/** Returns a value as it was when it last rested; what does not change in content is the same value. */
export function useSettled<Value>(value: Value): Value {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState({ text, value });
  useEffect(() => {
    if (text === settled.text) return undefined;
    const timeout = setTimeout(() => {
      setSettled({ text, value: JSON.parse(text) as Value });
    }, REST_MS);
    return () => {
      clearTimeout(timeout);
    };
  }, [text, settled.text]);
  return settled.value;
}
