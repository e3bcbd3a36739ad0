import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SlidingWindows } from './limits.ts';

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

test('a window is used to 98 parts of a hundred', () => {
  let now = 0;
  const counted = new SlidingWindows([{ requests: 1_000, ms: 60_000 }], { now: () => now });
  let sent = 0;
  for (; now < 600_000; now += 10) if (counted.take() === 0) sent++;
  expect(sent).toBe(9_800);
});
