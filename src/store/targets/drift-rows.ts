import type { DriftRun, DriftRunWithLines } from '../../directory/targets/drift-run.ts';
import { StoreDamagedError } from '../../directory/errors.ts';
import type { Row, SqlTask, Statement } from '../engine.ts';
import { opened, sealedOrNull } from './sealed-columns.ts';

/** So many runs of a target are kept, for so long. */
const KEPT_RUNS = 30;
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Begins a run unless one of its id is there, or the target is gone; answers whether it was begun. */
export function* beginRun(consumer: string, run: DriftRun): SqlTask<boolean> {
  const [rows = []] = yield [inserted(consumer, { ...run, lines: [] }, 'NOTHING')];
  return rows.length > 0;
}

/** Keeps a run in the place of one of its id, and forgets old ones; answers whether the target is there. */
export function* keepRun(consumer: string, run: DriftRunWithLines): SqlTask<boolean> {
  const [rows = []] = yield [
    inserted(
      consumer,
      run,
      'UPDATE SET read_at = excluded.read_at, people = excluded.people, complete = excluded.complete, summary = excluded.summary, lines = excluded.lines',
    ),
  ];
  yield [
    {
      text: 'DELETE FROM drift_run WHERE consumer = $1 AND (read_at < $2 OR read_at < (SELECT read_at FROM drift_run WHERE consumer = $1 ORDER BY read_at DESC LIMIT 1 OFFSET $3))',
      params: [consumer, run.readAt - KEPT_MS, KEPT_RUNS - 1],
    },
  ];
  return rows.length > 0;
}

/** The newest runs of a target without their lines, newest first. */
export function* runsOf(consumer: string, limit: number): SqlTask<readonly DriftRun[]> {
  const [rows = []] = yield [
    {
      text: 'SELECT id, read_at, complete, summary FROM drift_run WHERE consumer = $1 ORDER BY read_at DESC, id LIMIT $2',
      params: [consumer, limit],
    },
  ];
  return rows.map(runOf);
}

/** A run with its lines; null where the target has none of this id. */
export function* runById(consumer: string, id: string): SqlTask<DriftRunWithLines | null> {
  const [[row] = []] = yield [
    { text: 'SELECT * FROM drift_run WHERE consumer = $1 AND id = $2', params: [consumer, id] },
  ];
  return row === undefined ? null : { ...runOf(row), lines: driftTexts(row).lines };
}

function inserted(consumer: string, run: DriftRunWithLines, onConflict: string): Statement {
  const { id, readAt, isComplete, lines, ...summary } = run;
  return {
    text: `INSERT INTO drift_run (id, consumer, read_at, people, complete, summary, lines) SELECT $1, id, CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT), $6, $7 FROM consumer WHERE id = $2 ON CONFLICT (id) DO ${onConflict} RETURNING id`,
    params: [
      id,
      consumer,
      readAt,
      run.people.matched,
      isComplete ? 1 : 0,
      sealedOrNull(summary, `drift ${id}`),
      sealedOrNull(lines, `lines ${id}`),
    ],
  };
}

type Summary = Omit<DriftRun, 'id' | 'readAt' | 'isComplete'>;

function runOf(row: Row): DriftRun {
  const id = String(row['id']);
  // Written by `inserted` from the type it is read as.
  const summary = opened(row['summary'], `drift ${id}`) as Summary | null;
  if (summary === null) throw new StoreDamagedError(`the drift run ${id} has no summary`);
  return { id, readAt: Number(row['read_at']), isComplete: Number(row['complete']) === 1, ...summary };
}

/** What a row has as JSON. Throws `StoreDamagedError`. */
export function driftTexts(row: Row): Pick<DriftRunWithLines, 'lines'> & { readonly summary: unknown } {
  const id = String(row['id']);
  // Written by `inserted` from the type it is read as.
  const lines = (opened(row['lines'], `lines ${id}`) ?? []) as DriftRunWithLines['lines'];
  return { lines, summary: opened(row['summary'], `drift ${id}`) };
}
