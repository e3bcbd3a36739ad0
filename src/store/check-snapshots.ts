import type { Row, SqlValue } from './engine.ts';
import { unsealedBytes } from './queries/attachments.ts';
import { requestIn } from './queries/journal.ts';
import { deserializeEmployee } from './queries/employee-record.ts';
import { unseal } from './sealed.ts';
import { readKept } from './snapshots/kept.ts';

/** How the rows of a table are gone through, and one of them is read; to read throws `StoreDamagedError`. */
export interface RowCheck {
  readonly table: string;
  /** Compares the key with the first parameters; the last one is how many are read at a time. */
  readonly text: string;
  readonly first: readonly SqlValue[];
  readonly keyOf: (row: Row) => readonly (SqlValue | undefined)[];
  readonly read: (row: Row) => unknown;
  readonly limit?: number;
}

/** How each row of the copies that snapshots are made of is read, and of the journal of requests. */
export const snapshotChecks: readonly RowCheck[] = [
  {
    table: 'snapshot',
    text: 'SELECT * FROM snapshot WHERE number > $1 ORDER BY number LIMIT $2',
    first: [0],
    keyOf: ({ number }) => [number],
    read: readKept,
  },
  {
    table: 'snapshot_employee',
    text: 'SELECT * FROM snapshot_employee WHERE (snapshot, seq) > ($1, $2) ORDER BY snapshot, seq LIMIT $3',
    first: [0, 0],
    keyOf: ({ snapshot, seq }) => [snapshot, seq],
    read: ({ record }) => deserializeEmployee(String(record)),
  },
  {
    table: 'snapshot_token',
    text: 'SELECT * FROM snapshot_token WHERE (snapshot, hash) > ($1, $2) AND detail IS NOT NULL ORDER BY snapshot, hash LIMIT $3',
    first: [0, ''],
    keyOf: ({ snapshot, hash }) => [snapshot, hash],
    read: ({ detail, hash }) => unseal(String(detail), String(hash)),
  },
  {
    table: 'snapshot_invitation',
    text: 'SELECT * FROM snapshot_invitation WHERE number > $1 ORDER BY number LIMIT $2',
    first: [0],
    keyOf: ({ number }) => [number],
    read: ({ record }) => unseal(String(record)),
  },
  {
    table: 'journal_entry',
    text: 'SELECT * FROM journal_entry WHERE number > $1 ORDER BY number LIMIT $2',
    first: [0],
    keyOf: ({ number }) => [number],
    read: requestIn,
  },
  {
    table: 'snapshot_attachment',
    text: 'SELECT * FROM snapshot_attachment WHERE (snapshot, id) > ($1, $2) ORDER BY snapshot, id LIMIT $3',
    first: [0, ''],
    keyOf: ({ snapshot, id }) => [snapshot, id],
    read: ({ bytes }) => unsealedBytes(String(bytes)),
    limit: 5,
  },
];
