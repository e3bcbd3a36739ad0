import { outboxOf, type OutboxRecord } from '../../directory/outbox.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialects/dialect.ts';
import { companyNotFound } from './companies.ts';
import type { OutboxJoin, OutboxLine, OutboxList } from './contract.ts';
import { json, problem } from './reply.ts';

const PATH = '/mingce/v1/companies/:key/outbox';
const MAX_LIMIT = 1_000;
const KINDS: ReadonlySet<string> = new Set(['message', 'invitation', 'join']);

/** The outbox: what the platforms would have delivered. Nothing was really sent. */
export const outboxRoutes: readonly Route[] = [
  { operation: 'outbox.list', method: 'GET', path: PATH, answer: list },
  { operation: 'outbox.empty', method: 'DELETE', path: PATH, answer: empty },
  { operation: 'outbox.accept', method: 'POST', path: `${PATH}/:number/accept`, answer: accept },
];

async function list({ params, query }: Call, { store }: DialectContext): Promise<Reply> {
  const key = params['key'] ?? '';
  const limit = Number(query.get('limit') ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    return problem(400, `The parameter limit is a whole number from 1 to ${String(MAX_LIMIT)}.`);
  const before = query.get('before');
  if (before !== null && !/^[0-9]{1,15}$/.test(before))
    return problem(400, 'The parameter before is the number of a record.');
  const kind = query.get('kind');
  if (kind !== null && !KINDS.has(kind)) return problem(400, 'The parameter kind is message, invitation or join.');
  const employee = query.get('employee');
  const tenant = await store.tenantByKey(key);
  if (tenant === null) return companyNotFound(key);
  const found = outboxOf(store)
    .list(tenant.number)
    .filter(
      (record) =>
        (before === null || record.number < Number(before)) &&
        (kind === null || record.kind === kind) &&
        (employee === null || record.recipients.some((one) => one.employee === employee)),
    );
  const items = found.slice(0, limit);
  const next = found.length > limit ? (items.at(-1)?.number ?? null) : null;
  return json(200, { items: items.map(shown), next } satisfies OutboxList);
}

async function empty({ params }: Call, { store }: DialectContext): Promise<Reply> {
  const key = params['key'] ?? '';
  const tenant = await store.tenantByKey(key);
  if (tenant === null) return companyNotFound(key);
  outboxOf(store).clear(tenant.number);
  return json(200, { items: [], next: null });
}

async function accept({ params }: Call, { store }: DialectContext): Promise<Reply> {
  const key = params['key'] ?? '';
  const tenant = await store.tenantByKey(key);
  if (tenant === null) return companyNotFound(key);
  const number = params['number'] ?? '';
  const accepted = /^[0-9]{1,15}$/.test(number) ? outboxOf(store).accept(tenant.number, Number(number)) : null;
  if (accepted === null) return problem(404, 'The outbox has no invitation of that number.');
  return json(200, { joined: await accepted } satisfies OutboxJoin);
}

function shown({ at, recalledAt, digest: _digest, ...record }: OutboxRecord): OutboxLine {
  return {
    ...record,
    at: new Date(at).toISOString(),
    recalled_at: recalledAt === null ? null : new Date(recalledAt).toISOString(),
  };
}
