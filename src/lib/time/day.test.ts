import fc from 'fast-check';
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

test('exactly the days of the calendar are days', () => {
  const part = fc.integer({ min: 0, max: 32 }).map((number) => String(number).padStart(2, '0'));
  const year = fc.integer({ min: 0, max: 9_999 }).map((number) => String(number).padStart(4, '0'));
  fc.assert(
    fc.property(year, part, part, (...parts) => {
      const text = parts.join('-');
      const instant = Date.parse(`${text}T00:00:00Z`);
      expect(isDay(text)).toBe(!Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text));
    }),
  );
});

test('a day begins at midnight in China', () => {
  expect(startOfDayInChina('2022-10-10')).toBe(Date.parse('2022-10-09T16:00:00Z'));
  expect(dayInChina(startOfDayInChina('2022-10-10'))).toBe('2022-10-10');
  expect(dayInChina(startOfDayInChina('2022-10-10') - 1)).toBe('2022-10-09');
  expect(clockTimeInChina(Date.parse('2022-04-11T08:15:10Z'))).toBe('2022-04-11 16:15:10');
});

test('any instant is printed as the calendar has it', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }), (date) => {
      const inChina = new Date(date.getTime() + 8 * 3_600_000).toISOString();
      expect(clockTimeInChina(date.getTime())).toBe(inChina.slice(0, 19).replace('T', ' '));
    }),
  );
});
