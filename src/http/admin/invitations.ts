import type { Call, DialectContext, Reply, Route } from '../../dialects/dialect.ts';
import { load } from '../../directory/store.ts';
import { companyNotFound } from './companies.ts';
import type { InvitationList } from './contract.ts';
import { json, problem } from './reply.ts';

/** The most invitations in one answer. */
export const MAX_INVITATIONS = 1_000;

/** The outbox: the people the platforms would have invited, and at which address. */
export const invitationsRoute: Route = {
  operation: 'invitations.list',
  method: 'GET',
  path: '/mingce/v1/companies/:key/invitations',
  answer: invitations,
};

async function invitations({ params, query }: Call, { store }: DialectContext): Promise<Reply> {
  const key = params['key'] ?? '';
  const limit = Number(query.get('limit') ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_INVITATIONS) {
    return problem(400, `The parameter limit is a whole number from 1 to ${String(MAX_INVITATIONS)}.`);
  }
  const before = query.get('before');
  if (before !== null && !/^[0-9]{1,15}$/.test(before)) {
    return problem(400, 'The parameter before is the number of an invitation.');
  }
  const tenant = await store.tenantByKey(key);
  if (tenant === null) return companyNotFound(key);
  const about = { tenant: tenant.number, before: before === null ? null : Number(before), limit };
  const found = await store.read(() => load('invitations', about));
  const list: InvitationList = {
    invitations: found.map(({ at, ...invitation }) => ({ ...invitation, at: new Date(at).toISOString() })),
  };
  return json(200, list);
}
