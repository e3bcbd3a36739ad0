import type { App } from '../../directory/auth/app.ts';
import { DirectoryError } from '../../directory/errors.ts';
import { APPLIED, SnapshotError, type Restored } from '../../directory/snapshots.ts';
import type { Store, StoreTask } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { Clock } from '../../lib/clock.ts';
import {
  SandboxClosedError,
  SnapshotNameError,
  type CompanyStates,
  type SandboxMode,
  type TokenChoice,
} from './contract.ts';

/** What is needed to keep states and to put them back. */
export interface StatesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly mode: SandboxMode;
  /** Whether nothing of a company was changed since its file was applied. */
  readonly isAsApplied: (now: Tenant) => StoreTask<boolean>;
  /** Throws where one of the apps may not be there, because its secret is known to everybody. */
  readonly judgeApps: (apps: readonly App[]) => void;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The states of the companies of a store. */
export function companyStates({ store, clock, mode, isAsApplied, judgeApps }: StatesOptions): CompanyStates {
  const refuseClosed = (): void => {
    if (mode !== 'on') throw new SandboxClosedError(mode);
  };
  const back = async (key: string, name: string, request: string, tokens: TokenChoice): Promise<Restored> => {
    refuseClosed();
    const operation = name === APPLIED ? 'reset' : 'snapshot.restore';
    const origin = { dialect: 'admin', operation, app: null, request, at: clock.now() };
    try {
      return await store.snapshots.restore(key, name, {
        origin,
        tokens,
        judge: ({ apps }) => {
          judgeApps(apps);
        },
      });
    } catch (error) {
      if (!(error instanceof DirectoryError) || error.problem.kind !== 'taken') throw error;
      throw new SnapshotError('taken', `${error.problem.subject} belongs to another company by now.`);
    }
  };
  return {
    list: async (key) => {
      const all = await store.snapshots.list(key);
      const applied = all.find(({ name }) => name === APPLIED);
      return {
        snapshots: all.filter(({ name }) => name !== APPLIED),
        applied: applied === undefined ? null : { at: applied.at, change: applied.change },
      };
    },
    take: async (key, name) => {
      refuseClosed();
      if (!NAME.test(name)) throw new SnapshotNameError();
      return await store.snapshots.take(key, { name, at: clock.now() }, isAsApplied);
    },
    restore: (key, name, request, tokens = 'restore') => back(key, name, request, tokens),
    reset: (key, request, tokens = 'keep') => back(key, APPLIED, request, tokens),
    remove: async (key, name) => {
      refuseClosed();
      return name !== APPLIED && (await store.snapshots.remove(key, name));
    },
  };
}
