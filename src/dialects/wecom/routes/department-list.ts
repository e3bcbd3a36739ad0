import type { Department } from '../../../directory/departments/department.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { Problem } from '../../../directory/errors.ts';
import { load } from '../../../directory/store.ts';
import { JsonList, Turns } from '../../../lib/turns.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import { authenticate, isRejected, type Caller } from '../auth/caller.ts';
import { departmentNodeOf, departmentOf } from '../members/view.ts';
import { successReply, answeredWith, refused } from '../protocol/envelope.ts';
import { refusalOf } from '../protocol/errors.ts';
import { DEPARTMENT_ID } from '../model/ids.ts';
import { isMember } from '../model/member-status.ts';
import { seesDepartment, visibleRange } from '../auth/visible-range.ts';

/** 部门管理: reading the departments. */
export const departmentRoutes: readonly Route[] = [
  { operation: 'department.list', method: 'GET', path: '/cgi-bin/department/list', answer: listDepartments },
  { operation: 'department.simplelist', method: 'GET', path: '/cgi-bin/department/simplelist', answer: listIds },
  { operation: 'department.get', method: 'GET', path: '/cgi-bin/department/get', answer: getDepartment },
];

/** 获取部门列表. https://developer.work.weixin.qq.com/document/path/90208 */
async function listDepartments(call: Call, context: DialectContext): Promise<Reply> {
  const caller = await authenticate(call, 'any', context, context.clock.now());
  if (isRejected(caller)) return refused(call, refusalOf(caller).returned);
  const departments = departmentsAskedFor(caller, call);
  if ('kind' in departments) return refused(call, refusalOf(departments).returned);
  const leaders = await leadersOf(caller, departments, context);
  const list = new JsonList();
  await list.add(departments, (department) => departmentOf(caller, department, leaders));
  return answeredWith('department', list);
}

/** 获取子部门ID列表. https://developer.work.weixin.qq.com/document/path/95350 */
async function listIds(call: Call, context: DialectContext): Promise<Reply> {
  const caller = await authenticate(call, 'any', context, context.clock.now());
  if (isRejected(caller)) return refused(call, refusalOf(caller).returned);
  const departments = departmentsAskedFor(caller, call);
  if ('kind' in departments) return refused(call, refusalOf(departments).returned);
  const list = new JsonList();
  await list.add(departments, (department) => departmentNodeOf(caller, department));
  return answeredWith('department_id', list);
}

/** 获取单个部门详情. https://developer.work.weixin.qq.com/document/path/95351 */
async function getDepartment(call: Call, context: DialectContext): Promise<Reply> {
  const caller = await authenticate(call, 'any', context, context.clock.now());
  if (isRejected(caller)) return refused(call, refusalOf(caller).returned);
  const department = reachableDepartment(caller, call.query.get('id') ?? '');
  if ('kind' in department) return refused(call, refusalOf(department).returned);
  const leaders = await leadersOf(caller, [department], context);
  return successReply({ department: departmentOf(caller, department, leaders) });
}

/** The department of that number: nobody's → 60003, not in the visible range → 60011. */
export function reachableDepartment({ tenant, app }: Caller, id: string): Department | Problem {
  const department = tenant.departments.by(DEPARTMENT_ID, id);
  if (department === undefined) return { kind: 'unknown', subject: 'department', value: id };
  return seesDepartment(visibleRange(tenant, app), department.id)
    ? department
    : { kind: 'forbidden', subject: 'department' };
}

/** The one named and all below it, or all that the app may see; level by level, a parent before its children. */
function departmentsAskedFor(caller: Caller, call: Call): readonly Department[] | Problem {
  const { tenant, app } = caller;
  const given = call.query.get('id') ?? '';
  const top = given === '' ? tenant.departments.root : reachableDepartment(caller, given);
  if ('kind' in top) return top;
  const range = visibleRange(tenant, app);
  return withAllBelow(caller, top).filter(({ id }) => seesDepartment(range, id));
}

/** The department and all below it, level by level, as the page's example has a parent before its children. */
export function withAllBelow({ tenant }: Caller, top: Department): readonly Department[] {
  const all = [top];
  for (const department of all) all.push(...tenant.departments.childrenOf(department.id));
  return all;
}

async function leadersOf(
  { tenant }: Caller,
  departments: readonly Department[],
  { store }: DialectContext,
): Promise<ReadonlyMap<string, Employee>> {
  const ids = [...new Set(departments.flatMap(({ leaders }) => leaders.map(({ employee }) => employee)))];
  const members = new Map<string, Employee>();
  const turns = new Turns();
  for (let from = 0; from < ids.length; from += PIECE) {
    const about = { tenant: tenant.number, ids: ids.slice(from, from + PIECE) };
    for (const [id, leader] of await store.read(() => load('employees-by-id', about)))
      if (isMember(leader)) members.set(id, leader);
    await turns.next();
  }
  return members;
}

/** So many leaders are read at one time. */
const PIECE = 100;
