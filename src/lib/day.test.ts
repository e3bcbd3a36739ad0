import { expect, test } from 'vitest';
import { clockTimeInChina, dayInChina, isDay, startOfDayInChina } from './day.ts';

test.each([
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['2023-13-01', false],
  ['2023-1-1', false],
  ['2023-01-01T00', false],
  ['', false],
])('%s is a day: %s', (text, expected) => {
  expect(isDay(text)).toBe(expected);
});

test('a day begins at midnight in China', () => {
  expect(startOfDayInChina('2022-10-10')).toBe(Date.parse('2022-10-09T16:00:00Z'));
  expect(dayInChina(startOfDayInChina('2022-10-10'))).toBe('2022-10-10');
  expect(dayInChina(startOfDayInChina('2022-10-10') - 1)).toBe('2022-10-09');
  expect(clockTimeInChina(Date.parse('2022-04-11T08:15:10Z'))).toBe('2022-04-11 16:15:10');
});
