import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SlidingWindows, type Window } from './limits.ts';

test('no stretch of a window has more calls than it allows, however they come, and none waits without need', () => {
  const window = fc.record({ requests: fc.integer({ min: 1, max: 40 }), ms: fc.integer({ min: 1, max: 2_000 }) });
  const pauses = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), pauses, (windows, waits) => {
      let now = 0;
      const counted = new SlidingWindows(windows, { now: () => now });
      const sent: number[] = [];
      for (const pause of waits) {
        now += pause;
        const wait = counted.take();
        // A moment before the wait ends there is still no place; then there is.
        now += wait - (wait > 0 ? 1 : 0);
        const early = wait > 0 ? counted.take() : null;
        now += wait > 0 ? 1 : 0;
        const late = wait > 0 ? counted.take() : null;
        expect([early, late]).toEqual(wait > 0 ? [1, 0] : [null, null]);
        sent.push(now);
        for (const { requests, ms } of windows) {
          expect(sent.filter((at) => at > now - ms).length).toBeLessThanOrEqual(requests);
        }
      }
    }),
  );
});

/** Uses as much as there is; answers which part of the limit that is. */
function rateOf(window: Window): { readonly counted: SlidingWindows; readonly rate: (ms: number) => number } {
  let now = 0;
  const counted = new SlidingWindows([window], { now: () => now });
  const rate = (ms: number): number => {
    let sent = 0;
    for (const end = now + ms; now < end;) {
      const wait = counted.take();
      if (wait === 0) sent++;
      else now += wait;
    }
    return sent / ((ms / window.ms) * window.requests);
  };
  return { counted, rate };
}

test.each([
  { requests: 1_000, ms: 60_000 },
  // Of a small number a whole call less would be a tenth.
  { requests: 10, ms: 1_000 },
])('of $requests calls in $ms ms 98 in a hundred are used', (window) => {
  expect(rateOf(window).rate(window.ms * 200)).toBeCloseTo(0.98, 1.5);
});

test('after a limit answer 95 in a hundred are used for ten minutes', () => {
  const { counted, rate } = rateOf({ requests: 10, ms: 1_000 });
  rate(60_000);
  counted.reached();
  expect(rate(595_000)).toBeCloseTo(0.95, 2);
  rate(10_000);
  expect(rate(600_000)).toBeCloseTo(0.98, 2);
});
