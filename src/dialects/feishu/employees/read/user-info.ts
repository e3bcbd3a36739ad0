import type { Employee } from '../../../../directory/employees/employee.ts';
import { e164 } from '../../../../directory/employees/phone.ts';
import { holdsAny, type Caller } from '../../auth/caller.ts';
import { feishuOf } from '../../model/employee-extension.ts';
import { employeeIdOf, tenantKeyOf } from '../../model/ids.ts';
import { imageUrl } from './view.ts';

/**
 * Returns the user who logged in, for an app. Members whose scope is missing are absent; empty ones are returned empty.
 * [public: au/user_info/get, contract feishu-contact.md 5.4]
 */
export function userInfoOf(employee: Employee, caller: Caller, origin: string): Readonly<Record<string, string>> {
  const { tenant, ids } = caller;
  const may = (scope: string): boolean => holdsAny(caller, [scope]);
  const url = imageUrl(feishuOf(employee).avatarKey, origin);
  const mayEmployee = may('contact:user.employee:readonly');
  return {
    name: employee.name.value,
    en_name: employee.name.i18n['en-US'] ?? '',
    avatar_url: url,
    avatar_thumb: url,
    avatar_middle: url,
    avatar_big: url,
    open_id: employeeIdOf(employee, 'open_id', ids, tenant),
    union_id: employeeIdOf(employee, 'union_id', ids, tenant),
    tenant_key: tenantKeyOf(tenant.key),
    ...(may('contact:user.employee_id:readonly') && { user_id: employeeIdOf(employee, 'employee_id', ids, tenant) }),
    ...(may('contact:user.email:readonly') && { email: employee.email ?? '' }),
    ...(may('contact:user.phone:readonly') && { mobile: employee.mobile === null ? '' : e164(employee.mobile) }),
    ...(mayEmployee && { enterprise_email: employee.enterpriseEmail ?? '', employee_no: employee.jobNumber ?? '' }),
  };
}
