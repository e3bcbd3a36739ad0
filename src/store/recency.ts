import type { Flavor, Statement, Steps } from './engine.ts';

/*
 * Who was changed when, in order: what lists by date are made from. An index that every write keeps in step would cost
 * each of them a page anywhere in it, a third of what a small update costs in a directory of a million; so nothing is
 * written to it until someone asks. Then it is brought up to date from the change log, which lies in the order it was
 * written, so that each employee is moved once however often he changed meanwhile.
 */

/** How many changes are gone through in one transaction. */
const STEP = 5_000;

/** A list by date was asked for where nothing may be written, and changes are still to be gone through. */
export class RecencyBehind extends Error {
  constructor() {
    super('the order of changes is not up to date');
    this.name = 'RecencyBehind';
  }
}

const behind: Statement = {
  text: 'SELECT coalesce((SELECT change FROM recency_mark), 0) AS seen, coalesce((SELECT max(number) FROM change), 0) AS newest',
  params: [],
};

/** Makes sure that the order is up to date in this transaction; throws {@link RecencyBehind} where that is to be written first. */
export function* recencyUpToDate(flavor: Flavor, isWrite: boolean): Steps<void> {
  if (isWrite) while (!(yield* followChanges(flavor)));
  else {
    const [[row] = []] = yield [behind];
    if (Number(row?.['seen']) < Number(row?.['newest'])) throw new RecencyBehind();
  }
}

/** Goes through the next changes; answers whether there were no more. */
export function* followChanges(flavor: Flavor): Steps<boolean> {
  // Numbers are given before a commit, so that one may appear below one that was seen: nobody may be in between.
  const still = flavor.still?.('change') ?? [];
  const rows = yield [...still, behind];
  const seen = Number(rows.at(-1)?.[0]?.['seen']);
  const [[bound] = []] = yield [
    {
      text: 'SELECT max(number) AS bound, count(*) AS changes FROM (SELECT number FROM change WHERE number > $1 ORDER BY number LIMIT $2) AS next',
      params: [seen, STEP],
    },
  ];
  const to = Number(bound?.['bound'] ?? 0);
  if (to === 0) return true;
  const changed =
    'SELECT e.seq FROM change c JOIN employee e ON e.tenant = c.tenant AND e.id = c.employee WHERE c.number > $1 AND c.number <= $2';
  yield [
    { text: `DELETE FROM recency WHERE seq IN (${changed})`, params: [seen, to] },
    {
      text: `INSERT INTO recency (tenant, updated_at, seq, active, external, seated) SELECT tenant, updated_at, seq, active, external, seated FROM employee WHERE seq IN (${changed})`,
      params: [seen, to],
    },
    {
      text: 'INSERT INTO recency_mark (one, change) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET change = excluded.change',
      params: [to],
    },
  ];
  return Number(bound?.['changes']) < STEP;
}

/** After changes were removed: their numbers may be given again, and must not count as seen. */
export const forgetRemovedChanges: Statement = {
  text: 'UPDATE recency_mark SET change = (SELECT coalesce(max(number), 0) FROM change) WHERE change > (SELECT coalesce(max(number), 0) FROM change)',
  params: [],
};
