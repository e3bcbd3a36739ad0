import Type from 'typebox';
import { plainText } from '../../../directory/text.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import { authenticate, DIALECT, isRejected, type Caller } from '../auth/caller.ts';
import { errcodes } from '../protocol/codes.ts';
import { done, refused } from '../protocol/envelope.ts';
import { refusalOf, type Refusal } from '../protocol/errors.ts';
import {
  createMember,
  deleteMember,
  updateMember,
  type RecordMakers,
  type MemberWriteResult,
} from '../members/write.ts';
import { decoded, fail, isAbsent, isRefusal, useridIn } from '../protocol/wire.ts';

const Ids = Type.Array(Type.Integer({ minimum: 0, maximum: 0xffff_ffff }), { maxItems: 100 });
const Flag = Type.Enum([0, 1]);
const members = {
  userid: Type.String({ minLength: 1, maxLength: 64 }),
  alias: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  english_name: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9. _-]{1,64}$' })),
  mobile: Type.Optional(Type.String({ maxLength: 32 })),
  email: Type.Optional(Type.String({ maxLength: 64 })),
  biz_mail: Type.Optional(Type.String({ maxLength: 63 })),
  department: Type.Optional(Ids),
  order: Type.Optional(Ids),
  is_leader_in_dept: Type.Optional(Type.Array(Flag)),
  main_department: Type.Optional(Type.Integer({ minimum: 1 })),
  direct_leader: Type.Optional(Type.Array(Type.String(), { maxItems: 1 })),
  position: Type.Optional(Type.String({ maxLength: 128 })),
  gender: Type.Optional(Type.Enum(['1', '2'])),
  telephone: Type.Optional(Type.String({ pattern: '^[0-9+,-]{1,32}$' })),
  address: Type.Optional(Type.String({ maxLength: 128 })),
  enable: Type.Optional(Flag),
  extattr: Type.Optional(
    Type.Object({
      attrs: Type.Array(
        Type.Object({
          type: Type.Optional(Type.Integer()),
          name: Type.String(),
          text: Type.Optional(Type.Object({ value: Type.String({ maxLength: 64 }) })),
        }),
      ),
    }),
  ),
  external_position: Type.Optional(Type.String({ maxLength: 128 })),
  external_profile: Type.Optional(Type.Object({})),
  nickname: Type.Optional(Type.String({ maxLength: 64 })),
};
const updateBody = Type.Object({
  ...members,
  new_userid: Type.Optional(Type.String()),
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
});
const createBody = Type.Object({ ...members, name: Type.String({ minLength: 1, maxLength: 64 }) });

/** 成员管理: making, changing and deleting members, which 通讯录同步助手 alone may do. [public: 90197, 90313] */
export const memberWriteRoutes: readonly Route[] = [
  { operation: 'user.update', method: 'POST', path: '/cgi-bin/user/update', body: updateBody, answer: update },
  { operation: 'user.create', method: 'POST', path: '/cgi-bin/user/create', body: createBody, answer: create },
  { operation: 'user.delete', method: 'GET', path: '/cgi-bin/user/delete', answer: remove },
];

/** 更新成员. https://developer.work.weixin.qq.com/document/path/90197 */
async function update(call: Call, context: DialectContext): Promise<Reply> {
  const at = context.clock.now();
  const caller = await authenticate(call, 'contacts', context, at);
  if (isRejected(caller)) return refuse(call, refusalOf(caller));
  const request = decoded(call.body, (top) => ({ userid: useridIn(top), members: top }));
  if (isRefusal(request)) return refuse(call, request);
  const origin = originOf(call, caller, 'user.update', at);
  const fresh = freshOf(context, at);
  const written = await context.store.write(() => updateMember(caller, request, fresh, origin));
  return answer(call, written, 'updated');
}

/** 创建成员. https://developer.work.weixin.qq.com/document/path/90195 */
async function create(call: Call, context: DialectContext): Promise<Reply> {
  const at = context.clock.now();
  const caller = await authenticate(call, 'contacts', context, at);
  if (isRejected(caller)) return refuse(call, refusalOf(caller));
  const request = decoded(call.body, (top) => {
    const userid = useridIn(top);
    if (isAbsent(top['name'])) return fail({ kind: 'missing', subject: 'name' }, 'missing field `name`');
    return { userid, members: top };
  });
  if (isRefusal(request)) return refuse(call, request);
  // 由1个字母、数字和“_-@.”四种字符组成，且第一个字符必须是数字或字母 [public: 90195]
  if (!/^[A-Za-z0-9][A-Za-z0-9_@.-]*$/.test(request.userid))
    return refuse(call, { problem: { kind: 'invalid', subject: 'userid' }, returned: errcodes.invalidUserid });
  const origin = originOf(call, caller, 'user.create', at);
  const fresh = freshOf(context, at);
  const written = await context.store.write(() => createMember(caller, request, fresh, origin));
  return answer(call, written, 'created');
}

/** 删除成员. https://developer.work.weixin.qq.com/document/path/90198 */
async function remove(call: Call, context: DialectContext): Promise<Reply> {
  const at = context.clock.now();
  const caller = await authenticate(call, 'contacts', context, at);
  if (isRejected(caller)) return refuse(call, refusalOf(caller));
  const userid = call.query.get('userid') ?? '';
  if (userid === '') return refuse(call, refusalOf({ kind: 'missing', subject: 'query.userid' }));
  const origin = originOf(call, caller, 'user.delete', at);
  const written = await context.store.write(() => deleteMember(caller, userid, origin));
  return answer(call, written, 'deleted');
}

function originOf(call: Call, { app }: Caller, operation: string, at: number) {
  return { dialect: DIALECT, operation, app: app.id, request: call.requestId, at };
}

/** Ids are made here: a work may be run again. */
function freshOf({ ids, recordFactory: newcomers }: DialectContext, at: number): RecordMakers {
  const titleId = ids.fresh('t-');
  const employeeId = ids.fresh('e-');
  return {
    makeTitle: (tenant, name) => newcomers.catalogEntry(tenant, 'job-title', titleId, plainText(name), at),
    makeEmployee: (tenant) => newcomers.employee(tenant, employeeId, plainText(''), at),
  };
}

function answer(call: Call, written: MemberWriteResult, what: 'created' | 'updated' | 'deleted'): Reply {
  if ('refusal' in written) return refuse(call, written.refusal, written.employee);
  const { employee, verdicts } = written;
  return done(what, {}, { records: [{ employee, verdicts }] });
}

/** The refusal, with what became of the request: the key it speaks of is the one refused. */
function refuse(call: Call, { problem, returned: code }: Refusal, employee?: string): Reply {
  return refused(call, code, {
    records: [
      {
        ...(employee === undefined ? {} : { employee }),
        verdicts: [{ field: problem.subject, verdict: 'refused', reason: code.errmsg }],
        problem,
      },
    ],
  });
}
