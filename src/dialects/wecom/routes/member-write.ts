import { attributed } from '../../../directory/history/attributed.ts';
import type { Route } from '../../dialect.ts';
import { MEMBER_FIELDS } from '../members/fields.ts';
import { makersOf } from '../members/makers.ts';
import { isWellFormedUserid } from '../members/userid-field.ts';
import { createMember, deleteMember, deleteMembers, updateMember, type MemberWriteResult } from '../members/write.ts';
import { invite } from '../messages/invitation.ts';
import { errcodes } from '../protocol/codes.ts';
import type { Done } from '../protocol/envelope.ts';
import { malformed, refusalOf, type Refusal } from '../protocol/errors.ts';
import type { FieldKinds } from '../protocol/lenient.ts';
import { invalidValue } from '../protocol/value-errors.ts';
import { blockAccounts, countAccount, hasMadeTooMany, OVER_LIMIT } from '../auth/rate-limits.ts';
import { originOf, posted, queried, type Answer, type PostedRequest } from './operation.ts';

const { new_userid: _newUserid, biz_mail_alias: _alias, ...createFields } = MEMBER_FIELDS;
const CREATE_FIELDS: FieldKinds = { userid: 'text', ...createFields, to_invite: 'bool' };
const UPDATE_FIELDS: FieldKinds = { userid: 'text', ...MEMBER_FIELDS };

const MAX_USERID_BYTES = 64;
const MAX_USERIDS = 200;

/** 成员管理: making, changing and deleting members, which 通讯录同步助手 alone may do. [public: 90197, 90313] */
export const memberWriteRoutes: readonly Route[] = [
  ...posted({
    operation: 'user.update',
    path: '/cgi-bin/user/update',
    permission: 'write',
    fields: UPDATE_FIELDS,
    needsField: true,
    answer: update,
  }),
  ...posted({
    operation: 'user.create',
    path: '/cgi-bin/user/create',
    permission: 'write',
    fields: CREATE_FIELDS,
    needsField: true,
    answer: create,
  }),
  ...queried({
    operation: 'user.delete',
    path: '/cgi-bin/user/delete',
    permission: 'write',
    answer: async ({ call, context, caller, at }) => {
      const userid = call.query.get('userid') ?? '';
      if (userid === '') return { refusal: MISSING_USERID };
      const origin = originOf({ call, context, caller, at }, 'user.delete');
      return answered(await context.store.write(() => deleteMember(caller, userid, origin)), 'deleted');
    },
  }),
  ...posted({
    operation: 'user.batchdelete',
    path: '/cgi-bin/user/batchdelete',
    permission: 'write',
    fields: { useridlist: 'texts' },
    needsField: true,
    answer: removeMany,
  }),
];

const MISSING_USERID = refusalOf({ kind: 'missing', subject: 'query.userid' });

/** 更新成员. https://developer.work.weixin.qq.com/document/path/90197 */
async function update(request: PostedRequest): Promise<Answer> {
  const { context, caller, at } = request;
  const read = memberIn(request);
  if ('problem' in read) return { refusal: read };
  const origin = originOf(request, 'user.update');
  const fresh = makersOf(context, at);
  return answered(
    await context.store.write(() => attributed(origin, updateMember(caller, read, fresh, origin))),
    'updated',
  );
}

/** 创建成员. https://developer.work.weixin.qq.com/document/path/90195 */
async function create(request: PostedRequest): Promise<Answer> {
  const { context, caller, at } = request;
  const read = memberIn(request);
  if ('problem' in read) return { refusal: read };
  if (!isWellFormedUserid(read.userid)) return { refusal: invalidValue('userid', errcodes.invalidUserid) };
  if (read.members['name'] === undefined)
    return { refusal: { problem: { kind: 'missing', subject: 'name' }, returned: errcodes.invalidName } };
  if (hasMadeTooMany(caller.tenant, context.rateLimiter, at)) {
    blockAccounts(caller.tenant, context.rateLimiter, at);
    return { refusal: refusalOf(OVER_LIMIT) };
  }
  const origin = originOf(request, 'user.create');
  const fresh = makersOf(context, at);
  const written = await context.store.write(() => attributed(origin, createMember(caller, read, fresh, origin)));
  if (!('refusal' in written)) {
    countAccount(caller.tenant, context.rateLimiter, at);
    const { newcomer } = written;
    if (newcomer !== undefined && read.members['to_invite'] !== false) invite(caller, newcomer, context, origin);
  }
  return answered(written, 'created');
}

/** 批量删除成员. https://developer.work.weixin.qq.com/document/path/90199 */
async function removeMany(request: PostedRequest): Promise<Answer> {
  const { context, caller, members } = request;
  const userids = (members['useridlist'] ?? []) as readonly string[];
  if (userids.length === 0) return { refusal: invalidValue('useridlist', errcodes.invalidUseridList) };
  if (userids.length > MAX_USERIDS)
    return {
      refusal: {
        problem: { kind: 'too-long', subject: 'useridlist', limit: MAX_USERIDS },
        returned: errcodes.tooManyUserids,
      },
    };
  const origin = originOf(request, 'user.batchdelete');
  const written = await context.store.write(() => deleteMembers(caller, userids, origin));
  if ('refusal' in written) return { refusal: written.refusal };
  const records = written.employees.map((employee) => ({
    employee,
    verdicts: [{ field: 'useridlist', verdict: 'applied' as const }],
  }));
  return { done: 'deleted', outcome: { records } };
}

/** The member that a body is about, or why it cannot be read. (wecom-more 3.2, ruling 17) */
function memberIn({ members, unreadable }: PostedRequest) {
  const { userid, ...fields } = members;
  if (typeof userid !== 'string' || userid === '') return MISSING_USERID;
  if (Buffer.byteLength(userid) > MAX_USERID_BYTES)
    return malformed(
      { kind: 'too-long', subject: 'userid', limit: MAX_USERID_BYTES },
      `userid exceed max length ${String(MAX_USERID_BYTES)}`,
    );
  if (unreadable.has('department')) return invalidValue('department', errcodes.invalidPartyList);
  return { userid, members: fields };
}

function answered(written: MemberWriteResult, done: Done): Answer {
  if ('refusal' in written) return { refusal: written.refusal as Refusal, employee: written.employee };
  const { employee, verdicts, made } = written;
  const body = made === undefined ? {} : { created_department_list: { department_info: made } };
  return { done, body, outcome: { records: [{ employee, verdicts }] } };
}
