import { expect, test } from 'vitest';
import { nightOf, nightWindow } from './night.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);

test('a window is two times of a day', () => {
  expect(nightWindow('02:00-05:30')).toEqual({ from: 120, to: 330 });
  for (const wrong of ['', '2:00-5:00', '24:00-05:00', '02:00-02:00', '02:60-05:00', '02:00']) {
    expect(nightWindow(wrong), wrong).toBeNull();
  }
});

test('a night is the day in China on which its window began, also past midnight', () => {
  const early = { from: 120, to: 300 };
  expect(nightOf(early, at('2026-03-01T01:59:59'))).toBeNull();
  expect(nightOf(early, at('2026-03-01T02:00:00'))).toBe('2026-03-01');
  expect(nightOf(early, at('2026-03-01T04:59:59'))).toBe('2026-03-01');
  expect(nightOf(early, at('2026-03-01T05:00:00'))).toBeNull();
  const late = { from: 23 * 60, to: 60 };
  expect(nightOf(late, at('2026-03-01T23:30:00'))).toBe('2026-03-01');
  expect(nightOf(late, at('2026-03-02T00:30:00'))).toBe('2026-03-01');
  expect(nightOf(late, at('2026-03-02T01:00:00'))).toBeNull();
});
