import type { ConsumerClaim } from '../../directory/deliveries.ts';
import type {
  DeadLetterPage,
  DeadPage,
  Delivery,
  DeliveryAttempt,
  DeliveryFilter,
  DeliveryPatch,
  DeliveryState,
  DoneDelivery,
  NewDelivery,
  SubjectKind,
  TakenSubject,
} from '../../directory/targets/target-store.ts';
import type { Row, SqlSyntax, SqlTask, SqlValue, Statement } from '../engine.ts';
import { advanceCursor, isStillDriver } from '../queries/consumers.ts';
import { numberOrNull, opened, sealedOrNull, textOrNull } from './sealed-columns.ts';

const CLOSED: ReadonlySet<DeliveryState> = new Set(['verified', 'partial', 'equal', 'dead']);

/** So long are closed deliveries kept, so many at most; and so long plans, and what the brake counted. */
const DAY_MS = 24 * 60 * 60 * 1000;
const CLOSED_MS = 30 * DAY_MS;
const MAX_CLOSED = 200_000;
const PLAN_MS = 90 * DAY_MS;
const MAX_PREDICTIONS = 1_000;
const HOUR_MS = 60 * 60 * 1000;

const OPEN =
  "INSERT INTO delivery (id, consumer, kind, subject, operation, plan, step, from_change, to_change, open, state, attempt, due_at, predicted, attempts, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, 'waiting', 0, 0, $10, '[]', $11, $11) ON CONFLICT DO NOTHING RETURNING id";

/** Opens deliveries of subjects that have no open one; answers which. */
export function* openDeliveries(
  flavor: SqlSyntax,
  claim: ConsumerClaim,
  deliveries: readonly NewDelivery[],
  now: number,
): SqlTask<readonly string[] | null> {
  if (!(yield* isStillDriver(flavor, claim))) return null;
  const opened = yield deliveries.map((one) => ({
    text: OPEN,
    params: [
      one.id,
      claim.id,
      one.kind,
      one.subject,
      one.operation,
      one.plan,
      one.step,
      one.fromChange,
      one.toChange,
      sealedOrNull(one.predicted, `predicted ${one.id}`),
      now,
    ],
  }));
  return opened.flatMap((rows) => rows.map((row) => String(row['id'])));
}

const DONE =
  'INSERT INTO delivery (id, consumer, kind, subject, operation, plan, step, from_change, to_change, open, state, attempt, due_at, intent, predicted, outcome, attempts, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11, 0, $12, $13, $14, $15, $16, $16) ON CONFLICT DO NOTHING';

/** Keeps deliveries that are over; answers whether this driver may still write. */
export function* keepDone(
  flavor: SqlSyntax,
  claim: ConsumerClaim,
  deliveries: readonly DoneDelivery[],
  now: number,
): SqlTask<boolean> {
  if (!(yield* isStillDriver(flavor, claim))) return false;
  yield deliveries.map((one) => ({
    text: DONE,
    params: [
      one.id,
      claim.id,
      one.kind,
      one.subject,
      one.operation,
      one.plan,
      one.step,
      one.fromChange,
      one.toChange,
      one.state,
      one.attempts.length,
      sealedOrNull(one.intent, `intent ${one.id}`),
      sealedOrNull(one.predicted, `predicted ${one.id}`),
      sealedOrNull(one.outcome, `outcome ${one.id}`),
      JSON.stringify(one.attempts),
      now,
    ],
  }));
  return true;
}

const TAKE = `INSERT INTO delivery (id, consumer, kind, subject, operation, from_change, to_change, open, state, attempt, due_at, attempts, created_at, updated_at)
VALUES ($1, $2, $3, $4, 'follow', $5, $6, 1, 'waiting', 0, $7, '[]', $8, $8)
ON CONFLICT (consumer, kind, subject) WHERE open = 1 DO UPDATE SET to_change = excluded.to_change RETURNING *`;
/** So long after a change its delivery waits, so that changes which follow at once go with it. */
const TOGETHER_MS = 300;

