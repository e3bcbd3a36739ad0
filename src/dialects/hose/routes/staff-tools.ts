import Type from 'typebox';
import { hashToken } from '../../../directory/auth/secret.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load } from '../../../directory/store.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { authenticated, BAD_JSON, readBody, withPathId } from '../auth/guarded-route.ts';
import { refusalReply } from '../auth/structure-refusal.ts';
import { CLEARED, clearInfo } from '../employees/clear-info.ts';
import { changeLoginPhone } from '../employees/login-phone.ts';
import type { Updated } from '../employees/update.ts';
import { isActive, showStaff } from '../employees/view.ts';
import { spaces } from '../model/ids.ts';
import { settingsOf } from '../model/settings.ts';
import { V1 } from '../protocol/api-paths.ts';
import { OptionalLine } from '../protocol/bounds.ts';
import { answer, errorReply, fail, failureOf } from '../protocol/errors.ts';
import { further } from '../protocol/further-codes.ts';
import { hoseOf, readPhone } from '../protocol/wire.ts';
import { MAX_CONDITIONS } from './staff-query.ts';
import { compiledOnUse } from '../protocol/compiled-on-use.ts';

const CLEARED_BY = new Map([
  ['STAFFID', `id:${spaces.staff}`],
  ['CODE', 'job-number'],
] as const);

/** A GET that writes, as the page has it [public: tools/staffs-clearInfo.md]. */
async function clear(caller: Caller, { query, requestId }: Call, { store, now }: DialectContext): Promise<Reply> {
  const values = (query.get('conditionIds') ?? '').split(',').flatMap((value) => value.trim() || []);
  if (values.length === 0)
    return refusalReply({ problem: { kind: 'missing', subject: 'conditionIds' }, failure: further.conditionsMissing });
  if (values.length > MAX_CONDITIONS)
    return errorReply({ kind: 'too-long', subject: 'conditionIds', limit: MAX_CONDITIONS });
  const type = query.get('type') ?? '';
  const space = type === 'STAFFID' || type === 'CODE' ? CLEARED_BY.get(type) : undefined;
  const patch = CLEARED.get(query.get('clearType') || 'all');
  if (space === undefined || patch === undefined)
    return errorReply({ kind: 'unknown', subject: 'query-type', value: type });
  const origin = originOf('staffs.clearInfo', caller, requestId, now(caller.tenant));
  const cleared = await store.write(() => clearInfo(values, space, patch, caller.tenant.number, origin));
  return replyTo(cleared, (items) => ({ count: items.length, items }));
}

function originOf(operation: string, { app }: Caller, request: string, at: number) {
  return { dialect: 'hose', operation, app: app.id, request, at };
}

function replyTo(updated: Updated, body: (items: readonly object[]) => object): Reply {
  if (updated.refusal !== undefined) return fail(failureOf(updated.refusal.problem), { records: [updated.record] });
  const { tenant, records, staffs } = updated;
  return answer(body(staffs.map(({ employee, account }) => showStaff(employee, account, tenant))), { records });
}

const PhoneBody = Type.Object({ cellphone: OptionalLine });
const phoneBody = compiledOnUse(PhoneBody);

/** An internal operation of Hose's, behind a word that the corporation set [public: inside/update-staffs-phone.md]. */
const loginPhone = withPathId('general-directory', 'staffId', async (staff, caller, call, context) => {
  const { secretMsg } = settingsOf(caller.tenant);
  const given = call.query.get('secretMsg') ?? '';
  if (!secretMsg || hashToken(given) !== hashToken(secretMsg))
    return refusalReply({ problem: { kind: 'forbidden', subject: 'secretMsg' }, failure: further.secretWrong });
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  if (!phoneBody.Check(body.value)) return errorReply(BAD_JSON);
  const { cellphone } = body.value;
  const phone = cellphone ? readPhone(cellphone) : null;
  if (cellphone && phone === null) return errorReply({ kind: 'invalid', subject: 'mobile' });
  const { store, now, ids } = context;
  const origin = originOf('staffs.phone', caller, call.requestId, now(caller.tenant));
  const task = { staff, phone, freshAccount: ids.fresh('acc_') };
  const changed = await store.write(() => changeLoginPhone(task, caller.tenant.number, origin));
  return replyTo(changed, ([value]) => ({ value }));
});

/** The lookup of WeCom's members by folded userid, which is in the record for all platforms. */
const WECOM_USERID = 'id:wecom.userid';

const OpenIdBody = Type.Object({
  ids: Type.Optional(Type.Union([Type.Array(Type.String()), Type.Null()])),
});

/** The encrypted WeCom id of plain ones (hose-more 9.1) [public: tools/staffs-getOpenUserId.md]. */
async function openUserIds({ tenant }: Caller, call: Call, { store }: DialectContext): Promise<Reply> {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  const { ids } = (body.value ?? {}) as { readonly ids?: unknown };
  if (!Array.isArray(ids) || ids.length === 0)
    return refusalReply({ problem: { kind: 'missing', subject: 'ids' }, failure: further.idsMissing });
  if (ids.length > MAX_CONDITIONS)
    return errorReply({ kind: 'too-long', subject: 'conditionIds', limit: MAX_CONDITIONS });
  if (!ids.every((one): one is string => typeof one === 'string')) return errorReply(BAD_JSON);
  const values = [...new Set(ids.map((id) => id.toLowerCase()))];
  const found = await store.read(() => load('employees-by', { tenant: tenant.number, space: WECOM_USERID, values }));
  const { corporationId } = settingsOf(tenant);
  const items = ids.flatMap((userid) => {
    const employee = (found.get(userid.toLowerCase()) ?? []).find(isActive);
    return employee === undefined ? [] : [{ userid, open_userid: openUserId(employee, userid, corporationId) }];
  });
  return answer({ items });
}

/** The one of the company file, or one that follows from corporation and userid [proposed]. */
function openUserId(employee: Employee, userid: string, corporationId: string): string {
  const made = hashToken(JSON.stringify([corporationId, userid.toLowerCase()]));
  return hoseOf(employee).openUserid ?? `wo${made.slice(0, 30)}`;
}

/** Tools for staff that are no part of the contact synchronisation. */
export const staffToolRoutes: readonly Route[] = [
  {
    operation: 'staffs.clearInfo',
    method: 'GET',
    path: `${V1}/staffs/clearInfo`,
    answer: authenticated('general-directory', clear),
  },
  {
    operation: 'staffs.phone',
    method: 'PUT',
    path: `${V1}/staffs/:staffId/phone`,
    body: PhoneBody,
    answer: loginPhone,
  },
  {
    operation: 'staffs.getOpenUserId',
    method: 'POST',
    path: `${V1}/staffs/getOpenUserId`,
    body: OpenIdBody,
    answer: authenticated('wecom-edition', openUserIds),
  },
];
