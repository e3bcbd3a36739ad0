import type { KeptRequest, KeptRequestLimits, KeptRequestPage } from '../../directory/kept-requests.ts';
import type { Row, SqlTask, Statement } from '../engine.ts';
import { seal, unseal } from '../sealed.ts';

/** What is kept beside the record of a request. */
function aboutEntry(node: string, at: number): string {
  return `${node} ${String(at)}`;
}

/** Keeps requests that one node answered. */
export function insertRequests(node: string, requests: readonly KeptRequest[]): readonly Statement[] {
  return requests.map(({ at, record }) => {
    const sealed = seal(JSON.stringify({ entry: record }), aboutEntry(node, at));
    return {
      text: 'INSERT INTO journal_entry (node, at, bytes, record) VALUES ($1, $2, $3, $4)',
      params: [node, at, Buffer.byteLength(sealed), sealed],
    };
  });
}

const OLDEST: Statement = { text: 'SELECT min(number) AS oldest FROM journal_entry', params: [] };

/** The next requests after a number, of other nodes than one. */
export function* requestsAfter(number: number, except: string, limit: number): SqlTask<KeptRequestPage> {
  const [rows = [], oldest = []] = yield [
    {
      text: 'SELECT * FROM journal_entry WHERE number > $1 AND node <> $2 ORDER BY number LIMIT $3',
      params: [number, except, limit],
    },
    OLDEST,
  ];
  return pageOf(rows, oldest);
}

/** The newest requests, the oldest of them first. */
export function* newestRequests(limit: number): SqlTask<KeptRequestPage> {
  const [rows = [], oldest = []] = yield [
    { text: 'SELECT * FROM journal_entry ORDER BY number DESC LIMIT $1', params: [limit] },
    OLDEST,
  ];
  return pageOf(rows.toReversed(), oldest);
}

function pageOf(rows: readonly Row[], [first]: readonly Row[]): KeptRequestPage {
  const oldest = first?.['oldest'] ?? null;
  const requests = rows.map((row) => ({
    number: Number(row['number']),
    node: String(row['node']),
    at: Number(row['at']),
    record: requestIn(row),
  }));
  return { requests, oldest: oldest === null ? null : Number(oldest) };
}

/** The record of a row. Throws `StoreDamagedError`. */
export function requestIn(row: Row): string {
  // Written by `insertRequests`.
  const kept = unseal(String(row['record']), aboutEntry(String(row['node']), Number(row['at'])));
  return (kept as { readonly entry: string }).entry;
}

/** Removes what is too old, too much, or too large together. */
export function trimRequests({ entries, bytes, ageMs }: KeptRequestLimits, now: number): readonly Statement[] {
  return [
    { text: 'DELETE FROM journal_entry WHERE at < $1', params: [now - ageMs] },
    {
      text: 'DELETE FROM journal_entry WHERE number <= (SELECT number FROM journal_entry ORDER BY number DESC LIMIT 1 OFFSET $1)',
      params: [entries],
    },
    {
      text: 'DELETE FROM journal_entry WHERE number IN (SELECT number FROM (SELECT number, sum(bytes) OVER (ORDER BY number DESC) AS total FROM journal_entry) AS counted WHERE total > $1)',
      params: [bytes],
      isPlannedEachTime: true,
    },
  ];
}

export const removeRequests: Statement = { text: 'DELETE FROM journal_entry', params: [] };
