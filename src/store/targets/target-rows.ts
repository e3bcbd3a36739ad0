import { randomUUID } from 'node:crypto';
import type { ConsumerClaim } from '../../directory/deliveries.ts';
import type { KeptProbe, KeptTarget, TargetPatch, TargetState } from '../../directory/targets/target-store.ts';
import type { Row, SqlSyntax, SqlTask, SqlValue, Statement } from '../engine.ts';
import { opened, sealedOrNull, textOrNull } from './sealed-columns.ts';

/** All targets, or those of a company, in a steady order. */
export function* targets(tenant?: number): SqlTask<readonly KeptTarget[]> {
  const [rows = []] = yield [
    tenant === undefined
      ? { text: "SELECT * FROM consumer WHERE kind = 'target' ORDER BY tenant, platform", params: [] }
      : { text: "SELECT * FROM consumer WHERE kind = 'target' AND tenant = $1 ORDER BY platform", params: [tenant] },
  ];
  return rows.map(targetOf);
}

/** Adds a target, unless it is there or the company is gone. No app has such a name: an id has no space. */
export function addTarget(tenant: number, platform: string): Statement {
  return {
    text: "INSERT INTO consumer (id, tenant, kind, platform, name, state, cursor, epoch, lease_until) SELECT $1, number, 'target', $3, 'live tenant', 'off', 0, 0, 0 FROM tenant WHERE number = $2 ON CONFLICT (tenant, platform, name) DO NOTHING",
    params: [randomUUID(), tenant, platform],
  };
}

/** What the holder of a target that is driven begins with: a command may take it over at any time. */
const DRIVER = 'driver ';
/** The same of a write of several steps, which takes over from a driver, but not from another write. */
const WRITER = 'writer ';

/** Takes over a target whose lease is over, is this node's own, or a driver's. Times are those of the database. */
export function claimTarget(flavor: SqlSyntax, id: string, node: string, leaseMs: number): SqlTask<KeptTarget | null> {
  return claimed(flavor, { id, node, leaseMs, orHeld: ` OR holder LIKE '${DRIVER}%' OR holder LIKE '${WRITER}%'` });
}

/** Takes over a target to write to it in several steps. */
export function claimWriting(flavor: SqlSyntax, id: string, node: string, leaseMs: number): SqlTask<KeptTarget | null> {
  return claimed(flavor, { id, node: `${WRITER}${node}`, leaseMs, orHeld: ` OR holder LIKE '${DRIVER}%'` });
}

/** Takes over a target to drive it. */
export function claimDriving(flavor: SqlSyntax, id: string, node: string, leaseMs: number): SqlTask<KeptTarget | null> {
  return claimed(flavor, { id, node: `${DRIVER}${node}`, leaseMs, orHeld: '' });
}

function* claimed(
  { nowMs }: SqlSyntax,
  {
    id,
    node,
    leaseMs,
    orHeld,
  }: { readonly id: string; readonly node: string; readonly leaseMs: number; readonly orHeld: string },
): SqlTask<KeptTarget | null> {
  const [[row] = []] = yield [
    {
      text: `UPDATE consumer SET epoch = epoch + 1, holder = $2, lease_until = ${nowMs} + $3 WHERE id = $1 AND kind = 'target' AND (holder IS NULL OR holder = $2 OR lease_until < ${nowMs}${orHeld}) RETURNING *`,
      params: [id, node, leaseMs],
    },
  ];
  return row === undefined ? null : targetOf(row);
}

const COLUMNS = {
  state: asIs,
  reason: asIs,
  checked: asIs,
  home: asIs,
  cursor: asIs,
  probe: (value: unknown, id: string): SqlValue => sealedOrNull(value, `probe ${id}`),
  learned: (value: unknown, id: string): SqlValue => sealedOrNull(value, `learned ${id}`),
  windows: (value: unknown, id: string): SqlValue => sealedOrNull(value, `windows ${id}`),
} as const;

/** Changes a target; answers whether this driver may still write. */
export function* changeTarget({ id, epoch }: ConsumerClaim, patch: TargetPatch): SqlTask<boolean> {
  const params: SqlValue[] = [id, epoch];
  // In the order of `COLUMNS`, so that there are few texts.
  const sets = (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).flatMap((column) => {
    const value = patch[column];
    if (value === undefined) return [];
    params.push(COLUMNS[column](value, id));
    return [`${column} = $${String(params.length)}`];
  });
  const [rows = []] = yield [
    {
      text: `UPDATE consumer SET ${['epoch = epoch', ...sets].join(', ')} WHERE id = $1 AND epoch = $2 RETURNING id`,
      params,
    },
  ];
  return rows.length > 0;
}

const PAUSED = "SET state = 'paused', reason = $1, epoch = epoch + 1, holder = NULL, lease_until = 0";

/** Pauses what was on in data that is put back from a copy: it must not write until an operator says so. */
export function pauseRestored(): Statement {
  return {
    text: `UPDATE consumer ${PAUSED} WHERE kind = 'target' AND state IN ('on', 'paused', 'quarantined')`,
    params: ['restored'],
  };
}

/** Pauses what is on of a company that becomes as it was. A driver that is under way writes nothing more. */
export function pauseOfSnapshot(tenant: number): Statement {
  return {
    text: `UPDATE consumer ${PAUSED} WHERE kind = 'target' AND state = 'on' AND tenant = $2`,
    params: ['snapshot', tenant],
  };
}

const OF_TENANT = 'consumer IN (SELECT id FROM consumer WHERE tenant = $1)';

/**
 * Removes what is kept of the targets of a company that goes, the lines of plans before the plans. Their own rows go with those of
 * other consumers.
 */
export const REMOVE_TARGETS_OF = [
  `DELETE FROM target_plan_line WHERE plan IN (SELECT id FROM target_plan WHERE ${OF_TENANT})`,
  ...['link', 'delivery', 'target_plan', 'prediction', 'brake_count', 'drift_run'].map(
    (table) => `DELETE FROM ${table} WHERE ${OF_TENANT}`,
  ),
];

function asIs(value: unknown): SqlValue {
  // Every column of this kind holds a text, a number or null.
  return value as SqlValue;
}

function targetOf(row: Row): KeptTarget {
  const id = String(row['id']);
  return {
    id,
    tenant: Number(row['tenant']),
    platform: String(row['platform']),
    // Written by this file alone.
    state: String(row['state']) as TargetState,
    reason: textOrNull(row['reason']),
    checked: textOrNull(row['checked']),
    home: textOrNull(row['home']),
    ...targetTexts(row),
    cursor: Number(row['cursor']),
    epoch: Number(row['epoch']),
  };
}

/** What a row has as JSON. Throws `StoreDamagedError`. */
export function targetTexts(row: Row): Pick<KeptTarget, 'probe' | 'learned' | 'windows'> {
  const id = String(row['id']);
  // Written by `changeTarget` from the types they are read as.
  return {
    probe: opened(row['probe'], `probe ${id}`) as KeptProbe | null,
    learned: opened(row['learned'], `learned ${id}`) as KeptTarget['learned'],
    windows: opened(row['windows'], `windows ${id}`) as KeptTarget['windows'],
  };
}
