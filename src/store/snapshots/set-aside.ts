import { listed, type CountedTable, type SqlSyntax, type SqlTask, type Statement } from '../engine.ts';
import { statesOf, type SnapshotState } from './kept.ts';

/*
 * Invitations and files are never changed, so a snapshot names them and has no copies. Those that a restore takes away
 * and another snapshot names are set aside, from where a later restore gets them.
 */

interface Table {
  readonly name: string;
  readonly aside: string;
  readonly key: string;
  readonly columns: string;
  readonly counted: CountedTable | null;
  readonly idsIn: (state: SnapshotState) => readonly (string | number)[];
}

const TABLES: readonly Table[] = [
  {
    name: 'invitation',
    aside: 'snapshot_invitation',
    key: 'number',
    columns: 'number, tenant, record',
    counted: 'invitation',
    idsIn: ({ invitations }) => invitations,
  },
  {
    name: 'attachment',
    aside: 'snapshot_attachment',
    key: 'id',
    columns: 'tenant, id, dialect, kind, type, bytes',
    counted: null,
    idsIn: ({ attachments }) => attachments,
  },
];

/** The ids of what a company has now, as a snapshot names them. */
export function* namedNow(tenant: number): SqlTask<Pick<SnapshotState, 'invitations' | 'attachments'>> {
  const [invitations = [], attachments = []] = yield TABLES.map(({ name, key }) => ({
    text: `SELECT ${key} AS id FROM ${name} WHERE tenant = $1 ORDER BY ${key}`,
    params: [tenant],
  }));
  return { invitations: invitations.map(({ id }) => Number(id)), attachments: attachments.map(({ id }) => String(id)) };
}

/** Makes the invitations and files of a company those that a snapshot names. */
export function* restoreNamed(flavor: SqlSyntax, tenant: number, state: SnapshotState): SqlTask<void> {
  for (const { name, aside, key, columns, counted, idsIn } of TABLES) {
    const params = [tenant, JSON.stringify(idsIn(state))];
    const among = `IN (SELECT value FROM ${idList(flavor, key, '$2')})`;
    yield [
      ...(counted === null ? [] : listed(flavor.beforeRemoval(counted))),
      {
        text: `INSERT INTO ${aside} (${columns}) SELECT ${columns} FROM ${name} WHERE tenant = $1 AND ${key} NOT ${among}`,
        params,
      },
      { text: `DELETE FROM ${name} WHERE tenant = $1 AND ${key} NOT ${among}`, params },
      {
        text: `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM ${aside} WHERE tenant = $1 AND ${key} ${among}`,
        params,
      },
      { text: `DELETE FROM ${aside} WHERE tenant = $1 AND ${key} ${among}`, params },
    ];
  }
  yield* forgetUnnamed(flavor, tenant);
}

/** Removes what was set aside and no snapshot names any more. */
export function* forgetUnnamed(flavor: SqlSyntax, tenant: number): SqlTask<void> {
  const there = yield TABLES.map(({ aside }) => ({
    text: `SELECT 1 AS one FROM ${aside} WHERE tenant = $1 LIMIT 1`,
    params: [tenant],
  }));
  if (there.every((rows) => rows.length === 0)) return;
  const states = yield* statesOf(tenant);
  yield TABLES.map(({ aside, key, idsIn }): Statement => ({
    text: `DELETE FROM ${aside} WHERE tenant = $1 AND ${key} NOT IN (SELECT value FROM ${idList(flavor, key, '$2')})`,
    params: [tenant, JSON.stringify([...new Set(states.flatMap(idsIn))])],
  }));
}

/** Removes all that was set aside of a company. */
export function forgetSetAside(tenant: number): readonly Statement[] {
  return TABLES.map(({ aside }) => ({ text: `DELETE FROM ${aside} WHERE tenant = $1`, params: [tenant] }));
}

/** The ids of a JSON list, as the engine compares them with a column. */
function idList(flavor: SqlSyntax, key: string, param: string): string {
  const each = flavor.jsonEach(param, 'v');
  return key === 'number' ? `(SELECT CAST(value AS BIGINT) AS value FROM ${each}) AS ids` : each;
}
