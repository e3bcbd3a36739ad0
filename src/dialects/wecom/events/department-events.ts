import type { App } from '../../../directory/auth/app.ts';
import type { Department } from '../../../directory/departments/department.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { seesDepartment, visibleRange } from '../auth/visible-range.ts';
import { orderOf } from '../members/view.ts';
import { appSettings } from '../model/app-settings.ts';
import { departmentIdOf } from '../model/ids.ts';
import type { ContactEvent } from './member-events.ts';
import type { XmlElement } from './xml.ts';

/** Returns the event that a change of a department gives; null where there is none for it. (wecom-more 10.5) */
export function departmentEvent(
  tenant: Tenant,
  app: App,
  before: Department | null,
  after: Department | null,
  style: 'old' | 'new',
): ContactEvent | null {
  if (![before, after].some((one) => one !== null && isSeen(tenant, app, one))) return null;
  if (after === null) return before === null ? null : { changeType: 'delete_party', content: [idOf(before)] };
  const name: XmlElement = ['Name', after.name.value];
  const parent: XmlElement = ['ParentId', String(parentIdOf(tenant, after))];
  if (before === null) {
    const whole: readonly XmlElement[] = [idOf(after), name, parent, ['Order', orderOf(after.order)]];
    return { changeType: 'create_party', content: style === 'new' ? [idOf(after), parent] : whole };
  }
  const isMoved = before.parent !== after.parent;
  if (style === 'new') return isMoved ? { changeType: 'update_party', content: [idOf(after), parent] } : null;
  const isRenamed = before.name.value !== after.name.value;
  if (!isMoved && !isRenamed) return null;
  const content = [idOf(after), ...(isRenamed ? [name] : []), ...(isMoved ? [parent] : [])];
  return { changeType: 'update_party', content };
}

/** Whether an app may act on a department; on one that is gone by now, where it might on its parent, or is given it by its id. */
function isSeen(tenant: Tenant, app: App, department: Department): boolean {
  const range = visibleRange(tenant, app);
  const { id, parent } = department;
  return (
    seesDepartment(range, id) ||
    (parent !== null && seesDepartment(range, parent)) ||
    appSettings(app).visible_range.department_ids.includes(departmentIdOf(department))
  );
}

function idOf(department: Department): XmlElement {
  return ['Id', departmentIdOf(department)];
}

/** The root's parent is 0; a parent that is gone by now has no number any more. */
function parentIdOf(tenant: Tenant, { parent }: Department): number {
  const found = parent === null ? undefined : tenant.departments.get(parent);
  return found === undefined ? 0 : departmentIdOf(found);
}
