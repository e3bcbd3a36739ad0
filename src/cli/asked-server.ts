import { readConfig } from '../config.ts';
import { DEMO_ADMIN_KEY } from '../demo.ts';
import { createAdminClient, toCommandError, type AdminRequest, type RefusalOptions } from './admin-client.ts';
import { CommandError, UsageError } from './error-message.ts';
import { nextCommand } from './live/next-command.ts';
import { addressOf } from './server-address.ts';
import type { TargetOptions } from './target.ts';

/** Finds the running server that a command is about: the one that is named, else the one that has the store open. */
export async function askedServer(options: TargetOptions): Promise<AdminRequest> {
  const { adminKey } = configOf(options);
  return createAdminClient(await askedAddress(options), adminKey ?? DEMO_ADMIN_KEY);
}

/** Returns the address of that server. */
export async function askedAddress(options: TargetOptions): Promise<string> {
  const { server } = options;
  const address = server ?? (await addressOf(configOf(options).store));
  if (address !== null) return address;
  throw new CommandError(
    'This needs a running Mingce, and none was found with this data. Start it with ' +
      `${nextCommand(['serve'], placeOf(options))}, or add --server with its address, e.g. --server http://127.0.0.1:6464.`,
  );
}

/** What a server is started with to find the same data. */
function placeOf({ data, store }: TargetOptions): TargetOptions {
  return { ...(data === undefined ? {} : { data }), ...(store === undefined ? {} : { store }) };
}

function configOf({ data, store, adminKey }: TargetOptions): ReturnType<typeof readConfig> {
  return readConfig({ MINGCE_DATA: data, MINGCE_STORE: store, MINGCE_ADMIN_KEY: adminKey });
}

/** Returns the key of the company that is named, else of the only one that the server has. */
export async function askedCompany(ask: AdminRequest, company: string | undefined): Promise<string> {
  if (company !== undefined) return company;
  const { companies } = await askedJson<{ readonly companies: readonly { readonly key: string }[] }>(
    ask('GET', '/mingce/v1/companies'),
  );
  const [only] = companies;
  if (companies.length === 1 && only !== undefined) return only.key;
  const keys = companies.map(({ key }) => key).join(', ');
  if (keys === '') throw new CommandError('The server has no company.');
  throw new UsageError(`Name a company with --company: ${keys}.`);
}

/** What is sent is made of options and arguments alone: what does not fit there is a mistake on the command line, too. */
export const OF_VALUES = { mistakes: [400, 422] } as const;

/** Returns what was answered as JSON; a refusal becomes an error for the command line. */
export async function askedJson<Answer>(answer: Promise<Response>, how: RefusalOptions = {}): Promise<Answer> {
  const response = await answer;
  if (!response.ok) throw await toCommandError(response, how);
  return (await response.json()) as Answer;
}
