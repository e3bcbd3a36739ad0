import Type from 'typebox';
import type { Origin } from '../../../directory/history/change.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load, loadAll, type Decision, type StoreTask } from '../../../directory/store.ts';
import type { Call, DialectContext, Outcome, Reply, Route } from '../../dialect.ts';
import { authenticate, DIALECT, isRejected, reloadCaller, type Caller } from '../auth/caller.ts';
import { claimsOf } from '../employees/claims.ts';
import { fieldInfo, groupList } from '../employees/view.ts';
import { successReply, refused } from '../protocol/envelope.ts';
import { refusalOf, type Refusal, type CallProblem } from '../protocol/errors.ts';
import { foldUserid, USERID } from '../model/ids.ts';
import { pickMember, checkMemberVisible } from '../auth/member-access.ts';
import { rosterOf } from '../roster/roster.ts';
import { settingsIn } from '../model/settings.ts';
import { applyStaffUpdate, type UpdateResult } from '../employees/update.ts';
import { decodeQuery, decodeUpdate, isRefusal, type StaffInfoUpdate } from '../protocol/wire.ts';

const Id = Type.Union([Type.Integer({ minimum: 0, maximum: 0xffff_ffff }), Type.String({ pattern: '^[0-9]{1,10}$' })]);
const content = Type.Object({
  fieldid: Id,
  sub_idx: Type.Optional(Id),
  value_string: Type.Optional(Type.String()),
  value_uint64: Type.Optional(Type.Integer({ minimum: 0 })),
  value_uint32: Type.Optional(Type.Integer({ minimum: 0, maximum: 0xffff_ffff })),
  value_int64: Type.Optional(Type.Integer()),
  value_mobile: Type.Optional(
    Type.Object({
      value_country_code: Type.Optional(Type.String()),
      value_mobile: Type.Optional(Type.String()),
    }),
  ),
});
const updateBody = Type.Object({
  userid: Type.String({ minLength: 1, maxLength: 64 }),
  update_items: Type.Optional(Type.Array(content, { maxItems: 200 })),
  remove_items: Type.Optional(Type.Array(Type.Object({ group_type: Id, sub_idx: Id }), { maxItems: 100 })),
  insert_items: Type.Optional(
    Type.Array(Type.Object({ group_type: Id, item: Type.Optional(Type.Array(content, { maxItems: 100 })) }), {
      maxItems: 100,
    }),
  ),
});
const queryBody = Type.Object({
  userid: Type.String({ minLength: 1, maxLength: 64 }),
  get_all: Type.Optional(Type.Boolean()),
  fieldids: Type.Optional(Type.Array(Type.Object({ fieldid: Id, sub_idx: Type.Optional(Id) }), { maxItems: 200 })),
});

const UPDATE = { operation: 'hr.update_staff_info', path: '/cgi-bin/hr/update_staff_info' };
const QUERY = { operation: 'hr.get_staff_info', path: '/cgi-bin/hr/get_staff_info' };
const FIELDS = { operation: 'hr.get_fields', path: '/cgi-bin/hr/get_fields' };

/** 花名册: reading its fields, reading and updating one employee's. */
export const staffInfoRoutes: readonly Route[] = [
  { ...UPDATE, method: 'POST', body: updateBody, answer: updateStaffInfo },
  { ...UPDATE, operation: `${UPDATE.operation}.by-get`, method: 'GET', answer: notByGet },
  { ...QUERY, method: 'POST', body: queryBody, answer: getStaffInfo },
  { ...QUERY, operation: `${QUERY.operation}.by-get`, method: 'GET', answer: notByGet },
  { ...FIELDS, method: 'GET', answer: getFields },
  // A client in the field posts a body to it [public: WxJava-bean].
  { ...FIELDS, operation: `${FIELDS.operation}.by-post`, method: 'POST', answer: getFields },
];

/** What became of an update: carried out on someone, or why not. */
type UpdateOutcome =
  | { readonly employee: Employee; readonly carried: UpdateResult }
  | { readonly employee?: Employee; readonly problem: CallProblem };

