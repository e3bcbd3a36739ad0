import type { Call, DialectContext, Reply, Route } from '../../dialects/dialect.ts';
import { load } from '../../directory/store.ts';
import { companyNotFound } from './companies.ts';
import type { ChangeList } from './contract.ts';
import { json, problem } from './reply.ts';

/** So many changes are told at one time. */
export const MAX_CHANGES = 1_000;

/** What became of one employee, whoever asked for it. */
export const changesRoute: Route = {
  operation: 'employees.changes',
  method: 'GET',
  path: '/mingce/v1/companies/:key/employees/:id/changes',
  answer: changes,
};

async function changes({ params, query }: Call, { store }: DialectContext): Promise<Reply> {
  const key = params['key'] ?? '';
  const id = params['id'] ?? '';
  const limit = Number(query.get('limit') ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_CHANGES) {
    return problem(400, `The parameter limit is a whole number from 1 to ${String(MAX_CHANGES)}.`);
  }
  const tenant = await store.tenantByKey(key);
  if (tenant === null) return companyNotFound(key);
  const about = { tenant: tenant.number, employee: id, limit };
  const found = await store.read(() => load('history', about));
  // Every record begins with the change that made it.
  if (found.length === 0) return problem(404, 'There is no such employee in this company.');
  const list: ChangeList = {
    changes: found.map(({ number, employee, origin, fields, note }) => ({
      number,
      at: new Date(origin.at).toISOString(),
      employee,
      dialect: origin.dialect,
      operation: origin.operation,
      app: origin.app,
      request: origin.request,
      fields,
      ...note,
    })),
  };
  return json(200, list);
}
