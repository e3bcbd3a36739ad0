import { expect, test } from 'vitest';
import type { Reply } from './connector.ts';
import { foreign } from './feishu/answers.ts';
import { departmentPage } from './feishu/requests.ts';
import { readPages } from './pages.ts';
import { listOf, member, textOf } from './texts.ts';

const OK = { kind: 'ok', code: null, message: '' } as const;
const page = (items: readonly number[], next = ''): Reply => ({ verdict: OK, json: { items, next } });

/** Gives one answer after the other, the last one again and again, and returns what was read and how it ended. */
function read(...answers: readonly Reply[]): { items: unknown[]; asked: number; end: string | null } {
  const items: unknown[] = [];
  const task = readPages({
    request: departmentPage,
    list: ['items'],
    each: (json) => items.push(...listOf(member(json, 'items'))),
    next: (json) => textOf(member(json, 'next')),
    foreign,
    most: 4,
  });
  let asked = 0;
  let step = task.next();
  while (step.done !== true) {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    step = task.next(answer === undefined ? [] : [answer]);
  }
  return { items, asked, end: step.value === null ? null : step.value.verdict.message };
}

test('a list is read to its end', () => {
  expect(read(page([1], 'a'), page([2, 3], 'b'), page([4]))).toEqual({ items: [1, 2, 3, 4], asked: 3, end: null });
});

test('a page that leads to one that was asked for ends a list that is not whole', () => {
  expect(read(page([1], 'a'))).toMatchObject({ asked: 2, end: 'a list that does not end' });
  expect(read(page([1], 'a'), page([2], 'b'), page([3], 'a'))).toMatchObject({
    asked: 3,
    end: 'a list that does not end',
  });
});

test('a list with more pages than may be is not whole either', () => {
  const pages = ['a', 'b', 'c', 'd', 'e'].map((next) => page([0], next));
  expect(read(...pages)).toMatchObject({ asked: 4, end: 'a list that does not end' });
});

test('a refusal ends it, and so does an answer without the list', () => {
  const refused: Reply = { verdict: { kind: 'refused', code: '1', message: 'no' }, json: null };
  expect(read(page([1], 'a'), refused)).toEqual({ items: [1], asked: 2, end: 'no' });
  expect(read({ verdict: OK, json: {} })).toEqual({ items: [], asked: 1, end: 'not an answer of Feishu' });
});
