import type { Account } from '../../directory/auth/account.ts';
import { changedFields, type Origin } from '../../directory/history/change.ts';
import type { FaultRule } from '../../directory/faults/fault.ts';
import { APPLIED, type Restored, type RestoreOptions } from '../../directory/snapshots.ts';
import type { Effect } from '../../directory/store.ts';
import { companyTime, type CompanyClock } from '../../directory/company-clock.ts';
import type { Tenant, TenantData } from '../../directory/tenant.ts';
import { applyEffects } from '../apply-effects.ts';
import type { SqlSyntax, SqlTask, Statement } from '../engine.ts';
import { newestChange } from '../queries/changes.ts';
import { endCountsOf } from '../queries/counts.ts';
import { writeAgain } from '../queries/employee-write.ts';
import { refuseNamesOfOthers, removeOrphanAccounts, saveTenant } from '../queries/tenants.ts';
import { addedSince, changedSince, type DifferingEmployee } from './differing.ts';
import { stateOf, type KeptSnapshot } from './kept.ts';
import { pauseOfSnapshot } from '../targets/target-rows.ts';
import { restoreAccounts } from './restore-accounts.ts';
import { restoreInvitations } from './set-aside.ts';
import { FILE_COLUMNS, TOKEN_COLUMNS } from './take.ts';

/** How many employees are written in one step. */
const WRITTEN = 50;
/** So many employees that were written are named to caches; of more, caches forget all. */
const NAMED = 1_000;

type EmployeeEffect = Effect & { readonly write: 'employee' };

/** What a restore wrote, for caches. */
export interface RestoreResult {
  readonly restored: Restored;
  /** Null where they are too many. */
  readonly employees: readonly EmployeeEffect[] | null;
  readonly accounts: readonly Account[];
}

/**
 * Makes a company as it was, in a transaction in which no other writes it. What differs is written as a change of each
 * employee, so that no number is given twice and the history says what happened.
 */
export function* restoreSnapshot(
  flavor: SqlSyntax,
  now: Tenant,
  kept: KeptSnapshot,
  { origin, tokens, judge }: RestoreOptions,
): SqlTask<RestoreResult> {
  const tenant = now.number;
  const state = stateOf(kept);
  judge?.(state.parts);
  yield* refuseNamesOfOthers(now, state.parts);
  const written = new Written();
  yield* writeDiffering(flavor, { tenant, snapshot: kept.number, origin, written });
  if (written.left.size > 0) yield [removeOrphanAccounts(flavor, [...written.left])];
  const { accounts, left } = yield* restoreAccounts(flavor, kept);
  const { appliedFile } = state.parts;
  // What was undone here is no reason to say that the company was changed since its file was applied.
  const marker =
    state.isAsApplied && appliedFile !== undefined
      ? { appliedFile: { ...appliedFile, change: yield* newestChange() } }
      : {};
  const clock = rewound(state.parts, now.parts);
  const { faults: _faults, suppressions: _suppressions, ...parts } = state.parts;
  // What a team accepts of its clients is no state of the company.
  const { suppressions } = now.parts;
  const faults = faultsAfter(state.parts, kept.name);
  const restored = {
    ...parts,
    ...marker,
    ...(faults.length === 0 ? {} : { faults }),
    ...(suppressions === undefined ? {} : { suppressions }),
    clock,
  };
  yield* saveTenant(flavor, now, restored, { origin });
  yield [endCountsOf(flavor, tenant), pauseOfSnapshot(tenant)];
  yield* restoreInvitations(flavor, tenant, state.invitations);
  yield [
    ...filesAsKept(tenant, kept.number),
    ...(tokens === 'restore'
      ? tokensAsKept(tenant, kept.number)
      : [tokensOfLater(tenant, companyTime({ number: tenant, parts: { clock } }, origin.at))]),
  ];
  const { name, at, change } = kept;
  return {
    restored: { snapshot: { name, at, change }, tenant, employees: written.count, left },
    employees: written.count > NAMED ? null : written.effects,
    accounts,
  };
}

/** The clock of the snapshot in an epoch of its own: time may go back here, and nothing counted before may count. */
function rewound({ clock }: Pick<TenantData, 'clock'>, now: TenantData): CompanyClock {
  return { ...(clock ?? { mode: 'system' }), epoch: (now.clock?.epoch ?? 0) + 1 };
}

