import type { Call, House, Reply, Route } from '../../dialect.ts';
import { changeActivity, type ActivityRequest } from '../employees/lifecycle/deactivate.ts';
import type { Caller } from '../auth/caller.ts';
import { answer, fail, failureOf, refuse } from '../protocol/errors.ts';
import { gated } from '../auth/guarded-route.ts';
import { showStaff } from '../employees/view.ts';

async function disableOrEnable({ tenant, app }: Caller, call: Call, house: House): Promise<Reply> {
  const { query, params, requestId } = call;
  const active = query.get('active');
  // Anything but the two words says nothing [proposed].
  if (active !== 'true' && active !== 'false') return refuse({ kind: 'missing', subject: 'active' });
  const by = query.get('type') ?? '';
  if (by !== '' && by !== 'id' && by !== 'code') return refuse({ kind: 'invalid', subject: 'type' });
  const staffs = readStaffs(params['staffIds'] ?? '');
  if (staffs === null) return refuse({ kind: 'unknown', subject: 'staffIds', value: params['staffIds'] ?? '' });
  const request: ActivityRequest = {
    staffs,
    by: by === 'code' ? 'code' : 'id',
    active: active === 'true',
    // Absent is true, and anything but true forces it [public: contacts/active-staffs.md, whose own sample misspells it].
    checksPending: (query.get('doCheck') ?? 'true') === 'true',
  };
  const at = house.clock.now();
  const origin = { dialect: 'hose', operation: 'staffs.disableOrEnable', app: app.id, request: requestId, at };
  const changed = await house.store.write(() => changeActivity(request, tenant.number, origin));
  if (changed.refusal !== undefined) return fail(failureOf(changed.refusal.problem), { records: [changed.record] });
  const items = changed.staffs.map(({ employee, account }) => showStaff(employee, account, changed.tenant));
  return answer({ items }, { records: changed.records });
}

/** Staff in one call; the page states no number [proposed]. */
const MOST_STAFFS = 100;

/** The ids between literal brackets [public: contacts/active-staffs.md]; null where there are none, or too many. */
function readStaffs(param: string): readonly string[] | null {
  const [, list] = /^\[(.+)\]$/s.exec(param) ?? [];
  if (list === undefined) return null;
  const staffs = list.split(',').map((one) => one.trim());
  return staffs.length > MOST_STAFFS || staffs.includes('') ? null : staffs;
}

/** 停启用员工. */
export const staffActivityRoutes: readonly Route[] = [
  {
    operation: 'staffs.disableOrEnable',
    method: 'PUT',
    path: '/api/openapi/v1.1/staffs/disableOrEnableStaff/:staffIds',
    answer: gated('contact-sync', disableOrEnable),
  },
];
