import type { SqlSyntax, Statement, SqlTask } from '../engine.ts';

/*
 * Index of employees by last change, for lists by date. If every write updated it, each would write a page anywhere in
 * it, a third of the cost of a small update in a directory of a million. So it is updated when it is read, from the
 * change log in its order; each employee is moved once, however many changes there were.
 */

/** How many changes are gone through in one transaction. */
const STEP = 5_000;

/** A list by date was asked for where nothing may be written, and changes are still to be gone through. */
export class ChangeOrderStaleError extends Error {
  constructor() {
    super('the order of changes is not up to date');
    this.name = 'ChangeOrderStaleError';
  }
}

const behind: Statement = {
  text: 'SELECT coalesce((SELECT change FROM recency_mark WHERE one = 1), 0) AS seen, coalesce((SELECT max(number) FROM change), 0) AS newest',
  params: [],
};

/** Makes sure that the order is up to date in this transaction; throws {@link ChangeOrderStaleError} where that is to be written first. */
export function* ensureChangeOrderFresh(flavor: SqlSyntax, isWrite: boolean): SqlTask<void> {
  if (isWrite) while (!(yield* advanceChangeOrder(flavor)));
  else {
    const [[row] = []] = yield [behind];
    if (Number(row?.['seen']) < Number(row?.['newest'])) throw new ChangeOrderStaleError();
  }
}

/** Goes through the next changes; answers whether there were no more. */
export function* advanceChangeOrder(flavor: SqlSyntax): SqlTask<boolean> {
  // Numbers are assigned before the commit, so a lower one may appear later: no insert may be in progress.
  const still = flavor.lockTable?.('change') ?? [];
  const rows = yield [...still, behind];
  const row = rows.at(-1)?.[0];
  const [seen, newest] = [Number(row?.['seen']), Number(row?.['newest'])];
  if (newest <= seen) return true;
  // The first time everyone is put in order at once, which takes far less than going through all changes ever made.
  const to = seen === 0 ? newest : Math.min(newest, seen + STEP);
  yield [...(seen === 0 ? [everyone] : changedBetween(seen, to)), markAt(to)];
  return to === newest;
}

const EVERYONE =
  'INSERT INTO recency (tenant, updated_at, seq, active, external, seated) SELECT tenant, updated_at, seq, active, external, seated FROM employee';
const IN_ORDER = 'ORDER BY tenant, updated_at, seq';

const everyone: Statement = { text: `${EVERYONE} ${IN_ORDER}`, params: [] };

/** Moves those whose changes have these numbers to where they belong now. */
function changedBetween(seen: number, to: number): readonly Statement[] {
  const changed =
    'SELECT e.tenant, e.seq FROM change c JOIN employee e ON e.tenant = c.tenant AND e.id = c.employee WHERE c.number > $1 AND c.number <= $2 AND c.kind IS NULL';
  return [
    { text: `DELETE FROM recency WHERE (tenant, seq) IN (${changed})`, params: [seen, to], isPlannedEachTime: true },
    {
      text: `${EVERYONE} WHERE (tenant, seq) IN (${changed}) ${IN_ORDER}`,
      params: [seen, to],
      isPlannedEachTime: true,
    },
  ];
}

function markAt(number: number): Statement {
  return {
    text: 'INSERT INTO recency_mark (one, change) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET change = excluded.change',
    params: [number],
  };
}

/** After changes were removed: their numbers may be given again, and must not count as seen. */
export const resetChangeOrder: Statement = {
  text: 'UPDATE recency_mark SET change = (SELECT coalesce(max(number), 0) FROM change) WHERE change > (SELECT coalesce(max(number), 0) FROM change)',
  params: [],
};
