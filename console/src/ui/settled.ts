import { useEffect, useState } from 'react';

/** So long nothing is typed before a value counts, where no other time is given. */
const REST_MS = 300;

/** Returns a value as it was when it last rested; what does not change in content is the same value. */
export function useSettled<Value>(value: Value, restMs = REST_MS): Value {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState({ text, value });
  useEffect(() => {
    if (text === settled.text) return undefined;
    const timeout = setTimeout(() => {
      setSettled({ text, value: JSON.parse(text) as Value });
    }, restMs);
    return () => {
      clearTimeout(timeout);
    };
  }, [text, settled.text, restMs]);
  return settled.value;
}
