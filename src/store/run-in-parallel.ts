import type { Row, Statement, SqlTask } from './engine.ts';

/**
 * Runs several works side by side: whatever they ask at the same time is one step, in their order. A database far away
 * then takes as many round trips as the longest of them needs, however many there are.
 */
export function* runInParallel<Result>(works: readonly SqlTask<Result>[]): SqlTask<readonly Result[]> {
  const results: Result[] = [];
  let waiting: { readonly work: SqlTask<Result>; readonly index: number; readonly asks: number }[] = [];
  let statements: Statement[] = [];
  const follow = (work: SqlTask<Result>, index: number, rows?: readonly (readonly Row[])[]): void => {
    const step = rows === undefined ? work.next() : work.next(rows);
    if (step.done === true) results[index] = step.value;
    else {
      statements.push(...step.value);
      waiting.push({ work, index, asks: step.value.length });
    }
  };
  works.forEach((work, index) => {
    follow(work, index);
  });
  while (waiting.length > 0) {
    const rows = yield statements;
    const before = waiting;
    waiting = [];
    statements = [];
    let from = 0;
    for (const { work, index, asks } of before) {
      follow(work, index, rows.slice(from, from + asks));
      from += asks;
    }
  }
  return results;
}
