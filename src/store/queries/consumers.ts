import { randomBytes, randomUUID } from 'node:crypto';
import type { Consumer, ConsumerClaim, ConsumerState, Installation, NewConsumer } from '../../directory/deliveries.ts';
import type { Row, SqlSyntax, SqlTask, Statement, WriteResult } from '../engine.ts';

const NEVER = -1;

/** Makes the row of the installation, once. */
export function newInstallation(): Statement {
  return {
    text: 'INSERT INTO installation (one, key, lineage, followed) VALUES (1, $1, $2, $3) ON CONFLICT (one) DO NOTHING',
    params: [randomBytes(32).toString('hex'), randomUUID(), NEVER],
  };
}

/** What the installation is; null before its row is made. */
export function* installation(): SqlTask<Installation | null> {
  const [[row] = []] = yield [{ text: 'SELECT key, lineage, followed FROM installation', params: [] }];
  if (row === undefined) return null;
  const followed = Number(row['followed']);
  return {
    key: String(row['key']),
    lineage: String(row['lineage']),
    followed: followed === NEVER ? null : followed,
  };
}

/** Keeps up to which change companies were looked at; it never goes back. */
export function followed(change: number): Statement {
  return { text: 'UPDATE installation SET followed = $1 WHERE followed < $1', params: [change] };
}

/** Makes what is derived from the lineage differ from all that came before; of no use until the row is there. */
export function freshLineage(): Statement {
  return { text: 'UPDATE installation SET lineage = $1', params: [randomUUID()] };
}

/** All apps that receive events, or those of a company, in a steady order. */
export function* consumers(tenant?: number): SqlTask<readonly Consumer[]> {
  const [rows = []] = yield [
    tenant === undefined
      ? { text: "SELECT * FROM consumer WHERE kind = 'subscriber' ORDER BY tenant, platform, name", params: [] }
      : {
          text: "SELECT * FROM consumer WHERE kind = 'subscriber' AND tenant = $1 ORDER BY platform, name",
          params: [tenant],
        },
  ];
  return rows.map(consumerOf);
}

/** Adds a consumer, unless there is one of that name or the company is gone. */
export function addConsumer({ tenant, platform, name, cursor }: NewConsumer): Statement {
  return {
    text: "INSERT INTO consumer (id, tenant, kind, platform, name, state, cursor, epoch, lease_until) SELECT $1, number, 'subscriber', $3, $4, 'unverified', CAST($5 AS BIGINT), 0, 0 FROM tenant WHERE number = $2 ON CONFLICT (tenant, platform, name) DO NOTHING",
    params: [randomUUID(), tenant, platform, name, cursor],
  };
}

/** Removes a consumer with its events. */
export function removeConsumer(id: string): readonly Statement[] {
  return [
    { text: 'DELETE FROM event WHERE consumer = $1', params: [id] },
    { text: 'DELETE FROM consumer WHERE id = $1', params: [id] },
  ];
}

/** Removes those of a company that goes. */
export const REMOVE_CONSUMERS_OF = [
  'DELETE FROM event WHERE consumer IN (SELECT id FROM consumer WHERE tenant = $1)',
  'DELETE FROM consumer WHERE tenant = $1',
] as const;

/** Takes over a consumer whose lease is over, or is this node's own. Times are those of the database. */
export function* claimConsumer(
  { nowMs }: SqlSyntax,
  id: string,
  node: string,
  leaseMs: number,
): SqlTask<Consumer | null> {
  const [[row] = []] = yield [
    {
      text: `UPDATE consumer SET epoch = epoch + 1, holder = $2, lease_until = ${nowMs} + $3 WHERE id = $1 AND (holder IS NULL OR holder = $2 OR lease_until < ${nowMs}) RETURNING *`,
      params: [id, node, leaseMs],
    },
  ];
  return row === undefined ? null : consumerOf(row);
}

/** Keeps a lease; answers whether it is still this driver's. */
export function* renewLease({ nowMs }: SqlSyntax, { id, epoch }: ConsumerClaim, leaseMs: number): SqlTask<boolean> {
  const [rows = []] = yield [
    {
      text: `UPDATE consumer SET lease_until = ${nowMs} + $3 WHERE id = $1 AND epoch = $2 RETURNING id`,
      params: [id, epoch, leaseMs],
    },
  ];
  return rows.length > 0;
}

/** Ends a lease. */
export function endLease({ id, epoch }: ConsumerClaim): Statement {
  return {
    text: 'UPDATE consumer SET holder = NULL, lease_until = 0 WHERE id = $1 AND epoch = $2',
    params: [id, epoch],
  };
}

/** Ends every lease. Where only one process opens a store the holder of one is gone, and a command need not wait for it. */
export function* endLeases(): SqlTask<WriteResult<void>> {
  yield [{ text: 'UPDATE consumer SET holder = NULL, lease_until = 0 WHERE holder IS NOT NULL', params: [] }];
  return { result: undefined, deferred: [] };
}

/** Whether this driver was not replaced by another, until this transaction is done. */
export function* isStillDriver(flavor: SqlSyntax, { id, epoch }: ConsumerClaim): SqlTask<boolean> {
  const [rows = []] = yield [
    {
      text: `SELECT id FROM consumer WHERE id = $1 AND epoch = $2${flavor.forUpdate('consumer')}`,
      params: [id, epoch],
    },
  ];
  return rows.length > 0;
}

/** Keeps the state of a consumer; answers whether this driver may still write. */
export function* setConsumerState(
  { id, epoch }: ConsumerClaim,
  { state, reason, checked }: Pick<Consumer, 'state' | 'reason' | 'checked'>,
): SqlTask<boolean> {
  const [rows = []] = yield [
    {
      text: 'UPDATE consumer SET state = $3, reason = $4, checked = $5 WHERE id = $1 AND epoch = $2 RETURNING id',
      params: [id, epoch, state, reason, checked],
    },
  ];
  return rows.length > 0;
}

/** Keeps how far the log was read; answers whether this driver may still write. */
export function* advanceCursor({ id, epoch }: ConsumerClaim, cursor: number): SqlTask<boolean> {
  const [rows = []] = yield [
    {
      text: 'UPDATE consumer SET cursor = $3 WHERE id = $1 AND epoch = $2 RETURNING id',
      params: [id, epoch, cursor],
    },
  ];
  return rows.length > 0;
}

function consumerOf(row: Row): Consumer {
  return {
    id: String(row['id']),
    tenant: Number(row['tenant']),
    platform: String(row['platform']),
    name: String(row['name']),
    // Written by `setConsumerState` from the type it is read as.
    state: String(row['state']) as ConsumerState,
    reason: textOrNull(row['reason']),
    checked: textOrNull(row['checked']),
    cursor: Number(row['cursor']),
    epoch: Number(row['epoch']),
  };
}

function textOrNull(value: Row[string] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
