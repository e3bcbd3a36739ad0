import { load } from '../../../directory/store.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { lookupValue, NAMED_BY } from '../employees/seat-assignment.ts';
import { answer, errorReply } from '../protocol/errors.ts';
import { authenticated, notFound } from '../auth/guarded-route.ts';
import { withoutDollar } from '../model/ids.ts';
import { isActive } from '../employees/view.ts';
import { hoseOf } from '../protocol/wire.ts';

/** Kinds of items that wait for someone; `peceving` is spelled so [public: corporation/get-staff-backLog.md]. */
const KINDS = ['print', 'paying', 'carbonCopy', 'sending', 'peceving', 'approving'] as const;

/** Formats the pending items of a staff. */
type ShowCounts = (pending: Readonly<Record<string, number>>) => object;

/** By kind, since v1.1 [public: corporation/get-staff-backLog.md]. */
const byKind: ShowCounts = (pending) => {
  const counts = KINDS.map((kind) => [kind, pending[kind] ?? 0] as const);
  return { items: { count: total(pending), type: Object.fromEntries(counts) } };
};

/** As one number, under v1 [public: v2.0/corporation/get-staff-backLog.md]. */
const inAll: ShowCounts = (pending) => ({ count: total(pending) });

function total(pending: Readonly<Record<string, number>>): number {
  return Object.values(pending).reduce((sum, one) => sum + one, 0);
}

async function backlogCount(
  show: ShowCounts,
  { tenant }: Caller,
  { params, query }: Call,
  { store }: DialectContext,
): Promise<Reply> {
  const type = withoutDollar(params['type'] ?? '');
  if (type === null) return notFound();
  const space = NAMED_BY.get(type);
  if (space === undefined) return errorReply({ kind: 'unknown', subject: 'query-type', value: type });
  const named = query.get('staffParam') ?? '';
  if (named === '') return errorReply({ kind: 'missing', subject: 'staffParam参数' });
  const value = lookupValue(space, named);
  const found = await store.read(() => load('employees-by', { tenant: tenant.number, space, values: [value] }));
  // Several may share a code or a phone, which leaves open whose items are meant [proposed].
  const [employee, ...others] = (found.get(value) ?? []).filter(isActive);
  if (employee === undefined || others.length > 0)
    return errorReply({ kind: 'unknown', subject: 'backlog.staff', value: named });
  return answer(show(hoseOf(employee).pending ?? {}));
}

/** How many items wait for a staff. */
export const staffBacklogRoutes: readonly Route[] = [
  {
    operation: 'staffs.backlogCount',
    method: 'GET',
    path: '/api/openapi/v1.1/staffs/getBacklogCount/:type',
    answer: authenticated('general-directory', (caller, call, context) => backlogCount(byKind, caller, call, context)),
  },
  {
    operation: 'staffs.backlogCount.v1',
    method: 'GET',
    path: '/api/openapi/v1/staffs/getBacklogCount/:type',
    answer: authenticated('general-directory', (caller, call, context) => backlogCount(inAll, caller, call, context)),
  },
];
