import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CALL_IN_WRITES, FLOOR_MS, GiveWay, SHARE, type Turn } from './give-way.ts';

/** A process of which a test says how busy it is. */
class World {
  utilization = 1;
  writesAMs = 5;
  #now = 1_000_000;
  readonly #timers: { readonly at: number; readonly resolve: () => void }[] = [];
  readonly way = new GiveWay({
    now: () => this.#now,
    look: () => ({ idle: 0, active: 0, utilization: this.utilization }),
    sleep: (ms) =>
      new Promise<void>((resolve) => {
        this.#timers.push({ at: this.#now + ms, resolve });
      }),
  });

  /** Passes time in steps of 5 ms, and lets go on what waits for a timer. */
  async pass(ms: number): Promise<void> {
    for (let step = 0; step < ms; step += 5) {
      this.#now += 5;
      for (let n = 0; n < 5 * this.writesAMs; n++) this.way.wrote();
      const due = this.#timers.filter(({ at }) => at <= this.#now);
      for (const timer of due) this.#timers.splice(this.#timers.indexOf(timer), 1);
      for (const { resolve } of due) resolve();
      await setImmediate();
    }
  }

  /** Passes time in which the process does nothing, and no one looks. */
  stall(ms: number): void {
    this.#now += ms;
  }

  /** Passes time as {@link pass} does with callers who always want a next call; returns how many each has made. */
  async passWith(ms: number, lanes: readonly Turn[], calls = 1): Promise<readonly number[]> {
    const made = lanes.map(() => 0);
    let isOver = false;
    for (const [index, turn] of lanes.entries()) {
      const call = async (): Promise<void> => {
        await turn(calls);
        if (isOver) return;
        made[index] = (made[index] ?? 0) + 1;
        await setImmediate();
        await call();
      };
      void call();
    }
    await this.pass(ms);
    isOver = true;
    return made;
  }
}

/** A process that updates leave no time, as it knows. */
async function busyWorld(): Promise<World> {
  const world = new World();
  expect(world.way.isBusy).toBe(false);
  await world.pass(25);
  expect(world.way.isBusy).toBe(true);
  return world;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

test('calls are made at once while updates leave time', async () => {
  const world = new World();
  world.utilization = 0.7;
  await world.pass(500);
  const turn = world.way.lane();
  for (let n = 0; n < 100; n++) await turn();
  expect(world.way.isBusy).toBe(false);
});

test('a process that is busy with anything but updates sends on', async () => {
  const world = new World();
  world.writesAMs = 0;
  await world.pass(500);
  const turn = world.way.lane();
  for (let n = 0; n < 100; n++) await turn();
  expect(world.way.isBusy).toBe(false);
});

test.each([
  [8, 1],
  [2, 1],
  [8, 3],
])(
  'of %d updates a millisecond, calls of all targets take a share together, %d at a time',
  async (writesAMs, calls) => {
    const world = await busyWorld();
    world.writesAMs = writesAMs;
    const lanes = [world.way.lane(), world.way.lane(), world.way.lane()];
    const made = await world.passWith(20_000, lanes, calls);
    const writes = 20_000 * writesAMs;
    const share = (sum(made) * calls * CALL_IN_WRITES) / writes;
    // The first goes at once, and two may have been saved up by then.
    expect(share).toBeLessThanOrEqual(SHARE + ((2 * calls + 2) * CALL_IN_WRITES) / writes);
    expect(share).toBeGreaterThan(SHARE * 0.8);
  },
);

test('targets that wait take turns, however many calls one of them has waiting', async () => {
  const world = await busyWorld();
  const many = world.way.lane();
  const few = world.way.lane();
  const [first = 0, ...others] = await world.passWith(20_000, [few, ...Array.from({ length: 20 }, () => many)]);
  expect(Math.abs(first - sum(others))).toBeLessThanOrEqual(2);
});

test('however few updates leave no time, a call is made now and then', async () => {
  const world = await busyWorld();
  world.writesAMs = 0.2;
  const made = await world.passWith(20_000, [world.way.lane(), world.way.lane()]);
  expect(sum(made)).toBeGreaterThanOrEqual(20_000 / (FLOOR_MS + 55) - 1);
  expect(sum(made)).toBeLessThanOrEqual(20_000 / FLOOR_MS + 1 + (20_000 * 0.2 * SHARE) / CALL_IN_WRITES);
  expect(Math.min(...made)).toBeGreaterThan(5);
});

test('who waits goes at once when updates leave time again', async () => {
  const world = await busyWorld();
  const turn = world.way.lane();
  let gone = 0;
  for (let n = 0; n < 50; n++) void turn().then(() => gone++);
  await world.pass(100);
  expect(gone).toBeLessThan(5);
  world.writesAMs = 0;
  await world.pass(500);
  expect(gone).toBe(50);
});

test('a stall says nothing: what was known before it is believed until the next look', async () => {
  const world = await busyWorld();
  const turn = world.way.lane();
  await turn();
  world.stall(5_000);
  let gone = 0;
  for (let n = 0; n < 50; n++) void turn().then(() => gone++);
  await world.pass(100);
  expect(gone).toBe(1);
});

test('a wait ends with its signal, and the others keep their places', async () => {
  const world = await busyWorld();
  const turn = world.way.lane();
  const stop = new AbortController();
  await turn();
  const ended = turn(1, stop.signal).catch((error: unknown) => error);
  let hasGone = false;
  void turn().then(() => (hasGone = true));
  stop.abort(new Error('no more'));
  await world.pass(50);
  expect(await ended).toEqual(new Error('no more'));
  expect(hasGone).toBe(false);
  await world.pass(FLOOR_MS);
  expect(hasGone).toBe(true);
});
