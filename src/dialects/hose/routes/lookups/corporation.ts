import type { Call, DialectContext, Reply, Route } from '../../../dialect.ts';
import { answer } from '../../protocol/errors.ts';
import { authenticated } from '../../auth/guarded-route.ts';
import { spaces } from '../../model/ids.ts';
import { refusalReply } from '../../auth/structure-refusal.ts';
import { settingsOf } from '../../model/settings.ts';
import { structureErrors } from '../../protocol/structure-codes.ts';

/** This server's own address, with the slash at its end [public: getting-started/origin.md]; needs no token. */
async function location({ query, origin }: Call, { store }: DialectContext): Promise<Reply> {
  const value = query.get('corpId') ?? '';
  if ((await store.tenantByName(spaces.corporation, value)) !== null) return answer({ value: `${origin}/` });
  return refusalReply({
    problem: { kind: 'unknown', subject: 'corporation', value },
    failure: structureErrors.nothingFound,
  });
}

/** Where a corporation is served, and what it is called. */
export const corporationRoutes: readonly Route[] = [
  { operation: 'location', method: 'GET', path: '/api/openapi/v2/location', answer: location },
  {
    operation: 'corporations',
    method: 'GET',
    path: '/api/openapi/v1/corporations',
    answer: authenticated('general-directory', ({ tenant }) =>
      answer({ value: { id: settingsOf(tenant).corporationId, name: tenant.parts.name } }),
    ),
  },
];
