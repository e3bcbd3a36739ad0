import type { Call, Dialect, DialectContext, Reply, Route } from '../../dialects/dialect.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import { load, type ChangeFilter, type StoreTask } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { changeView } from './change-view.ts';
import { companyNotFound } from './companies.ts';
import type { ChangeLine, ChangeList } from './contract.ts';
import { json, problem } from './reply.ts';

/** So many changes are answered at one time. */
export const MAX_CHANGES = 1_000;

/** The history of a company and of each employee. */
export function changeRoutes(dialects: readonly Dialect[]): readonly Route[] {
  return [
    {
      operation: 'changes.list',
      method: 'GET',
      path: '/mingce/v1/companies/:key/changes',
      answer: listChanges,
    },
    {
      operation: 'employees.changes',
      method: 'GET',
      path: '/mingce/v1/companies/:key/employees/:id/changes',
      answer: (call, context) => employeeChanges(dialects, call, context),
    },
  ];
}

/** Parameters that choose changes by where they came from. */
const ORIGINS = ['operation', 'app', 'request'] as const;

async function listChanges({ params, query }: Call, { store }: DialectContext): Promise<Reply> {
  const limit = limitOf(query);
  if (typeof limit !== 'number') return limit;
  const before = query.get('before');
  if (before !== null && !/^[0-9]{1,15}$/.test(before)) {
    return problem(400, 'The parameter before is the number of a change.');
  }
  const since = query.get('since');
  const sinceAt = since === null ? undefined : Date.parse(since);
  if (sinceAt !== undefined && Number.isNaN(sinceAt)) {
    return problem(400, 'The parameter since is an instant such as 2026-12-24T08:00:00+08:00.');
  }
  const kind = query.get('kind');
  if (kind !== null && kind !== 'employee') return problem(400, 'The parameter kind is employee.');
  const key = params['key'] ?? '';
  const tenant = await store.tenantByKey(key);
  if (tenant === null) return companyNotFound(key);
  const platform = query.get('platform');
  const filter: ChangeFilter = {
    tenant: tenant.number,
    limit,
    before: before === null ? null : Number(before),
    ...(platform === null ? {} : { dialect: platform }),
    ...Object.fromEntries(ORIGINS.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : []))),
    ...(sinceAt === undefined ? {} : { since: sinceAt }),
  };
  const { changes, next } = await store.read(() => load('changes', filter));
  const list: ChangeList = { changes: changes.map(changeView), next };
  return json(200, list);
}

async function employeeChanges(
  dialects: readonly Dialect[],
  { params, query }: Call,
  { store }: DialectContext,
): Promise<Reply> {
  const limit = limitOf(query);
  if (typeof limit !== 'number') return limit;
  const key = params['key'] ?? '';
  const id = params['id'] ?? '';
  const tenant = await store.tenantByKey(key);
  if (tenant === null) return companyNotFound(key);
  const found = await store.read(() => employeesNamed(dialects, tenant, id));
  if (found.length > 1) {
    const ids = found.map((employee) => employee.id).join(', ');
    return problem(409, `Several employees have this id; ask for one of them by the own id: ${ids}.`);
  }
  const [employee] = found;
  if (employee === undefined) return problem(404, 'There is no such employee in this company.');
  const about = { tenant: tenant.number, employee: employee.id, limit: MAX_CHANGES };
  const field = query.get('field');
  const history = (await store.read(() => load('history', about))).map(changeView);
  const changes = history.filter((line) => field === null || isOfField(line, field)).slice(0, limit);
  const list: ChangeList = { changes, next: null };
  return json(200, list);
}

/** Whether a change is one of a field, by the record's name or its last part. */
function isOfField({ fields }: ChangeLine, field: string): boolean {
  return Object.keys(fields).some(
    (path) => path === field || path.startsWith(`${field}.`) || path.endsWith(`.${field}`),
  );
}

/** Finds an employee by own id, or the employees that a platform knows by the id. */
function* employeesNamed(dialects: readonly Dialect[], tenant: Tenant, id: string): StoreTask<readonly Employee[]> {
  const own = (yield* load('employees-by-id', { tenant: tenant.number, ids: [id] })).get(id);
  if (own !== undefined) return [own];
  const found = new Map<string, Employee>();
  for (const dialect of dialects) {
    for (const employee of yield* dialect.employeesWithId(tenant, id)) found.set(employee.id, employee);
  }
  return [...found.values()];
}

function limitOf(query: URLSearchParams): number | Reply {
  const limit = Number(query.get('limit') ?? 100);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_CHANGES) return limit;
  return problem(400, `The parameter limit is a whole number from 1 to ${String(MAX_CHANGES)}.`);
}