/** Keeps how far the log was read with what is to be delivered; answers the open deliveries, or null as a stale driver. */
export function* takeDeliveries(
  claim: ConsumerClaim,
  cursor: number,
  subjects: readonly TakenSubject[],
  now: number,
): SqlTask<readonly Delivery[] | null> {
  if (!(yield* advanceCursor(claim, cursor))) return null;
  if (subjects.length === 0) return [];
  const found = yield subjects.map(({ id, kind, subject, fromChange, toChange }) => ({
    text: TAKE,
    params: [id, claim.id, kind, subject, fromChange, toChange, now + TOGETHER_MS, now],
  }));
  return found.flatMap((rows) => rows.map(deliveryOf));
}

/** Keeps what becomes of deliveries; answers whether this driver may still write. */
export function* settleDeliveries(
  flavor: SqlSyntax,
  claim: ConsumerClaim,
  patches: readonly DeliveryPatch[],
  now: number,
): SqlTask<boolean> {
  if (!(yield* isStillDriver(flavor, claim))) return false;
  yield patches.map((patch) => settling(claim.id, patch, now));
  return true;
}

function settling(consumer: string, patch: DeliveryPatch, now: number): Statement {
  const { id, state, attempt, dueAt, intent, outcome, attempts, covers } = patch;
  const closes = CLOSED.has(state);
  const params: SqlValue[] = [id, consumer, state, closes ? 0 : 1, now];
  const columns: readonly (readonly [string, SqlValue | undefined])[] = [
    ['attempt', attempt],
    ['due_at', dueAt],
    ['intent', intent === undefined ? undefined : sealedOrNull(intent, `intent ${id}`)],
    ['outcome', outcome === undefined ? undefined : sealedOrNull(outcome, `outcome ${id}`)],
    ['attempts', attempts === undefined ? undefined : JSON.stringify(attempts)],
  ];
  const follows = closes && covers !== undefined;
  if (follows) params.push(covers);
  const isNewer = `to_change > $${String(params.length)}`;
  // What begins again starts from nothing; what was sent so far stays known, to be looked for and to be taken back.
  const again: Readonly<Record<string, string>> = { attempt: '0', outcome: 'NULL' };
  const sets = columns.flatMap(([column, value]) => {
    const fresh = follows ? again[column] : undefined;
    if (value === undefined && fresh === undefined) return [];
    if (value !== undefined) params.push(value);
    const given = value === undefined ? column : `$${String(params.length)}`;
    return [`, ${column} = ${fresh === undefined ? given : `CASE WHEN ${isNewer} THEN ${fresh} ELSE ${given} END`}`];
  });
  const closing = follows
    ? `state = CASE WHEN ${isNewer} THEN 'waiting' ELSE $3 END, open = CASE WHEN ${isNewer} THEN 1 ELSE $4 END, created_at = CASE WHEN ${isNewer} THEN $5 ELSE created_at END`
    : 'state = $3, open = $4';
  // What is closed stays so: a subject may have another open one by now.
  return {
    text: `UPDATE delivery SET ${closing}, updated_at = $5${sets.join('')} WHERE id = $1 AND consumer = $2 AND open = 1`,
    params,
  };
}

/** The newest deliveries of a target, newest first. */
export function* deliveriesOf(
  flavor: SqlSyntax,
  consumer: string,
  { states, plan, ids, subject, before, limit }: DeliveryFilter,
): SqlTask<readonly Delivery[]> {
  const params: SqlValue[] = [consumer, limit];
  const also: string[] = [];
  const add = (value: SqlValue | undefined, condition: (place: string) => string): void => {
    if (value === undefined) return;
    params.push(value);
    also.push(` AND ${condition(`$${String(params.length)}`)}`);
  };
  add(
    states === undefined ? undefined : JSON.stringify(states),
    (place) => `state IN (SELECT value FROM ${flavor.jsonEach(place, 'v')})`,
  );
  add(plan, (place) => `plan = ${place}`);
  add(
    ids === undefined ? undefined : JSON.stringify(ids),
    (place) => `id IN (SELECT value FROM ${flavor.jsonEach(place, 'v')})`,
  );
  add(subject?.kind, (place) => `kind = ${place}`);
  add(subject?.subject, (place) => `subject = ${place}`);
  add(before, (place) => `number < ${place}`);
  const [rows = []] = yield [
    { text: `SELECT * FROM delivery WHERE consumer = $1${also.join('')} ORDER BY number DESC LIMIT $2`, params },
  ];
  return rows.map(deliveryOf);
}

