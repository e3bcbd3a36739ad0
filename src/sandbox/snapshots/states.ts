import type { App } from '../../directory/auth/app.ts';
import { DirectoryError } from '../../directory/errors.ts';
import { APPLIED, SnapshotError, type Restored } from '../../directory/snapshots.ts';
import type { Store, StoreTask, TenantContents } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { meantAmong } from '../../lib/did-you-mean.ts';
import type { Clock } from '../../lib/time/clock.ts';
import {
  ForkKeyError,
  SandboxClosedError,
  SnapshotNameError,
  type CompanyStates,
  type SandboxMode,
  type StateDifference,
  type TokenChoice,
} from './contract.ts';
import { forkCompany } from './fork.ts';

/** What is needed to keep states and to put them back. */
export interface StatesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly mode: SandboxMode;
  /** Whether nothing of a company was changed since its file was applied. */
  readonly isAsApplied: (now: Tenant) => StoreTask<boolean>;
  /** Throws where one of the apps may not be there, because its secret is known to everybody. */
  readonly judgeApps: (apps: readonly App[]) => void;
  /** Called with the number of a company once it is as it was, for what is kept of it outside the store. */
  readonly putBack: (tenant: number) => void;
  readonly dialects: Parameters<typeof forkCompany>[1];
  /** What a company file of one state would do to another one. */
  readonly compare: (from: TenantContents, to: TenantContents) => Promise<StateDifference>;
}

/** The name of the present state. */
const NOW = '@now';
const KEY = /^[a-z0-9][a-z0-9-]{0,62}$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The states of the companies of a store. */
export function companyStates(options: StatesOptions): CompanyStates {
  const { store, clock, mode, isAsApplied, judgeApps, putBack, dialects, compare } = options;
  const refuseClosed = (): void => {
    if (mode !== 'on') throw new SandboxClosedError(mode);
  };
  const back = async (key: string, name: string, request: string, tokens: TokenChoice): Promise<Restored> => {
    refuseClosed();
    const operation = name === APPLIED ? 'reset' : 'snapshot.restore';
    const origin = { dialect: 'admin', operation, app: null, request, at: clock.now() };
    try {
      const restored = await store.snapshots.restore(key, name, {
        origin,
        tokens,
        judge: ({ apps }) => {
          judgeApps(apps);
        },
      });
      putBack(restored.tenant);
      return restored;
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
    fork: async (key, to, request) => {
      refuseClosed();
      if (!KEY.test(to)) throw new ForkKeyError();
      const origin = { dialect: 'admin', operation: 'fork', app: null, request, at: clock.now() };
      return await forkCompany(store, dialects, { from: key, to, origin });
    },
    diff: async (key, from, to) => await compare(await contentsOf(store, key, from), await contentsOf(store, key, to)),
    remove: async (key, name) => {
      refuseClosed();
      return name !== APPLIED && (await store.snapshots.remove(key, name));
    },
  };
}

/** A state of a company: as it is, as a snapshot keeps it, or another company as it is. */
async function contentsOf(store: Store, key: string, name: string): Promise<TenantContents> {
  if (name !== NOW && (name === APPLIED || (await isSnapshot(store, key, name))))
    return await store.snapshots.contents(key, name);
  // eslint-disable-next-line require-yield -- there is nothing to ask
  const now = await store.consider(name === NOW ? key : name, function* (is): StoreTask<TenantContents | null> {
    return is;
  });
  if (now === null) {
    const names =
      name === NOW ? [] : (await store.snapshots.list(key)).map((one) => one.name).filter((one) => one !== APPLIED);
    throw new SnapshotError('unknown', `There is no snapshot and no company of this name; ${meantAmong(name, names)}.`);
  }
  return now;
}

async function isSnapshot(store: Store, key: string, name: string): Promise<boolean> {
  return (await store.snapshots.list(key)).some((one) => one.name === name);
}
