import type { Department, DepartmentTree } from '../../../directory/departments/department.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { isSmall, MAX_IN_LINE } from '../protocol/bounds.ts';
import { spaces } from '../model/ids.ts';
import { formatTime } from '../model/time-zone.ts';

/** What Hose alone knows of a department. */
export interface HoseDepartment {
  /** `costCenter`, `legalEntity` and `u_…`, as sent. */
  readonly form?: Readonly<Record<string, unknown>>;
}

/** What Hose alone knows of this department. */
export function hoseOfDepartment({ extensions }: Department): HoseDepartment {
  // Written by this dialect alone.
  return (extensions['hose'] as HoseDepartment | undefined) ?? {};
}

/** Hose's id of a department; that of the root is the corporation's. */
function departmentIdOf(department: Department): string {
  return department.ids[spaces.department] ?? department.id;
}

/**
 * Hose's id of the one above; `""` for the root, and for the topmost external department, as those are a tree of their own
 * [public: corporation/get-external-department.md].
 */
function parentIdOf({ parent, external }: Department, { departments }: Tenant): string {
  const above = parent === null ? undefined : departments.get(parent);
  const isTopmost = above === undefined || (external && !above.external && above.parent === null);
  return isTopmost ? '' : departmentIdOf(above);
}

/** The department object; answers to adding and updating leave out the two times (contract 5.6) [public]. */
export function showDepartment(department: Department, tenant: Tenant, withTimes: boolean): object {
  return {
    id: departmentIdOf(department),
    name: department.name.value,
    parentId: parentIdOf(department, tenant),
    active: department.enabled,
    code: department.code,
    ...(withTimes
      ? { updateTime: formatTime(department.updatedAt, tenant), createTime: formatTime(department.createdAt, tenant) }
      : {}),
    form: hoseOfDepartment(department).form ?? null,
    order: department.order,
  };
}

/** A department as a request describes it. */
export interface GivenDepartment {
  readonly name: string;
  readonly code: string;
  /** Hose's id of the one above; `""` for the level below the root. */
  readonly parentId: string;
  /** Absent: it stays as it is; null empties it. */
  readonly form?: Readonly<Record<string, unknown>> | null;
  readonly order?: number;
}

/** Reads one department: the member that is missing by its name, or null for a wrong type. */
export function readDepartment(body: unknown): GivenDepartment | string | null {
  if (!isObject(body)) return null;
  const texts: Record<string, string> = {};
  for (const member of ['name', 'code', 'parentId']) {
    const text = body[member];
    if (text === undefined || text === null) return member;
    if (typeof text !== 'string' || text.length > MAX_IN_LINE) return null;
    texts[member] = text;
  }
  const { name = '', code = '', parentId = '' } = texts;
  // "Must not be empty" has no sentence of its own [proposed].
  if (name === '') return 'name';
  const { form, order } = body;
  if (form !== undefined && form !== null && !(isObject(form) && isSmall(form))) return null;
  if (order !== undefined && order !== null && !Number.isSafeInteger(order)) return null;
  return {
    name,
    code,
    parentId,
    ...(form === undefined ? {} : { form }),
    ...(typeof order === 'number' ? { order } : {}),
  };
}

/** The active department that a path of names leads to, from the root's name down. */
export function atPath(tree: DepartmentTree, path: string): Department | undefined {
  const [first, ...names] = path.split('/');
  let at: Department | undefined = tree.root.name.value === first ? tree.root : undefined;
  for (const name of names) {
    if (at === undefined) break;
    at = tree.childrenOf(at.id).find((child) => child.enabled && child.name.value === name);
  }
  return at?.enabled === true ? at : undefined;
}
