import { expect, test } from 'vitest';
import type { Row, Statement, SqlTask } from './engine.ts';
import { runInParallel } from './run-in-parallel.ts';

const say = (text: string): Statement => ({ text, params: [] });

function* work(name: string, ...asks: readonly number[]): SqlTask<string> {
  const heard: string[] = [];
  for (const [turn, count] of asks.entries()) {
    const rows = yield Array.from({ length: count }, (_, index) => say(`${name}${String(turn)}${String(index)}`));
    heard.push(...rows.flat().map((row) => String(row['echo'])));
  }
  return heard.join(' ');
}

/** Answers each statement with its own text, and keeps what was sent at one time. */
function run<Result>(steps: SqlTask<Result>): { readonly result: Result; readonly sent: readonly string[] } {
  const sent: string[] = [];
  let step = steps.next();
  while (step.done !== true) {
    sent.push(step.value.map(({ text }) => text).join(' '));
    step = steps.next(step.value.map(({ text }): readonly Row[] => [{ echo: text }]));
  }
  return { result: step.value, sent };
}

test('what several works ask at the same time is one step, and each hears its own answers', () => {
  const { result, sent } = run(runInParallel([work('a', 1, 1), work('b', 2), work('c'), work('d', 0, 1, 2)]));
  expect(sent).toEqual(['a00 b00 b01', 'a10 d10', 'd20 d21']);
  expect(result).toEqual(['a00 a10', 'b00 b01', '', 'd10 d20 d21']);
});

test('no work is no step', () => {
  expect(run(runInParallel([]))).toEqual({ result: [], sent: [] });
});
