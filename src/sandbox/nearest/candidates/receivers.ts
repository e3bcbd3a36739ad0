import type { Dialect } from '../../../dialects/dialect.ts';
import type { App } from '../../../directory/auth/app.ts';
import { hashSecret } from '../../../directory/auth/secret.ts';
import type { Store } from '../../../directory/store.ts';
import { Tenant } from '../../../directory/tenant.ts';
import type { JournalEntry } from '../../journal/entry.ts';
import { NotRunError, type RebuiltCall } from '../../replay/rebuilt-call.ts';

/** An app that a call may be sent by. */
export interface Receiver {
  readonly tenant: Tenant;
  readonly app: App;
}

/** So many companies, and so many of their apps, are tried for a caller who is not known. */
const MAX_COMPANIES = 3;
const MAX_RECEIVERS = 8;

/** Finds the app that called; where that is not known, apps that may have been meant. Throws {@link NotRunError}. */
export async function receiversOf(
  entry: JournalEntry,
  dialect: Dialect,
  call: RebuiltCall,
  store: Store,
): Promise<readonly Receiver[]> {
  if (entry.company !== null) {
    const tenant = await store.tenantByKey(entry.company);
    const app = tenant?.appByKey(dialect.name, entry.app ?? '');
    if (tenant === null || app === undefined) throw new NotRunError('The app that called is not there any more.');
    return [{ tenant, app }];
  }
  const receivers: Receiver[] = [];
  for (const key of (await store.tenantKeys()).slice(0, MAX_COMPANIES)) {
    const tenant = await store.tenantByKey(key);
    const apps = tenant?.parts.apps.filter((one) => one.dialect === dialect.name && one.enabled) ?? [];
    if (tenant !== null) receivers.push(...apps.map((app) => ({ tenant, app })));
  }
  // Those first that the call names.
  const said = `${call.target} ${new TextDecoder().decode(call.body)}`;
  const isSaid = ({ app }: Receiver): number => Number(app.key.split('/').some((part) => said.includes(part)));
  const chosen = receivers.toSorted((one, other) => isSaid(other) - isSaid(one)).slice(0, MAX_RECEIVERS);
  if (chosen.length === 0) throw new NotRunError('No company has an app on this platform.');
  return chosen;
}

/** Takes the place of the secret of an app: the directory has none in clear. */
export const SECRET = '[secret of the app]';
const SALT = '00';

/** Pretends that the secret of an app is its stand-in. */
export function withKnownSecret({ parts }: Tenant, { id }: App): Tenant {
  const secret = hashSecret(SECRET, SALT);
  return new Tenant({ ...parts, apps: parts.apps.map((app) => (app.id === id ? { ...app, secret } : app)) });
}
