import { expect, test } from 'vitest';
import type { Sample } from './samples.ts';
import { wrongWith } from './verdict.ts';

/** Sixty samples of a server that holds so much at each share of the time. */
function run(of: (share: number) => Partial<Sample>): readonly Sample[] {
  const flat = { residentMb: 150, heapMb: 50, descriptors: 30, requests: 500, p50: 1, p99: 5 };
  return Array.from({ length: 60 }, (_, index) => ({ seconds: index * 5, ...flat, ...of(index / 60) }));
}

test('a server that holds the same all the time is well, also while its heap goes up and down', () => {
  expect(wrongWith(run(() => ({})))).toEqual([]);
  expect(wrongWith(run((share) => ({ heapMb: 40 + ((share * 997) % 30) })))).toEqual([]);
});

test('what is taken while caches fill is not held against it', () => {
  const filling = (share: number): Partial<Sample> => ({ residentMb: 80 + 100 * Math.min(1, share * 6) });
  expect(wrongWith(run(filling))).toEqual([]);
});

test('memory that keeps growing is told, whether it is the heap or outside it', () => {
  expect(wrongWith(run((share) => ({ residentMb: 150 + 60 * share })))).toEqual([
    'resident memory (MB) grew from 169 to 205 after the first third of the time',
  ]);
  expect(wrongWith(run((share) => ({ heapMb: 50 + 30 * share }))).join()).toContain('the heap (MB) grew');
});

test('memory that was given back for a while, and taken again, is no growth', () => {
  const dip = (share: number): Partial<Sample> => ({ residentMb: share > 0.17 && share < 0.32 ? 170 : 212 });
  expect(wrongWith(run(dip))).toEqual([]);
  const deeper = (share: number): Partial<Sample> => ({ residentMb: share > 0.05 && share < 0.4 ? 178 : 226 });
  expect(wrongWith(run(deeper))).toEqual([]);
});

test('descriptors that are not closed are told', () => {
  expect(wrongWith(run((share) => ({ descriptors: 30 + Math.floor(share * 20) }))).join()).toContain(
    'descriptors grew',
  );
  expect(wrongWith(run(() => ({ descriptors: null })))).toEqual([]);
});