/** 更新员工花名册信息. https://developer.work.weixin.qq.com/document/path/99133 */
async function updateStaffInfo(call: Call, context: DialectContext): Promise<Reply> {
  const known = await authenticate(call, 'roster', context);
  if (isRejected(known)) return refuse(call, refusalOf(known));
  const { caller, at } = known;
  const request = decodeUpdate(call.body);
  if (isRefusal(request)) return refuse(call, request);
  const origin = { dialect: DIALECT, operation: UPDATE.operation, app: caller.app.id, request: call.requestId, at };
  const ended = await context.store.write(() => decide(caller, request, origin));
  if ('problem' in ended) return refuse(call, refusalOf(ended.problem), ended.employee);
  const { updateResults, removeResults, insertResults, verdicts } = ended.carried;
  const repeated = settingsIn(caller.tenant).roster.emit_insert_results_alias ? { insert_results: insertResults } : {};
  return successReply(
    // `insert_result` in the seed's example, `insert_results` in its table: the example wins.
    { update_results: updateResults, remove_results: removeResults, insert_result: insertResults, ...repeated },
    { records: [{ employee: ended.employee.id, verdicts }] },
  );
}

function* decide(caller: Caller, request: StaffInfoUpdate, origin: Origin): StoreTask<Decision<UpdateOutcome>> {
  const answer = yield* update(caller, request, origin.at);
  if ('problem' in answer) return { answer, effects: [] };
  const { before, after, fields } = answer.carried.update;
  if (after === before) return { answer, effects: [] };
  return { answer, effects: [{ write: 'employee', tenant: caller.tenant.number, before, after, fields, origin }] };
}

/** Asks everything that decides an update, in one round trip, and carries it out in memory. */
function* update(asking: Caller, request: StaffInfoUpdate, at: number): StoreTask<UpdateOutcome> {
  // The company may have changed since the token was looked at; everything below is decided by how it is now.
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return { problem: caller };
  const { tenant } = caller;
  const roster = rosterOf(tenant);
  const userid = foldUserid(request.userid);
  const claims = [...claimsOf(roster, request)];
  const [named, ...held] = yield* loadAll('employees-by', [
    { tenant: tenant.number, space: `id:${USERID}`, values: [userid] },
    ...claims.map(([space, values]) => ({ tenant: tenant.number, space, values })),
  ]);
  const employee = pickMember(named?.get(userid));
  const problem = checkMemberVisible(caller, employee);
  if (employee === undefined || problem !== null)
    return { ...(employee === undefined ? {} : { employee }), problem: problem ?? { kind: 'left', subject: 'userid' } };
  const holders = new Map(claims.map(([space], index) => [space, held[index] ?? new Map<string, Employee[]>()]));
  const lockMobileWhenActive = settingsIn(tenant).lock_mobile_when_active;
  return {
    employee,
    carried: applyStaffUpdate({ tenant, roster, employee, holders, lockMobileWhenActive, at }, request),
  };
}

/** 获取员工花名册信息. https://developer.work.weixin.qq.com/document/path/99132 */
async function getStaffInfo(call: Call, context: DialectContext): Promise<Reply> {
  const known = await authenticate(call, 'roster', context);
  if (isRejected(known)) return refuse(call, refusalOf(known));
  const { caller, at } = known;
  const query = decodeQuery(call.body);
  if (isRefusal(query)) return refuse(call, query);
  const { tenant } = caller;
  const userid = foldUserid(query.userid);
  const found = await context.store.read(() =>
    load('employees-by', { tenant: tenant.number, space: `id:${USERID}`, values: [userid] }),
  );
  const employee = pickMember(found.get(userid));
  const problem = checkMemberVisible(caller, employee);
  if (employee === undefined || problem !== null)
    return refused(call, refusalOf(problem ?? { kind: 'left', subject: 'userid' }).returned);
  return successReply({ field_info: fieldInfo({ roster: rosterOf(tenant), tenant, employee, at }, query) });
}

/** 获取员工字段配置; any body is ignored. https://developer.work.weixin.qq.com/document/path/99131 */
async function getFields(call: Call, context: DialectContext): Promise<Reply> {
  const known = await authenticate(call, 'roster', context);
  if (isRejected(known)) return refuse(call, refusalOf(known));
  return successReply({ group_list: groupList(rosterOf(known.caller.tenant)) });
}

/** 40058 for an operation that is posted to, called with GET, after everything that is asked of the token [public: 90313]. */
async function notByGet(call: Call, context: DialectContext): Promise<Reply> {
  const known = await authenticate(call, 'roster', context);
  return refuse(call, refusalOf(isRejected(known) ? known : { kind: 'invalid', subject: 'method' }));
}

/** Returns the reply to a refused request, with its outcome: the field of its problem is the one refused. */
function refuse(call: Call, { problem, returned }: Refusal, employee?: Employee): Reply {
  const outcome: Outcome = {
    records: [
      {
        ...(employee === undefined ? {} : { employee: employee.id }),
        verdicts: [{ field: problem.subject, verdict: 'refused', reason: returned.errmsg }],
        problem,
      },
    ],
  };
  return refused(call, returned, outcome);
}
