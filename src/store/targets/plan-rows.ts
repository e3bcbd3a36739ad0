import type { ConsumerClaim } from '../../directory/deliveries.ts';
import type {
  KeptPlan,
  PlanPatch,
  Prediction,
  PredictionResult,
  TargetPlanState,
} from '../../directory/targets/target-store.ts';
import type { Row, SqlSyntax, SqlTask, SqlValue } from '../engine.ts';
import { isStillDriver } from '../queries/consumers.ts';
import { numberOrNull, opened, sealedOrNull, textOrNull } from './sealed-columns.ts';

const HOUR_MS = 60 * 60 * 1000;

/** Keeps a plan; answers whether this driver may still write. */
export function* addPlan(
  flavor: SqlSyntax,
  claim: ConsumerClaim,
  { id, digest, header, state, createdAt }: Omit<KeptPlan, 'consumer' | 'allowed' | 'position'>,
): SqlTask<boolean> {
  if (!(yield* isStillDriver(flavor, claim))) return false;
  yield [
    {
      text: 'INSERT INTO target_plan (id, consumer, digest, header, state, position, created_at) VALUES ($1, $2, $3, $4, $5, 0, $6)',
      params: [id, claim.id, digest, sealedOrNull(header, `header ${id}`), state, createdAt],
    },
  ];
  return true;
}

/** The plan of an id; null where there is none. */
export function* planById(id: string): SqlTask<KeptPlan | null> {
  const [[row] = []] = yield [{ text: 'SELECT * FROM target_plan WHERE id = $1', params: [id] }];
  return row === undefined ? null : planOf(row);
}

/** The newest plans of a target, newest first. */
export function* plansOf(consumer: string, limit: number): SqlTask<readonly KeptPlan[]> {
  const [rows = []] = yield [
    {
      text: 'SELECT * FROM target_plan WHERE consumer = $1 ORDER BY created_at DESC, id LIMIT $2',
      params: [consumer, limit],
    },
  ];
  return rows.map(planOf);
}

/** Changes a plan; answers whether it is there and this driver may still write. */
export function* changePlan(
  flavor: SqlSyntax,
  claim: ConsumerClaim,
  id: string,
  { state, digest, header, allowed, position }: PlanPatch,
): SqlTask<boolean> {
  if (!(yield* isStillDriver(flavor, claim))) return false;
  const params: SqlValue[] = [id, claim.id];
  const columns: readonly (readonly [string, SqlValue | undefined])[] = [
    ['state', state],
    ['digest', digest],
    ['header', header === undefined ? undefined : sealedOrNull(header, `header ${id}`)],
    ['allowed', allowed === undefined ? undefined : sealedOrNull(allowed, `allowed ${id}`)],
    ['position', position],
  ];
  const sets = columns.flatMap(([column, value]) => {
    if (value === undefined) return [];
    params.push(value);
    return [`, ${column} = $${String(params.length)}`];
  });
  const [rows = []] = yield [
    {
      text: `UPDATE target_plan SET consumer = $2${sets.join('')} WHERE id = $1 AND consumer = $2 RETURNING id`,
      params,
    },
  ];
  return rows.length > 0;
}

/** Removes a plan; answers whether it was there and this driver may still write. */
export function* removePlan(flavor: SqlSyntax, claim: ConsumerClaim, id: string): SqlTask<boolean> {
  if (!(yield* isStillDriver(flavor, claim))) return false;
  const [rows = []] = yield [
    { text: 'DELETE FROM target_plan WHERE id = $1 AND consumer = $2 RETURNING id', params: [id, claim.id] },
    { text: 'DELETE FROM target_plan_line WHERE plan = $1 AND consumer = $2', params: [id, claim.id] },
  ];
  return rows.length > 0;
}

/** Asks a run of a plan to end; answers whether it runs. The node that has the target notices it before the next step. */
export function* stopPlan(id: string): SqlTask<boolean> {
  const [rows = []] = yield [
    {
      text: "UPDATE target_plan SET state = 'stopping' WHERE id = $1 AND state IN ('running', 'stopping') RETURNING id",
      params: [id],
    },
  ];
  return rows.length > 0;
}

/** Notes that a plan is still being made at this time. */
export function* keepMaking(id: string, now: number): SqlTask<undefined> {
  yield [{ text: "UPDATE target_plan SET created_at = $2 WHERE id = $1 AND state = 'making'", params: [id, now] }];
}