/** A reset leaves the rules of the company file; a snapshot has all that there were. */
function faultsAfter({ faults = [] }: Pick<TenantData, 'faults'>, name: string): readonly FaultRule[] {
  return name === APPLIED ? faults.filter((rule) => rule.from_file === true) : faults;
}

/** What was written of employees. */
class Written {
  count = 0;
  readonly effects: EmployeeEffect[] = [];
  /** Accounts that employees had and have no more. */
  readonly left = new Set<string>();

  add(effect: EmployeeEffect): void {
    if (++this.count <= NAMED) this.effects.push(effect);
    const { before, after } = effect;
    if (before !== null && before.account !== null && before.account !== after?.account) this.left.add(before.account);
  }
}

interface Writing {
  readonly tenant: number;
  readonly snapshot: number;
  readonly origin: Origin;
  readonly written: Written;
}

/** Removes those who were not there first: an own id may be that of one who was. */
function* writeDiffering(flavor: SqlSyntax, { tenant, snapshot, origin, written }: Writing): SqlTask<void> {
  for (const next of [addedSince, changedSince]) {
    for (let after = 0; ;) {
      const differing: readonly DifferingEmployee[] = yield* next(tenant, snapshot, after);
      const last = differing.at(-1);
      if (last === undefined) break;
      after = last.seq;
      const gone = differing.filter(({ now }) => now === null);
      const effects = differing.map(({ now: before, kept }): EmployeeEffect => {
        const fields = changedFields(before, kept);
        return { write: 'employee', tenant, before, after: kept, fields, origin };
      });
      for (const effect of effects) written.add(effect);
      const there = effects.filter(({ before }) => before !== null);
      for (let from = 0; from < there.length; from += WRITTEN) {
        yield yield* applyEffects(flavor, there.slice(from, from + WRITTEN));
      }
      if (gone.length > 0) yield yield* bringBack(flavor, tenant, gone, origin);
    }
  }
}

/** Statements that write employees who were removed, each after the change that removed the last one of this id. */
function* bringBack(
  flavor: SqlSyntax,
  tenant: number,
  gone: readonly DifferingEmployee[],
  origin: Origin,
): SqlTask<readonly Statement[]> {
  const ids = gone.map(({ kept }) => kept?.id ?? '');
  const [rows = []] = yield [
    {
      text: `SELECT c.employee, max(c.number) AS number FROM departed d JOIN change c ON c.number = d.change WHERE d.tenant = $1 AND c.employee IN (SELECT value FROM ${flavor.jsonEach('$2', 'v')}) GROUP BY c.employee`,
      params: [tenant, JSON.stringify(ids)],
      isPlannedEachTime: true,
    },
  ];
  const removals = new Map(rows.map((row) => [String(row['employee']), Number(row['number'])]));
  return gone.flatMap(({ seq, kept }) =>
    kept === null ? [] : writeAgain(flavor, { tenant, seq, previous: removals.get(kept.id) ?? 0 }, kept, origin),
  );
}

/** Files may have been added, replaced and removed. */
function filesAsKept(tenant: number, snapshot: number): readonly Statement[] {
  const params = [tenant, snapshot];
  const isSame =
    's.id = attachment.id AND s.kind = attachment.kind AND s.type = attachment.type AND s.bytes = attachment.bytes';
  return [
    {
      text: `DELETE FROM attachment WHERE tenant = $1 AND NOT EXISTS (SELECT 1 FROM snapshot_attachment s WHERE s.snapshot = $2 AND ${isSame})`,
      params,
      isPlannedEachTime: true,
    },
    {
      text: `INSERT INTO attachment (tenant, ${FILE_COLUMNS}) SELECT CAST($1 AS BIGINT), ${FILE_COLUMNS} FROM snapshot_attachment WHERE snapshot = $2 ON CONFLICT DO NOTHING`,
      params,
    },
  ];
}

/** Ends the tokens that were issued when the company's clock was ahead of the present. */
function tokensOfLater(tenant: number, present: number): Statement {
  return { text: 'DELETE FROM token WHERE tenant = $1 AND issued_at > $2', params: [tenant, present] };
}

function tokensAsKept(tenant: number, snapshot: number): readonly Statement[] {
  return [
    { text: 'DELETE FROM token WHERE tenant = $1', params: [tenant] },
    {
      text: `INSERT INTO token (tenant, ${TOKEN_COLUMNS}) SELECT CAST($1 AS BIGINT), ${TOKEN_COLUMNS} FROM snapshot_token WHERE snapshot = $2`,
      params: [tenant, snapshot],
    },
  ];
}
