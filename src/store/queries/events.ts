import type {
  ConsumerClaim,
  ConsumerCounts,
  EventAttempt,
  EventFilter,
  EventOutcome,
  EventState,
  KeptEvent,
  NewEvent,
} from '../../directory/deliveries.ts';
import type { Row, SqlSyntax, SqlTask, SqlValue, Statement } from '../engine.ts';
import { seal, unseal } from '../sealed.ts';
import { advanceCursor, isStillDriver } from './consumers.ts';

/** So long are events kept that were taken, and those that were given up; and so many of each at most. */
const TAKEN_MS = 7 * 24 * 60 * 60 * 1000;
const DEAD_MS = 30 * 24 * 60 * 60 * 1000;
const MAX_CLOSED = 10_000;

/** Keeps events and how far the log was read; answers the number of each, or null where this driver may not write. */
export function* takeEvents(
  claim: ConsumerClaim,
  cursor: number,
  events: readonly NewEvent[],
  now: number,
): SqlTask<readonly (number | null)[] | null> {
  if (!(yield* advanceCursor(claim, cursor))) return null;
  if (events.length === 0) return [];
  const results = yield events.map((event) => insertEvent(claim.id, event, now));
  return results.map(([row]) => (row === undefined ? null : Number(row['number'])));
}

function insertEvent(consumer: string, event: NewEvent, now: number): Statement {
  const { subject, change, part, eventId, type, body, address } = event;
  const kept = address === undefined ? { body } : { body, address };
  return {
    text: "INSERT INTO event (consumer, subject, change, part, event_id, type, body, state, attempt, due_at, attempts, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, 0, '[]', $8) ON CONFLICT (consumer, change, part) DO NOTHING RETURNING number",
    params: [consumer, subject, change, part, eventId, type, seal(JSON.stringify(kept), eventId), now],
  };
}

/** The events that wait, in the order in which they are sent. */
export function* waitingEvents(consumer: string, limit: number): SqlTask<readonly KeptEvent[]> {
  const [rows = []] = yield [
    {
      text: "SELECT * FROM event WHERE consumer = $1 AND state = 'waiting' ORDER BY change, part LIMIT $2",
      params: [consumer, limit],
    },
  ];
  return rows.map(eventOf);
}

/** Keeps what became of events; answers whether this driver may still write. */
export function* settleEvents(
  flavor: SqlSyntax,
  claim: ConsumerClaim,
  outcomes: readonly EventOutcome[],
): SqlTask<boolean> {
  if (!(yield* isStillDriver(flavor, claim))) return false;
  yield outcomes.map(({ number, state, attempt, dueAt, attempts }) => ({
    text: 'UPDATE event SET state = $1, attempt = $2, due_at = $3, attempts = $4 WHERE number = $5 AND consumer = $6',
    params: [state, attempt, dueAt, JSON.stringify(attempts), number, claim.id],
  }));
  return true;
}

/** The newest events of some consumers, newest first. */
export function* newestEvents(flavor: SqlSyntax, filter: EventFilter): SqlTask<readonly KeptEvent[]> {
  const params: SqlValue[] = [JSON.stringify(filter.consumers), filter.limit];
  const conditions = (
    [
      ['state', '='],
      ['type', '='],
      ['before', '<'],
    ] as const
  ).flatMap(([member, operator]) => {
    const value = filter[member];
    if (value === undefined) return [];
    params.push(value);
    return [` AND ${member === 'before' ? 'number' : member} ${operator} $${String(params.length)}`];
  });
  const [rows = []] = yield [
    {
      text: `SELECT * FROM event WHERE consumer IN (SELECT value FROM ${flavor.jsonEach('$1', 'v')})${conditions.join('')} ORDER BY number DESC LIMIT $2`,
      params,
    },
  ];
  return rows.map(eventOf);
}

/** Queues events again whose body is still there; answers how many. */
export function* resendEvents(
  flavor: SqlSyntax,
  consumers: readonly string[],
  which: { readonly number: number } | 'dead',
): SqlTask<number> {
  const condition = which === 'dead' ? "state = 'dead'" : 'number = $2';
  const [rows = []] = yield [
    {
      text: `UPDATE event SET state = 'waiting', attempt = 0, due_at = 0 WHERE consumer IN (SELECT value FROM ${flavor.jsonEach('$1', 'v')}) AND body IS NOT NULL AND ${condition} RETURNING number`,
      params: [JSON.stringify(consumers), ...(which === 'dead' ? [] : [which.number])],
    },
  ];
  return rows.length;
}

/** Removes events of a consumer that are old, or too many; of those that were given up the body goes first. */
export function trimEvents(consumer: string, now: number): readonly Statement[] {
  return [
    {
      text: "DELETE FROM event WHERE consumer = $1 AND state = 'taken' AND created_at < $2",
      params: [consumer, now - TAKEN_MS],
    },
    {
      text: "UPDATE event SET body = NULL WHERE consumer = $1 AND state = 'dead' AND created_at < $2 AND body IS NOT NULL",
      params: [consumer, now - DEAD_MS],
    },
    ...(['taken', 'dead'] as const).map((state) => ({
      text: 'DELETE FROM event WHERE consumer = $1 AND state = $2 AND number <= (SELECT number FROM event WHERE consumer = $1 AND state = $2 ORDER BY number DESC LIMIT 1 OFFSET $3)',
      params: [consumer, state, MAX_CLOSED],
    })),
  ];
}

/** How many events each consumer has in each state. */
export function* countEvents(): SqlTask<readonly ConsumerCounts[]> {
  const [rows = []] = yield [
    { text: 'SELECT consumer, state, count(*) AS events FROM event GROUP BY consumer, state', params: [] },
  ];
  return rows.map((row) => ({
    consumer: String(row['consumer']),
    state: stateOf(row),
    events: Number(row['events']),
  }));
}

/** The body of a row, with the address it goes to; null once it is gone. Throws `StoreDamagedError`. */
export function eventBodyOf(row: Row): { readonly body: string; readonly address?: unknown } | null {
  const { body } = row;
  if (typeof body !== 'string') return null;
  // Written by `insertEvent`.
  return unseal(body, String(row['event_id'])) as { readonly body: string; readonly address?: unknown };
}

function stateOf(row: Row): EventState {
  // Written by this file alone.
  return String(row['state']) as EventState;
}

function eventOf(row: Row): KeptEvent {
  return {
    number: Number(row['number']),
    consumer: String(row['consumer']),
    subject: String(row['subject']),
    change: Number(row['change']),
    part: Number(row['part']),
    eventId: String(row['event_id']),
    type: String(row['type']),
    body: null,
    ...eventBodyOf(row),
    state: stateOf(row),
    attempt: Number(row['attempt']),
    dueAt: Number(row['due_at']),
    // Written by `settleEvents` from the type it is read as.
    attempts: JSON.parse(String(row['attempts'])) as readonly EventAttempt[],
    createdAt: Number(row['created_at']),
  };
}
