import {
  APPLIED,
  SnapshotError,
  type Restored,
  type RestoreOptions,
  type Snapshot,
  type SnapshotRequest,
} from '../../directory/snapshots.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import type { AccountWithMemberships } from '../../directory/auth/account.ts';
import type { Snapshots, StoreTask, TenantContents } from '../../directory/store.ts';
import { Tenant } from '../../directory/tenant.ts';
import type { TransactionContext } from '../cache/transaction-context.ts';
import type { SqlSyntax, SqlTask, WriteResult } from '../engine.ts';
import { meantAmong } from '../../lib/did-you-mean.ts';
import { accountOf } from '../queries/accounts.ts';
import { deserializeEmployee } from '../queries/employee-record.ts';
import { findTenantRef } from '../queries/tenants.ts';
import { removeSnapshot, snapshotNamed, snapshotsOf, stateOf, type KeptSnapshot } from './kept.ts';
import { restoreSnapshot, type RestoreResult } from './restore.ts';
import { forgetUnnamed } from './set-aside.ts';
import { takeSnapshot } from './take.ts';

/** What is needed of the store that this is part of. */
export interface SnapshotSources {
  readonly flavor: SqlSyntax;
  readonly read: <Result>(work: (run: TransactionContext) => SqlTask<Result>) => Promise<Result>;
  readonly write: <Result>(work: (run: TransactionContext) => SqlTask<WriteResult<Result>>) => Promise<Result>;
  /** A company that no other writes before the transaction is done; null where there is none. */
  readonly tenantAlone: (key: string) => SqlTask<Tenant | null>;
  readonly run: <Result>(work: StoreTask<Result>, run: TransactionContext) => SqlTask<Result>;
  /** Takes notice, before the commit, of what was written. */
  readonly restored: (result: RestoreResult) => void;
}

/** The snapshots of the companies of a store. */
export class CompanySnapshots implements Snapshots {
  readonly #sources: SnapshotSources;

  constructor(sources: SnapshotSources) {
    this.#sources = sources;
  }

  list(key: string): Promise<readonly Snapshot[]> {
    return this.#sources.read(() => listed(key));
  }

  take(key: string, request: SnapshotRequest, isAsApplied: (now: Tenant) => StoreTask<boolean>): Promise<Snapshot> {
    const { write, run, tenantAlone } = this.#sources;
    return write(function* (context): SqlTask<WriteResult<Snapshot>> {
      const now = (yield* tenantAlone(key)) ?? unknownCompany(key);
      const result = yield* takeSnapshot(now, request, yield* run(isAsApplied(now), context));
      return { result, deferred: [] };
    });
  }

  restore(key: string, name: string, options: RestoreOptions): Promise<Restored> {
    const { write, tenantAlone, flavor, restored } = this.#sources;
    return write(function* (): SqlTask<WriteResult<Restored>> {
      const now = (yield* tenantAlone(key)) ?? unknownCompany(key);
      const result = yield* restoreSnapshot(flavor, now, yield* kept(now.number, name), options);
      restored(result);
      return { result: result.restored, deferred: [] };
    });
  }

  remove(key: string, name: string): Promise<boolean> {
    const { write, tenantAlone, flavor } = this.#sources;
    return write(function* (): SqlTask<WriteResult<boolean>> {
      const { number } = (yield* tenantAlone(key)) ?? unknownCompany(key);
      const isThere = (yield* snapshotNamed(number, name)) !== null;
      if (isThere) {
        yield removeSnapshot(number, name);
        yield* forgetUnnamed(flavor, number);
      }
      return { result: isThere, deferred: [] };
    });
  }

  contents(key: string, name: string): Promise<TenantContents> {
    return this.#sources.read(() => contentsOf(key, name));
  }
}

function* listed(key: string): SqlTask<readonly Snapshot[]> {
  const ref = (yield* findTenantRef('key', key)) ?? unknownCompany(key);
  return yield* snapshotsOf(ref.number);
}

function* kept(tenant: number, name: string): SqlTask<KeptSnapshot> {
  return (yield* snapshotNamed(tenant, name)) ?? unknownSnapshot(name, yield* snapshotsOf(tenant));
}

function* contentsOf(key: string, name: string): SqlTask<TenantContents> {
  const { number } = (yield* findTenantRef('key', key)) ?? unknownCompany(key);
  const snapshot = yield* kept(number, name);
  const [employees = [], accounts = []] = yield [
    { text: 'SELECT record FROM snapshot_employee WHERE snapshot = $1 ORDER BY seq', params: [snapshot.number] },
    { text: 'SELECT id, mobile, email FROM snapshot_account WHERE snapshot = $1', params: [snapshot.number] },
  ];
  return {
    tenant: new Tenant({ ...stateOf(snapshot).parts, number }),
    employees: employees.map(({ record }): Employee => deserializeEmployee(String(record))),
    accounts: new Map(
      accounts.map((row): [string, AccountWithMemberships] => {
        const account = accountOf(row);
        return [account.id, { ...account, memberships: [] }];
      }),
    ),
  };
}

function unknownCompany(key: string): never {
  throw new SnapshotError('unknown-company', `There is no company "${key}".`);
}

function unknownSnapshot(name: string, known: readonly Snapshot[]): never {
  if (name === APPLIED) {
    throw new SnapshotError(
      'nothing-applied',
      'No state of the company file was kept to return to: apply the file once with MINGCE_SANDBOX=on.',
    );
  }
  const names = known.map((one) => one.name).filter((one) => one !== APPLIED);
  throw new SnapshotError('unknown', `There is no snapshot of this name; ${meantAmong(name, names)}.`);
}
