import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callCounts, CallWindows, type KeptWindows } from './call-windows.ts';
import type { ClientLimit } from './limits.ts';

const CALL = 'users.patch';

/** What may happen between two calls. */
type Event = { readonly pause: number } | { readonly end: 'killed' | 'closed' };

/** Sends as fast as the windows allow, by one process after the other; returns when each call was sent. */
async function sentBy(limits: readonly ClientLimit[], events: readonly Event[]): Promise<readonly number[]> {
  let now = 1_000_000;
  const clock = { now: () => now };
  let store: KeptWindows | null = null;
  const begin = async (): Promise<CallWindows> => {
    const begun = new CallWindows(callCounts(limits, clock));
    if (store !== null) begun.restore(store);
    await begun.keepWith(async (windows) => {
      await Promise.resolve();
      store = JSON.parse(JSON.stringify(windows)) as KeptWindows;
    });
    return begun;
  };
  let windows = await begin();
  const sent: number[] = [];
  for (const event of events) {
    if ('end' in event) {
      if (event.end === 'closed') store = windows.state(true);
      windows = await begin();
      continue;
    }
    now += event.pause;
    for (const one of windows.of(CALL)) for (let wait = one.take(); wait > 0; wait = one.take()) now += wait;
    await windows.kept(CALL);
    sent.push(now);
  }
  return sent;
}

test('no window has more calls than it allows, whatever process is killed or closed in between', async () => {
  const window = fc.record({
    requests: fc.integer({ min: 1, max: 300 }),
    ms: fc.constantFrom(500, 1_000, 6_000, 60_000),
  });
  const event: fc.Arbitrary<Event> = fc.oneof(
    { arbitrary: fc.record({ pause: fc.constantFrom(0, 0, 0, 1, 40, 900) }), weight: 30 },
    { arbitrary: fc.record({ end: fc.constantFrom('killed' as const, 'closed' as const) }), weight: 1 },
  );
  const events = fc.array(event, { minLength: 50, maxLength: 700, size: 'max' });
  await fc.assert(
    fc.asyncProperty(fc.array(window, { minLength: 1, maxLength: 2 }), events, async (windows, given) => {
      const sent = await sentBy([{ call: CALL, windows }], given);
      for (const { requests, ms } of windows) {
        for (const [index, at] of sent.entries()) {
          const before = sent[index - requests];
          expect(before === undefined || before <= at - ms).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('of ten calls a minute each is kept before it is sent, of a thousand each eleventh; of five a second none', async () => {
  for (const [requests, ms, kept] of [
    [10, 60_000, 10],
    [1_000, 60_000, 9],
    [5, 1_000, 0],
  ] as const) {
    let now = 0;
    const windows = new CallWindows(callCounts([{ call: CALL, windows: [{ requests, ms }] }], { now: () => now }));
    let times = 0;
    await windows.keepWith(async () => void (times += await Promise.resolve(1)));
    times = 0;
    for (let sent = 0; sent < Math.min(requests, 100); sent++) {
      now++;
      for (const one of windows.of(CALL)) one.take();
      await windows.kept(CALL);
    }
    expect(times).toBe(kept);
  }
});

test('what cannot be kept is not sent, and a process that meets its own counts keeps them', async () => {
  const windows = new CallWindows(
    callCounts([{ call: CALL, windows: [{ requests: 1, ms: 60_000 }] }], { now: () => 0 }),
  );
  let isHeld = true;
  await windows.keepWith(() => (isHeld ? Promise.resolve() : Promise.reject(new Error('taken over'))));
  isHeld = false;
  expect(windows.of(CALL)[0]?.take()).toBe(0);
  await expect(windows.kept(CALL)).rejects.toThrow('taken over');
  windows.restore({ ...windows.state(false), calls: {} });
  expect(windows.of(CALL)[0]?.take()).toBeGreaterThan(0);
});

test('sessions count together, and one whose counts cannot be kept holds up no other', async () => {
  const counts = callCounts([{ call: CALL, windows: [{ requests: 2, ms: 60_000 }] }], { now: () => 0 });
  const [driver, plan] = [new CallWindows(counts), new CallWindows(counts)];
  let isHeld = true;
  await driver.keepWith(() => (isHeld ? Promise.resolve() : Promise.reject(new Error('taken over'))));
  isHeld = false;
  expect(plan.of(CALL)[0]?.take()).toBe(0);
  await plan.kept(CALL);
  expect(driver.of(CALL)[0]?.take()).toBe(0);
  await expect(driver.kept(CALL)).rejects.toThrow('taken over');
  expect(plan.of(CALL)[0]?.take()).toBeGreaterThan(0);
});

test('what comes back from a process that began with it counts once', () => {
  const ten = [{ call: CALL, windows: [{ requests: 10, ms: 60_000 }] }];
  const begin = (): CallWindows => new CallWindows(callCounts(ten, { now: () => 5_000 }));
  const take = (windows: CallWindows, calls: number): readonly (number | undefined)[] =>
    Array.from({ length: calls }, () => windows.of(CALL)[0]?.take());
  const [here, there] = [begin(), begin()];
  take(here, 4);
  there.restore(here.state(true));
  take(there, 2);
  here.restore(there.state(true));
  expect(take(here, 4)).toEqual([0, 0, 0, 0]);
  expect(take(here, 1)[0]).toBeGreaterThan(0);
});
