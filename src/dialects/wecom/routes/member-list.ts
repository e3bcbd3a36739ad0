import type { Employee } from '../../../directory/employees/employee.ts';
import type { Problem } from '../../../directory/errors.ts';
import { peopleHaving } from '../../../directory/employees/people-having.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import { JsonList } from '../../../lib/turns.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import { authenticate, isRejected, type Caller } from '../auth/caller.ts';
import { listedMemberOf, memberOf, simpleMemberOf } from '../members/view.ts';
import { successReply, answeredWith, refused } from '../protocol/envelope.ts';
import { refusalOf } from '../protocol/errors.ts';
import { foldUserid, USERID } from '../model/ids.ts';
import { pickMember, checkMemberVisible } from '../auth/member-access.ts';
import { isMember } from '../model/member-status.ts';
import { reachableDepartment, withAllBelow } from './department-list.ts';

/** 成员管理: reading members. */
export const memberRoutes: readonly Route[] = [
  { operation: 'user.get', method: 'GET', path: '/cgi-bin/user/get', answer: getMember },
  { operation: 'user.list', method: 'GET', path: '/cgi-bin/user/list', answer: listMembers },
  { operation: 'user.simplelist', method: 'GET', path: '/cgi-bin/user/simplelist', answer: listSimply },
];

/** 读取成员. https://developer.work.weixin.qq.com/document/path/90196 */
async function getMember(call: Call, context: DialectContext): Promise<Reply> {
  const caller = await authenticate(call, 'any', context, context.clock.now());
  if (isRejected(caller)) return refused(call, refusalOf(caller).returned);
  const given = call.query.get('userid') ?? '';
  if (given === '') return refused(call, refusalOf({ kind: 'missing', subject: 'query.userid' }).returned);
  const { member, leader } = await context.store.read(() => memberAndLeader(caller, foldUserid(given)));
  const problem = checkMemberVisible(caller, member);
  if (member === undefined || problem !== null)
    return refused(call, refusalOf(problem ?? { kind: 'left', subject: 'userid' }).returned);
  return successReply(memberOf(caller, member, leader));
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
async function listMembers(call: Call, context: DialectContext): Promise<Reply> {
  const caller = await authenticate(call, 'any', context, context.clock.now());
  if (isRejected(caller)) return refused(call, refusalOf(caller).returned);
  const departments = departmentsListed(caller, call);
  if ('kind' in departments) return refused(call, refusalOf(departments).returned);
  const list = new JsonList();
  for await (const members of membersIn(caller, departments, context)) {
    const ids = [...new Set(members.flatMap(({ leader }) => leader ?? []))];
    const about = { tenant: caller.tenant.number, ids };
    const leaders = ids.length === 0 ? NOBODY : await context.store.read(() => load('employees-by-id', about));
    await list.add(members, (member) => listedMemberOf(caller, member, leaders.get(member.leader ?? '')));
  }
  return answeredWith('userlist', list);
}

const NOBODY: ReadonlyMap<string, Employee> = new Map();

/** 获取部门成员. https://developer.work.weixin.qq.com/document/path/90200 */
async function listSimply(call: Call, context: DialectContext): Promise<Reply> {
  const caller = await authenticate(call, 'any', context, context.clock.now());
  if (isRejected(caller)) return refused(call, refusalOf(caller).returned);
  const departments = departmentsListed(caller, call);
  if ('kind' in departments) return refused(call, refusalOf(departments).returned);
  const list = new JsonList();
  for await (const members of membersIn(caller, departments, context))
    await list.add(members, (member) => simpleMemberOf(caller, member));
  return answeredWith('userlist', list);
}

/** Own ids: the department named, with the older `fetch_child=1` all below it too. [proposed; codes public: 90313] */
function departmentsListed(caller: Caller, call: Call): readonly string[] | Problem {
  const department = reachableDepartment(caller, call.query.get('department_id') ?? '');
  if ('kind' in department) return department;
  if (call.query.get('fetch_child') !== '1') return [department.id];
  return withAllBelow(caller, department).map(({ id }) => id);
}

/**
 * Everyone in these departments, each once, found by the department and never by looking through the company. The
 * platform tells a department whole, so it is read and told a piece at a time.
 */
async function* membersIn(
  { tenant }: Caller,
  departments: readonly string[],
  { store }: DialectContext,
): AsyncIterable<readonly Employee[]> {
  const told = new Set<string>();
  for (const value of departments) {
    for await (const people of peopleHaving(store, tenant.number, { space: 'department', value })) {
      const members = people.filter((one) => isMember(one) && !told.has(one.id));
      for (const { id } of members) told.add(id);
      yield members;
    }
  }
}
