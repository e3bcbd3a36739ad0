import type { Route } from '../../dialects/dialect.ts';
import type { Checked } from '../../directory/checked.ts';
import { attempt } from './backups.ts';
import type { CheckAnswer } from './contract.ts';
import { json } from './reply.ts';

/** Looks through everything that is kept, while it is served. */
export function checkRoute(check: () => Promise<Checked>): Route {
  return {
    operation: 'check',
    method: 'POST',
    path: '/mingce/v1/check',
    answer: () =>
      attempt(async () => {
        const checked = await check();
        return json(200, { whole: checked.damage.length === 0, ...checked } satisfies CheckAnswer);
      }),
  };
}