/** Adds lines to a plan, behind those that it has. */
export function* addPlanLines(
  flavor: SqlSyntax,
  claim: ConsumerClaim,
  id: string,
  lines: readonly string[],
): SqlTask<boolean> {
  if (!(yield* isStillDriver(flavor, claim))) return false;
  const [[row] = []] = yield [{ text: 'SELECT max(n) AS last FROM target_plan_line WHERE plan = $1', params: [id] }];
  const first = (numberOrNull(row?.['last']) ?? -1) + 1;
  yield lines.map((line, index) => ({
    text: 'INSERT INTO target_plan_line (consumer, plan, n, line) VALUES ($1, $2, $3, $4)',
    params: [claim.id, id, first + index, line],
  }));
  return true;
}

/** The lines of a plan in their order. */
export function* planLines(id: string, from: number, limit: number): SqlTask<readonly string[]> {
  const [rows = []] = yield [
    {
      text: 'SELECT line FROM target_plan_line WHERE plan = $1 AND n >= $2 ORDER BY n LIMIT $3',
      params: [id, from, limit],
    },
  ];
  return rows.map((row) => String(row['line']));
}

/** Counts predictions that were right or not; keeps the first miss as the sample. */
export function* countPredictions(
  flavor: SqlSyntax,
  claim: ConsumerClaim,
  results: readonly PredictionResult[],
  now: number,
): SqlTask<boolean> {
  if (!(yield* isStillDriver(flavor, claim))) return false;
  const counted = Map.groupBy(results, ({ operation, what }) => JSON.stringify([operation, what]));
  yield Array.from(counted.values(), (those) => {
    const misses = those.filter(({ isHit }) => !isHit);
    const [first] = those;
    return {
      text: 'INSERT INTO prediction (consumer, operation, what, hits, misses, sample, last_at, assumed, raced) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (consumer, operation, what) DO UPDATE SET hits = prediction.hits + excluded.hits, misses = prediction.misses + excluded.misses, assumed = prediction.assumed + excluded.assumed, raced = prediction.raced + excluded.raced, sample = coalesce(prediction.sample, excluded.sample), last_at = excluded.last_at',
      params: [
        claim.id,
        first?.operation ?? '',
        first?.what ?? '',
        those.length - misses.length,
        misses.length,
        misses[0]?.sample ?? null,
        now,
        misses.filter(({ cause }) => cause === 'assumption').length,
        misses.filter(({ cause }) => cause === 'race').length,
      ],
    };
  });
  return true;
}

/** How often predictions for a target were right. */
export function* predictionsOf(consumer: string): SqlTask<readonly Prediction[]> {
  const [rows = []] = yield [
    { text: 'SELECT * FROM prediction WHERE consumer = $1 ORDER BY operation, what', params: [consumer] },
  ];
  return rows.map((row) => ({
    operation: String(row['operation']),
    what: String(row['what']),
    hits: Number(row['hits']),
    misses: Number(row['misses']),
    assumed: Number(row['assumed']),
    raced: Number(row['raced']),
    sample: textOrNull(row['sample']),
    lastAt: Number(row['last_at']),
  }));
}

/** Adds to what the brake counts. */
export function* countBraked(
  flavor: SqlSyntax,
  claim: ConsumerClaim,
  counts: Readonly<Record<string, number>>,
  now: number,
): SqlTask<boolean> {
  if (!(yield* isStillDriver(flavor, claim))) return false;
  yield Object.entries(counts).map(([what, n]) => ({
    text: 'INSERT INTO brake_count (consumer, what, hour, n) VALUES ($1, $2, $3, $4) ON CONFLICT (consumer, what, hour) DO UPDATE SET n = brake_count.n + excluded.n',
    params: [claim.id, what, Math.floor(now / HOUR_MS), n],
  }));
  return true;
}

/** What the brake counted in the 24 hours before; the hour that is cut by them counts as a whole. */
export function* brakedOf(consumer: string, now: number): SqlTask<Readonly<Record<string, number>>> {
  const [rows = []] = yield [
    {
      text: 'SELECT what, CAST(sum(n) AS BIGINT) AS n FROM brake_count WHERE consumer = $1 AND hour >= $2 GROUP BY what',
      params: [consumer, Math.floor(now / HOUR_MS) - 24],
    },
  ];
  return Object.fromEntries(rows.map((row) => [String(row['what']), Number(row['n'])]));
}

/** What a row has as JSON. Throws `StoreDamagedError`. */
export function planTexts(row: Row): Pick<KeptPlan, 'header' | 'allowed'> {
  const id = String(row['id']);
  return { header: opened(row['header'], `header ${id}`), allowed: opened(row['allowed'], `allowed ${id}`) };
}

function planOf(row: Row): KeptPlan {
  return {
    id: String(row['id']),
    consumer: String(row['consumer']),
    digest: String(row['digest']),
    ...planTexts(row),
    // Written by this file alone.
    state: String(row['state']) as TargetPlanState,
    position: Number(row['position']),
    createdAt: Number(row['created_at']),
  };
}
