import type { Origin } from '../history/change.ts';
import { load, type Decision, type Store, type StoreTask } from '../store.ts';
import type { Tenant } from '../tenant.ts';
import type { App } from './app.ts';

/** Changes one app of a company in one transaction; null where the company has none of that key. */
export async function editApp(
  store: Store,
  { number }: Pick<Tenant, 'number'>,
  { dialect, key }: Pick<App, 'dialect' | 'key'>,
  edit: (app: App) => App,
  origin: Origin,
): Promise<App | null> {
  return await store.write(function* (): StoreTask<Decision<App | null>> {
    const now = yield* load('tenant', { number });
    const app = now?.appByKey(dialect, key);
    if (now === null || app === undefined) return { answer: null, effects: [] };
    const { number: _number, ...parts } = now.parts;
    const after = edit(app);
    const apps = parts.apps.map((one) => (one === app ? after : one));
    return { answer: after, effects: [{ write: 'tenant', now, parts: { ...parts, apps }, origin }] };
  });
}
