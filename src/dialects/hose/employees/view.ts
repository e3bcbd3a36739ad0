import type { Account } from '../../../directory/auth/account.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { showForm } from './form.ts';
import { spaces } from '../model/ids.ts';
import { formatTime } from '../model/time-zone.ts';
import { showPhone } from '../protocol/wire.ts';

/** Whether the person is employed; one who left is logically deleted on Hose and invisible there [seed]. */
export function isActive(employee: Employee): boolean {
  return employee.status !== 'resigned';
}

/** The staff object of every answer: its keys and their order are the samples' [seed], contract 2.7. */
export function showStaff(employee: Employee, account: Account | undefined, tenant: Tenant): object {
  const idOf = (department: string): string => tenant.departments.get(department)?.ids[spaces.department] ?? department;
  const { mobile, mainDepartment } = employee;
  return {
    id: employee.ids[spaces.staff] ?? employee.id,
    name: employee.name.value,
    nickName: employee.alias,
    code: employee.jobNumber ?? '',
    departments: employee.departments.map(({ department }) => idOf(department)),
    defaultDepartment: mainDepartment === null ? null : idOf(mainDepartment),
    cellphone: showPhone(mobile),
    active: isActive(employee),
    userId: employee.ids[spaces.user] ?? employee.id,
    email: account?.email ?? null,
    showEmail: employee.email,
    external: employee.external,
    authState: employee.seated,
    globalRoaming: `+${mobile?.country ?? '86'}`,
    note: employee.note,
    staffCustomForm: showForm(employee, tenant),
    // enName is accepted, but no documented answer carries it (contract 2.7) [proposed].
    updateTime: formatTime(employee.updatedAt, tenant),
    createTime: formatTime(employee.createdAt, tenant),
  };
}

/** The staff object that was serialized last, and on what else than the record it depends. */
interface SerializedStaff {
  readonly tenant: Tenant;
  readonly email: string | null;
  readonly bytes: Buffer;
}

const serialized = new WeakMap<Employee, SerializedStaff>();

/** The staff object as JSON after a comma; for a record that is still the same, as it was serialized last. A page has a hundred of them. */
export function staffBytes(employee: Employee, account: Account | undefined, tenant: Tenant): Buffer {
  const email = account?.email ?? null;
  const known = serialized.get(employee);
  if (known !== undefined && known.tenant === tenant && known.email === email) return known.bytes;
  const bytes = Buffer.from(`,${JSON.stringify(showStaff(employee, account, tenant))}`);
  serialized.set(employee, { tenant, email, bytes });
  return bytes;
}
