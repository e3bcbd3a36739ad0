import { expect, test } from 'vitest';
import { Guesses, type Guesser } from './guesses.ts';

const limits = { ms: 1_000, perAddress: 3, inAll: 10 };
const at = (address: string, isHere = false): Guesser => ({ address, isHere });

function guess(guesses: Guesses, guesser: Guesser, times: number, now: number): void {
  for (let time = 0; time < times; time++) guesses.wrong(guesser, now);
}

test('an address is accepted until it guessed wrong too often, and again when the window is over', () => {
  const guesses = new Guesses(limits);
  guess(guesses, at('a'), 2, 100);
  expect(guesses.msLeft(at('a'), 150)).toBe(0);
  guess(guesses, at('a'), 1, 150);
  expect(guesses.msLeft(at('a'), 200)).toBe(900);
  expect(guesses.msLeft(at('b'), 200)).toBe(0);
  expect(guesses.msLeft(at('a'), 1_099)).toBe(1);
  expect(guesses.msLeft(at('a'), 1_100)).toBe(0);
});

test('many guessing addresses are refused together, and little is kept of them', () => {
  const guesses = new Guesses(limits);
  let heard = 0;
  for (let peer = 0; peer < 10_000; peer++) {
    if (guesses.msLeft(at(String(peer)), 0) > 0) continue;
    heard++;
    guesses.wrong(at(String(peer)), 0);
  }
  expect([heard, guesses.addresses]).toEqual([10, 10]);
});

test('guesses from elsewhere lock out no caller on this machine, nor the other way round', () => {
  const guesses = new Guesses(limits);
  for (const peer of ['a', 'b', 'c', 'd']) guess(guesses, at(peer), 3, 0);
  guess(guesses, at('127.0.0.1'), 3, 0);
  expect(guesses.msLeft(at('127.0.0.1'), 1)).toBe(999);
  expect(guesses.msLeft(at('127.0.0.1', true), 1)).toBe(0);
  const others = new Guesses(limits);
  guess(others, at('127.0.0.1', true), 100, 0);
  expect(others.msLeft(at('127.0.0.1', true), 1)).toBe(999);
  expect(others.msLeft(at('a'), 1)).toBe(0);
});
