import { expect, test } from 'vitest';
import { GiveWay } from './give-way.ts';

function world(): {
  readonly way: GiveWay;
  readonly slept: number[];
  readonly pass: (ms: number, utilization: number, writes: number) => void;
} {
  const at = { now: 1_000_000, utilization: 0 };
  const slept: number[] = [];
  const way = new GiveWay({
    clock: { now: () => at.now },
    sleep: (ms) => {
      slept.push(ms);
      return Promise.resolve();
    },
    look: () => ({ idle: 0, active: 0, utilization: at.utilization }),
  });
  return {
    way,
    slept,
    pass: (ms, utilization, writes) => {
      at.now += ms;
      at.utilization = utilization;
      for (let n = 0; n < writes; n++) way.wrote();
    },
  };
}

test('calls are made at once while updates leave time, and far apart while they do not', async () => {
  const { way, slept, pass } = world();
  pass(100, 0.5, 500);
  for (let n = 0; n < 10; n++) expect(await way.turn()).toBe(true);
  expect(slept).toEqual([]);
  pass(100, 0.99, 500);
  for (let n = 0; n < 4; n++) await way.turn();
  expect(slept).toEqual([25, 50, 75]);
  pass(200, 0.5, 500);
  for (let n = 0; n < 10; n++) await way.turn();
  expect(slept).toHaveLength(3);
});

test('a process that is busy with anything but updates sends on', async () => {
  const { way, slept, pass } = world();
  pass(100, 1, 5);
  for (let n = 0; n < 10; n++) await way.turn();
  expect(slept).toEqual([]);
});

test('what was seen long ago says nothing about now', async () => {
  const { way, slept, pass } = world();
  pass(60_000, 1, 60_000);
  for (let n = 0; n < 10; n++) await way.turn();
  expect(slept).toEqual([]);
});

test('a call whose turn would come too late is not made, and keeps no place', async () => {
  const { way, slept, pass } = world();
  pass(100, 1, 500);
  await way.turn();
  await way.turn();
  expect(await way.turn(1_000_100 + 40)).toBe(false);
  await way.turn();
  expect(slept).toEqual([25, 50]);
});
