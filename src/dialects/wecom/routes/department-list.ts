import type { Department } from '../../../directory/departments/department.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load } from '../../../directory/store.ts';
import { JsonList, Turns } from '../../../lib/turns.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { departmentNodeOf, departmentOf, orderOf } from '../members/view.ts';
import { answeredWith } from '../protocol/envelope.ts';
import { refusalOf, type CallProblem } from '../protocol/errors.ts';
import { DEPARTMENT_ID, departmentIdOf } from '../model/ids.ts';
import { isMember } from '../model/member-status.ts';
import { seesDepartment, visibleRange } from '../auth/visible-range.ts';
import { queried, type Answer, type Request } from './operation.ts';

/** 部门管理: reading the departments. */
export const departmentRoutes: readonly Route[] = [
  ...queried({
    operation: 'department.list',
    path: '/cgi-bin/department/list',
    permission: 'details',
    answer: listDepartments,
  }),
  ...queried({
    operation: 'department.simplelist',
    path: '/cgi-bin/department/simplelist',
    permission: 'any',
    answer: listIds,
  }),
  ...queried({
    operation: 'department.get',
    path: '/cgi-bin/department/get',
    permission: 'details',
    answer: getDepartment,
  }),
];

/** 获取部门列表. https://developer.work.weixin.qq.com/document/path/90208 */
async function listDepartments({ call, caller, context }: Request): Promise<Answer | Reply> {
  const departments = departmentsAskedFor(caller, call);
  if ('kind' in departments) return { refusal: refusalOf(departments) };
  const leaders = await leadersOf(caller, departments, context);
  const list = new JsonList();
  await list.add(departments, (department) => departmentOf(caller, department, leaders));
  return answeredWith('department', list);
}

/** Every department that the app may see, as department/list shows it. */
export async function departmentRows(caller: Caller, context: DialectContext): Promise<readonly object[]> {
  const range = visibleRange(caller.tenant, caller.app);
  const departments = withDescendants(caller, caller.tenant.departments.root).filter(({ id }) =>
    seesDepartment(range, id),
  );
  const leaders = await leadersOf(caller, departments, context);
  return departments.map((department) => departmentOf(caller, department, leaders));
}

/** 获取子部门ID列表. https://developer.work.weixin.qq.com/document/path/95350 */
async function listIds({ call, caller }: Request): Promise<Answer | Reply> {
  const departments = departmentsAskedFor(caller, call);
  if ('kind' in departments) return { refusal: refusalOf(departments) };
  const list = new JsonList();
  await list.add(departments, (department) => departmentNodeOf(caller, department));
  return answeredWith('department_id', list);
}

/** 获取单个部门详情. https://developer.work.weixin.qq.com/document/path/95351 */
async function getDepartment({ call, caller, context }: Request): Promise<Answer> {
  const department = reachableDepartment(caller, call.query.get('id') ?? '', 'party');
  if ('kind' in department) return { refusal: refusalOf(department) };
  const leaders = await leadersOf(caller, [department], context);
  return { done: 'ok', body: { department: departmentOf(caller, department, leaders) } };
}

/**
 * The department of that number; not in the visible range → 60011. One that does not exist is 60123 where departments are
 * read, 60003 where their members are. (wecom-more 3.7, 4)
 */
export function reachableDepartment(
  { tenant, app }: Caller,
  id: string,
  subject: 'party' | 'department',
): Department | CallProblem {
  const department = tenant.departments.by(DEPARTMENT_ID, id);
  if (department === undefined) return { kind: 'unknown', subject, value: id };
  return seesDepartment(visibleRange(tenant, app), department.id)
    ? department
    : { kind: 'forbidden', subject: 'department' };
}

/** The one named and all below it, or all that the app may see; level by level, a parent before its children. */
function departmentsAskedFor(caller: Caller, call: Call): readonly Department[] | CallProblem {
  const { tenant, app } = caller;
  const given = call.query.get('id') ?? '';
  const top = given === '' ? tenant.departments.root : reachableDepartment(caller, given, 'party');
  if ('kind' in top) return top;
  const range = visibleRange(tenant, app);
  return withDescendants(caller, top).filter(({ id }) => seesDepartment(range, id));
}

/** The department and all below it, level by level; of siblings the larger order first, then the smaller id. (wecom-more 4) */
export function withDescendants({ tenant }: Caller, top: Department): readonly Department[] {
  const order = (one: Department, other: Department): number =>
    orderOf(other.order) - orderOf(one.order) || departmentIdOf(one) - departmentIdOf(other);
  return [top, ...tenant.departments.descendantsOf(top.id, order)];
}

async function leadersOf(
  { tenant }: Caller,
  departments: readonly Department[],
  { store }: DialectContext,
): Promise<ReadonlyMap<string, Employee>> {
  const ids = [...new Set(departments.flatMap(({ leaders }) => leaders.map(({ employee }) => employee)))];
  const members = new Map<string, Employee>();
  const turns = new Turns();
  for (let from = 0; from < ids.length; from += BATCH_SIZE) {
    const about = { tenant: tenant.number, ids: ids.slice(from, from + BATCH_SIZE) };
    for (const [id, leader] of await store.read(() => load('employees-by-id', about)))
      if (isMember(leader)) members.set(id, leader);
    await turns.next();
  }
  return members;
}

/** So many leaders are read at one time. */
const BATCH_SIZE = 100;
