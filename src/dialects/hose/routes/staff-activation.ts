import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import { setActive, type SetActiveRequest } from '../employees/lifecycle/deactivate.ts';
import type { Caller } from '../auth/caller.ts';
import { answer, fail, failureOf, errorReply } from '../protocol/errors.ts';
import { authenticated } from '../auth/guarded-route.ts';
import { showStaff } from '../employees/view.ts';

async function disableOrEnable(
  operation: string,
  readsType: boolean,
  { tenant, app }: Caller,
  call: Call,
  context: DialectContext,
): Promise<Reply> {
  const { query, params, requestId } = call;
  const active = query.get('active');
  // Anything but the two words says nothing [proposed].
  if (active !== 'true' && active !== 'false') return errorReply({ kind: 'missing', subject: 'active' });
  const by = readsType ? (query.get('type') ?? '') : 'id';
  if (by !== '' && by !== 'id' && by !== 'code') return errorReply({ kind: 'invalid', subject: 'type' });
  const staffs = readStaffs(params['staffIds'] ?? '');
  if (staffs === null) return errorReply({ kind: 'unknown', subject: 'staffIds', value: params['staffIds'] ?? '' });
  const request: SetActiveRequest = {
    staffs,
    by: by === 'code' ? 'code' : 'id',
    active: active === 'true',
    // Absent is true, and anything but true forces it [public: contacts/active-staffs.md, whose own sample misspells it].
    checksPending: (query.get('doCheck') ?? 'true') === 'true',
  };
  const at = context.now(tenant);
  const origin = { dialect: 'hose', operation, app: app.id, request: requestId, at };
  const changed = await context.store.write(() => setActive(request, tenant.number, origin));
  if (changed.refusal !== undefined) return fail(failureOf(changed.refusal.problem), { records: [changed.record] });
  const items = changed.staffs.map(({ employee, account }) => showStaff(employee, account, changed.tenant));
  return answer({ items }, { records: changed.records });
}

/** Staff in one call; the page states no number [proposed]. */
const MAX_STAFFS = 100;

/** The ids between literal brackets [public: contacts/active-staffs.md]; null where there are none, or too many. */
function readStaffs(param: string): readonly string[] | null {
  const [, list] = /^\[(.+)\]$/s.exec(param) ?? [];
  if (list === undefined) return null;
  const staffs = list.split(',').map((one) => one.trim());
  return staffs.length > MAX_STAFFS || staffs.includes('') ? null : staffs;
}

function activation(operation: string, readsType: boolean): Route['answer'] {
  return authenticated('contact-sync', (caller, call, context) =>
    disableOrEnable(operation, readsType, caller, call, context),
  );
}

/** 停启用员工; `v1` knows ids only [public: v2.0/contacts/active-staffs.md]. */
export const staffActivityRoutes: readonly Route[] = [
  {
    operation: 'staffs.disableOrEnable',
    method: 'PUT',
    path: '/api/openapi/v1.1/staffs/disableOrEnableStaff/:staffIds',
    answer: activation('staffs.disableOrEnable', true),
  },
  {
    operation: 'staffs.disableOrEnable.v1',
    method: 'PUT',
    path: '/api/openapi/v1/staffs/disableOrEnableStaff/:staffIds',
    answer: activation('staffs.disableOrEnable.v1', false),
  },
];
