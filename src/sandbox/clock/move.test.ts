import { expect, test } from 'vitest';
import { timeBy, type CompanyClock } from '../../directory/company-clock.ts';
import { movedClock, type ClockMove } from './move.ts';

const DAY = 86_400_000;

/** The clock after these moves, all made when the system has 1,000. */
function after(moves: readonly ClockMove[], clock?: CompanyClock): CompanyClock {
  return moves.reduce<CompanyClock | undefined>((now, move) => {
    const moved = movedClock(now, move, 1_000);
    if (typeof moved === 'string') throw new Error(moved);
    return moved.clock;
  }, clock) as CompanyClock;
}

test('time that was advanced goes on from there', () => {
  const clock = after([{ advance: 500 }]);
  expect([timeBy(clock, 1_000), timeBy(clock, 1_010)]).toEqual([1_500, 1_510]);
});

test('a frozen clock shows one instant until it goes on, and goes on from there', () => {
  const frozen = after([{ advance: 500, frozen: true }]);
  expect([timeBy(frozen, 1_000), timeBy(frozen, 9_000)]).toEqual([1_500, 1_500]);
  const moved = movedClock(frozen, { frozen: false }, 9_000);
  expect(moved).toMatchObject({ from: 1_500, to: 1_500 });
  expect(typeof moved === 'string' ? 0 : timeBy(moved.clock, 9_010)).toBe(1_510);
});

test('a frozen clock that is advanced stays frozen', () => {
  expect(after([{ frozen: true }, { advance: 5 }])).toEqual({ mode: 'frozen', at: 1_005, epoch: 0 });
});

test('time goes forward only', () => {
  const clock = after([{ to: 2_000 }]);
  expect(movedClock(clock, { to: 1_999 }, 1_000)).toBe('backwards');
  expect(movedClock(clock, { to: 2_000 }, 1_000)).toMatchObject({ from: 2_000, to: 2_000 });
  expect(movedClock(clock, { advance: -1 }, 1_000)).toBe('backwards');
});

test('a company is at most some ten years ahead, however often it is advanced', () => {
  const clock = after([{ advance: 2_000 * DAY }, { advance: 1_653 * DAY }]);
  expect(movedClock(clock, { advance: 1 }, 1_000)).toBe('too-far');
});

test('one step or a hundred come to the same clock, in the same epoch', () => {
  const start: CompanyClock = { mode: 'system', epoch: 3 };
  const steps = Array.from({ length: 100 }, () => ({ advance: DAY }));
  expect(after(steps, start)).toEqual(after([{ advance: 100 * DAY }], start));
  expect(after(steps, start).epoch).toBe(3);
});