/** How many deliveries of a target are not over, by state. */
export function* countOpen(consumer: string): SqlTask<Readonly<Partial<Record<DeliveryState, number>>>> {
  const text = 'SELECT state, COUNT(*) AS n FROM delivery WHERE consumer = $1 AND open = 1 GROUP BY state';
  const [rows = []] = yield [{ text, params: [consumer] }];
  return Object.fromEntries(rows.map((row) => [String(row['state']), Number(row['n'])]));
}

/** Some of what a target gave up, newest first, without subjects that a newer delivery was opened for. */
export function* deadLetters(flavor: SqlSyntax, consumer: string, page: DeadPage): SqlTask<DeadLetterPage> {
  const dead = yield* deliveriesOf(flavor, consumer, { ...page, states: ['dead'] });
  const oldest = dead.at(-1);
  if (oldest === undefined) return { letters: [], next: null };
  const subjects = JSON.stringify(dead.map(({ subject }) => subject));
  const [rows = []] = yield [
    {
      text: `SELECT kind, subject, MAX(number) AS newest FROM delivery WHERE consumer = $1 AND number >= $2 AND subject IN (SELECT value FROM ${flavor.jsonEach('$3', 'v')}) GROUP BY kind, subject`,
      params: [consumer, oldest.number, subjects],
    },
  ];
  const newest = new Set(rows.map((row) => Number(row['newest'])));
  return {
    letters: dead.filter(({ number }) => newest.has(number)),
    next: dead.length < page.limit ? null : oldest.number,
  };
}

/** Removes what is old, or too much. */
export function trimTarget(consumer: string, now: number): readonly Statement[] {
  return [
    {
      text: 'DELETE FROM delivery WHERE consumer = $1 AND open = 0 AND updated_at < $2',
      params: [consumer, now - CLOSED_MS],
    },
    {
      text: 'DELETE FROM delivery WHERE consumer = $1 AND open = 0 AND number <= (SELECT number FROM delivery WHERE consumer = $1 AND open = 0 ORDER BY number DESC LIMIT 1 OFFSET $2)',
      params: [consumer, MAX_CLOSED],
    },
    {
      text: 'DELETE FROM target_plan_line WHERE plan IN (SELECT id FROM target_plan WHERE consumer = $1 AND created_at < $2)',
      params: [consumer, now - PLAN_MS],
    },
    { text: 'DELETE FROM target_plan WHERE consumer = $1 AND created_at < $2', params: [consumer, now - PLAN_MS] },
    {
      text: 'DELETE FROM prediction WHERE consumer = $1 AND last_at <= (SELECT last_at FROM prediction WHERE consumer = $1 ORDER BY last_at DESC LIMIT 1 OFFSET $2)',
      params: [consumer, MAX_PREDICTIONS],
    },
    {
      text: 'DELETE FROM brake_count WHERE consumer = $1 AND hour < $2',
      params: [consumer, Math.floor((now - 2 * DAY_MS) / HOUR_MS)],
    },
  ];
}

/** What a row has as JSON. Throws `StoreDamagedError`. */
export function deliveryTexts(row: Row): Pick<Delivery, 'intent' | 'predicted' | 'outcome'> {
  const id = String(row['id']);
  return {
    intent: opened(row['intent'], `intent ${id}`),
    predicted: opened(row['predicted'], `predicted ${id}`),
    outcome: opened(row['outcome'], `outcome ${id}`),
  };
}

function deliveryOf(row: Row): Delivery {
  return {
    number: Number(row['number']),
    id: String(row['id']),
    consumer: String(row['consumer']),
    // Both are written by this file alone.
    kind: String(row['kind']) as SubjectKind,
    state: String(row['state']) as DeliveryState,
    subject: String(row['subject']),
    operation: String(row['operation']),
    plan: textOrNull(row['plan']),
    step: numberOrNull(row['step']),
    fromChange: Number(row['from_change']),
    toChange: Number(row['to_change']),
    attempt: Number(row['attempt']),
    dueAt: Number(row['due_at']),
    ...deliveryTexts(row),
    // Written by `settling` from the type it is read as.
    attempts: JSON.parse(String(row['attempts'])) as readonly DeliveryAttempt[],
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
  };
}
