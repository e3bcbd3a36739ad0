import type { App } from '../../../directory/auth/app.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { DEPARTMENT_ID, foldUserid, USERID } from '../model/ids.ts';
import { appSettings } from '../model/app-settings.ts';
import { settingsIn } from '../model/settings.ts';

/** The members and departments an app may act on: 可见范围. https://developer.work.weixin.qq.com/document/path/90665 */
export interface VisibleRange {
  readonly isWhole: boolean;
  /** Own ids; every department below one of them is there too. */
  readonly departments: ReadonlySet<string>;
  /** Folded. */
  readonly userids: ReadonlySet<string>;
}

const RANGES = Symbol('wecom visible ranges');

/** The visible range of an app; worked out once for as long as the company stays as it is. */
export function visibleRange(tenant: Tenant, app: App): VisibleRange {
  const ranges = tenant.derived(RANGES, () => new Map<string, VisibleRange>());
  const known = ranges.get(app.id);
  if (known !== undefined) return known;
  const range = workOut(tenant, app);
  ranges.set(app.id, range);
  return range;
}

/** Whether an app may act on an employee; one without a department counts as in the root. */
export function seesEmployee(range: VisibleRange, employee: Employee): boolean {
  return (
    range.isWhole ||
    range.userids.has(employee.ids[USERID] ?? '') ||
    employee.departments.some(({ department }) => range.departments.has(department))
  );
}

/** Whether an app may act on a department. */
export function seesDepartment(range: VisibleRange, department: string): boolean {
  return range.isWhole || range.departments.has(department);
}

/** Whether the two-step check is for an employee; one that names no one is for everybody. (wecom-more 15) */
export function isInTwoStep(tenant: Tenant, circle: TwoStep, employee: Employee): boolean {
  const { userids = [], department_ids = [], tag_ids = [] } = circle;
  if (userids.length + department_ids.length + tag_ids.length === 0) return true;
  return seesEmployee(rangeOf(tenant, { userids, department_ids, tag_ids }, false), employee);
}

type TwoStep = Partial<Circle>;

/** Members, departments with all below, and tags. */
interface Circle {
  readonly userids: readonly string[];
  readonly department_ids: readonly number[];
  readonly tag_ids: readonly number[];
}

function workOut(tenant: Tenant, app: App): VisibleRange {
  const { kind, visible_range } = appSettings(app);
  // 通讯录同步助手 sees the whole company and needs no range.
  return rangeOf(tenant, visible_range, kind === 'contact_sync');
}

function rangeOf(tenant: Tenant, circle: Circle, seesAll: boolean): VisibleRange {
  const tags = settingsIn(tenant).tags.filter(({ tag_id }) => circle.tag_ids.includes(tag_id));
  const circles = [circle, ...tags];
  const departments = new Set<string>();
  const open = circles
    .flatMap(({ department_ids }) => department_ids)
    .flatMap((id) => tenant.departments.by(DEPARTMENT_ID, String(id)) ?? []);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (departments.has(at.id)) continue;
    departments.add(at.id);
    open.push(...tenant.departments.childrenOf(at.id));
  }
  return {
    isWhole: seesAll || departments.has(tenant.departments.root.id),
    departments,
    userids: new Set(circles.flatMap(({ userids }) => userids.map(foldUserid))),
  };
}
