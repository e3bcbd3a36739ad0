import type { App } from '../directory/auth/app.ts';
import type { AppFound } from '../directory/backup.ts';
import { verifySecret } from '../directory/auth/secret.ts';
import type { SqlTask } from './engine.ts';

/** So many apps are read at one time. */
const BATCH_SIZE = 1_000;

/** The first app that has one of these secrets; null where none has. */
export function* appWithSecret(secrets: readonly string[]): SqlTask<AppFound | null> {
  let [tenant, id] = [0, ''];
  for (;;) {
    const [rows = []] = yield [
      {
        text: `SELECT p.tenant, p.id, p.record, t.key FROM tenant_part p JOIN tenant t ON t.number = p.tenant
          WHERE p.kind = 'app' AND (p.tenant > $1 OR (p.tenant = $1 AND p.id > $2)) ORDER BY p.tenant, p.id LIMIT $3`,
        params: [tenant, id, BATCH_SIZE],
      },
    ];
    for (const row of rows) {
      const { key, secret } = JSON.parse(String(row['record'])) as App;
      if (secrets.some((one) => verifySecret(one, secret))) return { company: String(row['key']), app: key };
    }
    const last = rows.at(-1);
    if (last === undefined) return null;
    [tenant, id] = [Number(last['tenant']), String(last['id'])];
  }
}
