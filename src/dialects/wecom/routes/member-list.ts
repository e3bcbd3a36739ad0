import type { Employee } from '../../../directory/employees/employee.ts';
import { peopleHaving } from '../../../directory/employees/people-having.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import { JsonList } from '../../../lib/turns.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { listedMemberOf, memberOf, simpleMemberOf } from '../members/view.ts';
import { errcodes } from '../protocol/codes.ts';
import { answeredWith } from '../protocol/envelope.ts';
import { refusalOf, type Refusal, type CallProblem } from '../protocol/errors.ts';
import { settingsIn } from '../model/settings.ts';
import { foldUserid, USERID } from '../model/ids.ts';
import { pickMember, checkMemberVisible } from '../auth/member-access.ts';
import { isMember } from '../model/member-status.ts';
import { reachableDepartment, withDescendants } from './department-list.ts';
import { queried, type Answer, type Request } from './operation.ts';

/** 成员管理: reading members. */
export const memberRoutes: readonly Route[] = [
  ...queried({ operation: 'user.get', path: '/cgi-bin/user/get', permission: 'details', answer: getMember }),
  ...queried({ operation: 'user.list', path: '/cgi-bin/user/list', permission: 'details', answer: listMembers }),
  ...queried({
    operation: 'user.simplelist',
    path: '/cgi-bin/user/simplelist',
    permission: 'details',
    answer: listSimply,
  }),
];

/** 读取成员. https://developer.work.weixin.qq.com/document/path/90196 */
async function getMember({ call, caller, context }: Request): Promise<Answer> {
  const given = call.query.get('userid') ?? '';
  if (given === '') return { refusal: refusalOf({ kind: 'missing', subject: 'query.userid' }) };
  const { member, leader } = await context.store.read(() => memberAndLeader(caller, foldUserid(given)));
  const problem = checkMemberVisible(caller, member);
  if (member !== undefined && problem === null) return { done: 'ok', body: memberOf(caller, member, leader) };
  const refusal = refusalOf(problem ?? { kind: 'left', subject: 'userid' });
  return { refusal: refusal.returned === errcodes.useridNotFound ? unknownUserid(refusal, given) : refusal };
}

/** user/get names the unknown userid, as seen live; no longer one than a userid can be. (wecom-more 1.6) */
function unknownUserid({ problem, returned }: Refusal, userid: string): Refusal {
  const errmsg = `invalid string value \`${userid.slice(0, 64)}\`. ${returned.errmsg}`;
  return { problem, returned: { ...returned, errmsg } };
}

function* memberAndLeader(
  { tenant }: Caller,
  userid: string,
): StoreTask<{ readonly member: Employee | undefined; readonly leader: Employee | undefined }> {
  const found = yield* load('employees-by', { tenant: tenant.number, space: `id:${USERID}`, values: [userid] });
  const member = pickMember(found.get(userid));
  const leader = member?.leader ?? null;
  if (leader === null) return { member, leader: undefined };
  const leaders = yield* load('employees-by-id', { tenant: tenant.number, ids: [leader] });
  return { member, leader: leaders.get(leader) };
}

/** 获取部门成员详情. https://developer.work.weixin.qq.com/document/path/90201 */
async function listMembers({ call, caller, context }: Request): Promise<Answer | Reply> {
  const departments = departmentsListed(caller, call);
  if ('kind' in departments) return { refusal: refusalOf(departments) };
  const list = new JsonList();
  let count = 0;
  for await (const members of membersIn(caller, departments, context)) {
    count += members.length;
    if (isOverReplyLimit(caller, count)) return { refusal: TOO_LARGE };
    const ids = [...new Set(members.flatMap(({ leader }) => leader ?? []))];
    const about = { tenant: caller.tenant.number, ids };
    const leaders = ids.length === 0 ? NOBODY : await context.store.read(() => load('employees-by-id', about));
    await list.add(members, (member) => listedMemberOf(caller, member, leaders.get(member.leader ?? '')));
  }
  return answeredWith('userlist', list);
}

const NOBODY: ReadonlyMap<string, Employee> = new Map();

/** 获取部门成员. https://developer.work.weixin.qq.com/document/path/90200 */
async function listSimply({ call, caller, context }: Request): Promise<Answer | Reply> {
  const departments = departmentsListed(caller, call);
  if ('kind' in departments) return { refusal: refusalOf(departments) };
  const list = new JsonList();
  let count = 0;
  for await (const members of membersIn(caller, departments, context)) {
    count += members.length;
    if (isOverReplyLimit(caller, count)) return { refusal: TOO_LARGE };
    await list.add(members, (member) => simpleMemberOf(caller, member));
  }
  return answeredWith('userlist', list);
}

/** 45029: a company may say how many members one answer has at most. (wecom-more 3.7) */
const TOO_LARGE: Refusal = {
  problem: { kind: 'too-long', subject: 'userlist', limit: 0 },
  returned: errcodes.replyTooLarge,
};

function isOverReplyLimit({ tenant }: Caller, count: number): boolean {
  const { reply_limit_members: limit = 0 } = settingsIn(tenant);
  return limit > 0 && count > limit;
}

/** Own ids: the department named, with the older `fetch_child=1` all below it too. [proposed; codes public: 90313] */
function departmentsListed(caller: Caller, call: Call): readonly string[] | CallProblem {
  const department = reachableDepartment(caller, call.query.get('department_id') ?? '', 'department');
  if ('kind' in department) return department;
  if (call.query.get('fetch_child') !== '1') return [department.id];
  return withDescendants(caller, department).map(({ id }) => id);
}

/**
 * Yields all members of these departments, each once, by the index of departments and never by a scan of the company.
 * The platform returns a department whole, so it is read and sent in pieces.
 */
async function* membersIn(
  { tenant }: Caller,
  departments: readonly string[],
  { store }: DialectContext,
): AsyncIterable<readonly Employee[]> {
  const seen = new Set<string>();
  for (const value of departments) {
    for await (const people of peopleHaving(store, tenant.number, { space: 'department', value })) {
      const members = people.filter((one) => isMember(one) && !seen.has(one.id));
      for (const { id } of members) seen.add(id);
      yield members;
    }
  }
}
