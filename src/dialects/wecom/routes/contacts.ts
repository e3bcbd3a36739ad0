import type { Department } from '../../../directory/department.ts';
import type { Employee } from '../../../directory/employee.ts';
import { ask, type Gather } from '../../../directory/store.ts';
import type { Call, House, Reply, Route } from '../../dialect.ts';
import { admit, isTurnedAway, type Caller } from '../auth.ts';
import { departmentOf, memberOf } from '../contacts.ts';
import { answered, refused } from '../envelope.ts';
import { refusalOf } from '../errors.ts';
import { DEPARTMENT_ID, foldUserid, USERID } from '../ids.ts';
import { memberAmong, memberReachable } from '../member.ts';
import { isMember } from '../member-status.ts';
import { seesDepartment, visibleRange } from '../visible-range.ts';

/** 通讯录: reading a member and the departments. */
export const contactsRoutes: readonly Route[] = [
  { operation: 'user.get', method: 'GET', path: '/cgi-bin/user/get', answer: getMember },
  { operation: 'department.list', method: 'GET', path: '/cgi-bin/department/list', answer: listDepartments },
];

/** 读取成员. https://developer.work.weixin.qq.com/document/path/90196 */
async function getMember(call: Call, house: House): Promise<Reply> {
  const caller = await admit(call, 'any', house, house.clock.now());
  if (isTurnedAway(caller)) return refused(call, refusalOf(caller).returned);
  const given = call.query.get('userid') ?? '';
  if (given === '') return refused(call, refusalOf({ kind: 'missing', subject: 'query.userid' }).returned);
  const { member, leader } = await house.store.read(() => memberAndLeader(caller, foldUserid(given)));
  const problem = memberReachable(caller, member);
  if (member === undefined || problem !== null)
    return refused(call, refusalOf(problem ?? { kind: 'left', subject: 'userid' }).returned);
  return answered(memberOf(caller, member, leader));
}

function* memberAndLeader(
  { tenant }: Caller,
  userid: string,
): Gather<{ readonly member: Employee | undefined; readonly leader: Employee | undefined }> {
  const found = yield* ask('employees-by', { tenant: tenant.number, space: `id:${USERID}`, values: [userid] });
  const member = memberAmong(found.get(userid));
  const leader = member?.leader ?? null;
  if (leader === null) return { member, leader: undefined };
  const leaders = yield* ask('employees-by-id', { tenant: tenant.number, ids: [leader] });
  return { member, leader: leaders.get(leader) };
}

/** 获取部门列表: the one named and all below it, or all that the app may see. https://developer.work.weixin.qq.com/document/path/90208 */
async function listDepartments(call: Call, house: House): Promise<Reply> {
  const caller = await admit(call, 'any', house, house.clock.now());
  if (isTurnedAway(caller)) return refused(call, refusalOf(caller).returned);
  const { tenant, app } = caller;
  const range = visibleRange(tenant, app);
  const given = call.query.get('id') ?? '';
  const top = given === '' ? tenant.departments.root : tenant.departments.by(DEPARTMENT_ID, given);
  if (top === undefined)
    return refused(call, refusalOf({ kind: 'unknown', subject: 'department', value: given }).returned);
  if (given !== '' && !seesDepartment(range, top.id))
    return refused(call, refusalOf({ kind: 'forbidden', subject: 'department' }).returned);
  const departments = withAllBelow(caller, top).filter(({ id }) => seesDepartment(range, id));
  const ids = [...new Set(departments.flatMap(({ leaders }) => leaders.map(({ employee }) => employee)))];
  const leaders = await house.store.read(() => ask('employees-by-id', { tenant: tenant.number, ids }));
  const present = new Map([...leaders].filter(([, leader]) => isMember(leader)));
  return answered({ department: departments.map((department) => departmentOf(caller, department, present)) });
}

/** Level by level, as the page's example has a parent before its children. */
function withAllBelow({ tenant }: Caller, top: Department): readonly Department[] {
  const all = [top];
  for (const department of all) all.push(...tenant.departments.childrenOf(department.id));
  return all;
}
