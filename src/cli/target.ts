import { readConfig, sqliteUrlIn, type ConfigOverrides } from '../config.ts';
import { DEMO_ADMIN_KEY } from '../demo.ts';
import type { Store } from '../directory/store.ts';
import { StoreUnusableError } from '../store/engine.ts';
import { isAbsent, openStore } from '../store/open.ts';
import { createAdminClient, type AdminRequest } from './admin-client.ts';
import { adminPorts, type AdminPorts } from './admin-ports.ts';
import { CommandError } from './error-message.ts';
import { addressOf } from './server-address.ts';

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

/** What a command does with a store here, and with a running server. */
export interface Work<Result> {
  readonly local: (store: string) => Promise<Result>;
  readonly remote: (server: AdminPorts, request: AdminRequest) => Promise<Result>;
}

/** A folder that is given has the store that is meant, also where the environment names another. */
function givenStore({ data, store }: StoreOptions): Pick<ConfigOverrides, 'MINGCE_DATA' | 'MINGCE_STORE'> {
  return { MINGCE_DATA: data, MINGCE_STORE: store ?? (data === undefined ? undefined : sqliteUrlIn(data)) };
}

/** Works on the server that is named, else on the store; where a server has that open, on the server. */
export async function withTarget<Result>(options: TargetOptions, { local, remote }: Work<Result>): Promise<Result> {
  const { store, adminKey } = readConfig({
    ...givenStore(options),
    MINGCE_ADMIN_KEY: options.adminKey,
  });
  const key = adminKey ?? DEMO_ADMIN_KEY;
  const asked = (server: string): Promise<Result> => remote(adminPorts(server, key), createAdminClient(server, key));
  if (options.server !== undefined) return await asked(options.server);
  try {
    return await local(store);
  } catch (error) {
    if (!isInUse(error)) throw error;
    const address = await addressOf(store);
    if (address !== null) {
      process.stderr.write(`A running Mingce has this data open; using --server ${address}. 使用运行中的服务。\n`);
      return await asked(address);
    }
    throw new CommandError(
      'A running Mingce has this data open; add --server with its address, e.g. --server http://127.0.0.1:6464.',
      { cause: error },
    );
  }
}

/** Opens the store for as long as the work takes, for what only its owner can do. */
export async function withStore<Result>(
  options: StoreOptions,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const { store } = readConfig(givenStore(options));
  try {
    return await withStoreAt(store, work, { makes: true });
  } catch (cause) {
    if (!isInUse(cause)) throw cause;
    throw new CommandError(
      'A running Mingce has this data open; stop it first, or choose another folder with --data.',
      { cause },
    );
  }
}

/** Whether the work puts something into a store that is not there yet. */
export interface StorePurpose {
  readonly makes: boolean;
}

/** Opens a store for as long as the work takes. Where there is none, work that makes nothing sees an empty one and leaves no file. */
export async function withStoreAt<Result>(
  url: string,
  work: (store: Store) => Promise<Result>,
  { makes }: StorePurpose = { makes: false },
): Promise<Result> {
  const store = await openStore(!makes && isAbsent(url) ? 'sqlite::memory:' : url);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function isInUse(error: unknown): boolean {
  return error instanceof StoreUnusableError && error.isInUse;
}
