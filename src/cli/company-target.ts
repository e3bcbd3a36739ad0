import { companyFiles } from '../company/company-files.ts';
import { readConfig, type Given } from '../config.ts';
import { DEMO_ADMIN_KEY } from '../demo.ts';
import { dialects } from '../dialects/registry.ts';
import type { Store } from '../directory/store.ts';
import type { Applied, Companies } from '../http/admin/contract.ts';
import { systemClock } from '../lib/clock.ts';
import { randomIds } from '../lib/ids.ts';
import { StoreUnusable } from '../store/engine.ts';
import { openStore } from '../store/open.ts';
import { CommandRefused } from './error-message.ts';
import { toCommandError, createAdminClient } from './admin-client.ts';

/** Which store is meant, as the options of a command say. */
export interface StoreOptions {
  readonly data?: string;
  readonly store?: string;
}

/** Where companies are kept, as the options of a command say. */
export interface TargetOptions extends StoreOptions {
  readonly server?: string;
  readonly adminKey?: string;
}

/** What commands do with companies, here or on a running server. */
export type CompanyTarget = Pick<Companies, 'apply' | 'export'>;

/** Opens the store in the data folder, or speaks to a running server, for as long as the work takes. */
export async function withCompanyTarget<Result>(
  options: TargetOptions,
  work: (office: CompanyTarget) => Promise<Result>,
): Promise<Result> {
  const given: Given = {
    MINGCE_DATA: options.data,
    MINGCE_STORE: options.store,
    MINGCE_ADMIN_KEY: options.adminKey,
  };
  const config = readConfig(given);
  if (options.server !== undefined) return await work(remote(options.server, config.adminKey ?? DEMO_ADMIN_KEY));
  return await withStoreAt(
    config.store,
    'add --server with its address, e.g. --server http://127.0.0.1:6464, or stop it first',
    (store) => work(companyFiles(store, dialects, systemClock, randomIds)),
  );
}

/** Opens the store for as long as the work takes, for what only its owner can do. */
export async function withStore<Result>(
  options: StoreOptions,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const { store } = readConfig({ MINGCE_DATA: options.data, MINGCE_STORE: options.store });
  return await withStoreAt(store, 'stop it first, or choose another folder with --data', work);
}

async function withStoreAt<Result>(
  url: string,
  advice: string,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  let store: Store;
  try {
    store = await openStore(url);
  } catch (error) {
    if (!(error instanceof StoreUnusable && error.isInUse)) throw error;
    throw new CommandRefused(`A running Mingce has this data open; ${advice}.`, { cause: error });
  }
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function remote(server: string, adminKey: string): CompanyTarget {
  const ask = createAdminClient(server, adminKey);
  return {
    apply: async (key, text, { plan }) => {
      const answer = await ask(
        'PUT',
        `/mingce/v1/companies/${encodeURIComponent(key)}${plan ? '?plan=true' : ''}`,
        text,
      );
      if (!answer.ok) throw await toCommandError(answer);
      return (await answer.json()) as Applied;
    },
    export: async (key) => {
      const answer = await ask('GET', `/mingce/v1/companies/${encodeURIComponent(key)}/file`);
      if (answer.status === 404) return null;
      if (!answer.ok) throw await toCommandError(answer);
      return await answer.text();
    },
  };
}
