import { setTimeout } from 'node:timers';

/** Waits for so many milliseconds; the process need not stay for that. */
export function after(ms: number): Promise<true> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(true);
    }, ms).unref();
  });
}
