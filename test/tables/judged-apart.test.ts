// Rows that are judged in a thread of its own come to the same as rows that are judged here, whatever depends on what.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { TABLE_LIMITS } from '../../src/company/tables/formats/limits.ts';
import { ImportFolder } from '../../src/company/tables/imports/import-folder.ts';
import { TableImports } from '../../src/company/tables/imports/imports.ts';
import { TouchedValues } from '../../src/company/tables/rows/touched-values.ts';
import type { DialectContext } from '../../src/dialects/dialect.ts';
import { createRecordFactory } from '../../src/dialects/record-factory.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import { randomIds, type Ids } from '../../src/lib/ids.ts';
import { RateLimiter } from '../../src/lib/rate-limiter.ts';
import { JudgeWorker } from '../../src/sandbox/acting/judge-worker.ts';
import { RowJudge, type JudgeThread } from '../../src/sandbox/acting/row-judge.ts';

const ROWS = 150;
const folder = mkdtempSync(join(tmpdir(), 'mingce-apart-'));
let mingce: Mingce;
beforeAll(async () => {
  mingce = await startMingce({ demo: true, log: silentLog });
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await mingce.close();
  rmSync(folder, { recursive: true, force: true });
});

const program = new URL('company-thread.js', pathToFileURL(process.env['TESTED_PROGRAM'] ?? ''));

/** Seldom a number that others have, too; null is one that no other row has. */
const shared = fc.oneof({ weight: 60, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(5) });

/** Now and then a row gives, takes or names what another one has. */
const randomRow = fc.record({
  id: fc.oneof(
    { weight: 40, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom('zhangsan', 'zhouhao', 'new-1', 'new-2') },
  ),
  number: shared,
  mobile: shared,
  email: shared,
  leader: shared,
  department: fc.constantFrom('后端组', '前端组', '研发中心', '后端组', '前端组', '没有的部门'),
});

function csvOf(rows: readonly (typeof randomRow extends fc.Arbitrary<infer Row> ? Row : never)[]): string {
  const lines = rows.map(({ id, number, mobile, email, leader, department }, index) =>
    [
      `员工${String(index)}`,
      id ?? '',
      `B${String(number ?? 1_000 + index)}`,
      `139${String(10_000_000 + (mobile ?? 1_000 + index))}`,
      `b${String(email ?? 1_000 + index)}@example.com`,
      leader === null ? '' : `B${String(leader)}`,
      department,
    ].join(','),
  );
  return ['姓名,员工ID,工号,手机,邮箱,直属上级,部门', ...lines].join('\n');
}

/** The same ids each time. */
function countedIds(): Ids {
  let count = 0;
  return { ...randomIds, fresh: (prefix) => `${prefix}${String(++count).padStart(20, '0')}` };
}

/** Checks a table; returns how many rows do what, and each row with all verdicts. */
async function checked(csv: string, thread: JudgeThread | null): Promise<unknown> {
  const recordFactory = createRecordFactory(dialects);
  const at = Date.parse('2026-11-28T08:00:00Z');
  const { store } = mingce;
  const rateLimiter = new RateLimiter();
  const context: DialectContext = { store, now: () => at, ids: randomIds, recordFactory, rateLimiter };
  const imports = new TableImports(new ImportFolder(folder), {
    store: () => store,
    platforms: dialects.map(({ name, title, facts: { rows } }) => ({ name, title, rows })),
    judge: new RowJudge(dialects, () => context, thread),
    undo: () => Promise.reject(new Error('Nothing is taken back here.')),
    recordFactory: () => recordFactory,
    now: () => at,
    ids: countedIds(),
    limits: TABLE_LIMITS,
    onError: (error) => {
      throw error;
    },
  });
  const { id } = await imports.create('demo', 'rows.csv', pieces(csv));
  await imports.check('demo', id);
  for (;;) {
    const { state, counts } = await imports.view('demo', id);
    if (state !== 'checking') {
      return { state, counts, ...(await imports.rows('demo', id, { state: null, offset: 0, limit: ROWS })) };
    }
    await setTimeout(5);
  }
}

/** Checks a table row by row, each planned and judged once it is known whether those before it are written. */
async function checkedInTurn(csv: string): Promise<unknown> {
  const inTurn = vi.spyOn(TouchedValues.prototype, 'has').mockReturnValue(true);
  const found = await checked(csv, null);
  inTurn.mockRestore();
  return found;
}

async function* pieces(text: string): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from(text);
}

test('every row has the same verdicts, and does the same, where a thread judges a part', async () => {
  const judged = vi.spyOn(JudgeWorker.prototype, 'judge');
  let apart = 0;
  const seen = { add: 0, change: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(randomRow, { minLength: ROWS, maxLength: ROWS }), async (rows) => {
      const csv = csvOf(rows);
      const here = await checkedInTurn(csv);
      judged.mockClear();
      expect(await checked(csv, { program, after: 0 })).toEqual(here);
      for (const { value } of judged.mock.results)
        apart += (await (value as Promise<readonly unknown[] | null>))?.length ?? 0;
      const { state, counts } = here as { readonly state: string; readonly counts: typeof seen };
      expect(state).toBe('checked');
      for (const what of ['add', 'change', 'refused'] as const) seen[what] += counts[what];
    }),
    { numRuns: 3, endOnFailure: true },
  );
  expect(apart).toBeGreaterThan(30);
  expect(Math.min(seen.add, seen.change, seen.refused)).toBeGreaterThan(0);
});

test('a thread that cannot be started, or answers nothing, leaves its rows to this one', async () => {
  const csv = csvOf(fc.sample(randomRow, { numRuns: ROWS, seed: 7 }));
  const here = await checkedInTurn(csv);
  expect(await checked(csv, null)).toEqual(here);
  const nowhere = new URL('no-such-program.js', program);
  expect(await checked(csv, { program: nowhere, after: 0 })).toEqual(here);
  vi.spyOn(JudgeWorker.prototype, 'judge').mockResolvedValue(null);
  expect(await checked(csv, { program, after: 0 })).toEqual(here);
});
