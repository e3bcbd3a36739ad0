import type { CatalogName } from '../../directory/catalog.ts';
import { e164 } from '../../directory/employees/phone.ts';
import type { LocalText } from '../../directory/text.ts';
import { departmentIds, sentMembers, type RowCalls } from '../row-calls.ts';
import { ROOT, SPACE } from './model/ids.ts';

const QUERY = { employee_id_type: 'employee_id', department_id_type: 'department_id' };

/** Rows of tables as 创建员工 and 更新员工 take them. The platform's own table is not documented. */
export const rows: RowCalls = {
  id: { space: SPACE.employee, headers: ['飞书用户 ID', '飞书用户ID', '用户 ID', 'feishu_id', 'user_id'] },
  departments: SPACE.department,
  suits: () => true,
  call: (change) => {
    const { tenant, before, after, leader } = change;
    const entry = (catalog: CatalogName, id: string | null): string =>
      id === null ? '' : (tenant.catalog(catalog).get(id)?.ids[SPACE.entry] ?? id);
    const { root } = tenant.departments;
    const name = (): object => ({
      name: {
        name: { default_value: after.name.value, ...localized(after.name) },
        ...(after.alias === null ? {} : { another_name: after.alias }),
      },
    });
    const members = sentMembers<object>(change, {
      name,
      alias: name,
      gender: () => ({ gender: after.gender }),
      mobile: () => ({ mobile: after.mobile === null ? '' : e164(after.mobile) }),
      email: () => ({ email: after.email ?? '' }),
      enterpriseEmail: () => ({ enterprise_email: after.enterpriseEmail ?? '' }),
      extensionNumber: () => ({ extension_number: after.extensionNumber ?? '' }),
      departments: () => ({
        employee_order_in_departments: departmentIds(change, SPACE.department).map((id) => ({
          department_id: id === root?.ids[SPACE.department] || id === root?.id ? ROOT : id,
        })),
      }),
      leader: () => ({ leader_id: leader === null ? '' : (leader.ids[SPACE.employee] ?? leader.id) }),
      jobNumber: () => ({ job_number: after.jobNumber ?? '' }),
      jobTitle: () => ({ job_title_id: entry('job-title', after.jobTitle) }),
      jobLevel: () => ({ job_level_id: entry('job-level', after.jobLevel) }),
      jobFamily: () => ({ job_family_id: entry('job-family', after.jobFamily) }),
      workPlace: () => ({ work_place_id: entry('work-place', after.workPlace) }),
      workCountry: () => ({ work_country_or_region: entry('country', after.workCountry) }),
      workStation: () => ({ work_station: { default_value: after.workStation?.value ?? '' } }),
      joinDate: () => ({ join_date: after.joinDate ?? '' }),
      employmentType: () => (after.employmentType === 0 ? {} : { employment_type: after.employmentType }),
    });
    const employee: object = Object.assign({}, ...members) as object;
    if (before === null) return { operation: 'employee.create', query: QUERY, body: { employee } };
    if (Object.keys(employee).length === 0) return null;
    const id = before.ids[SPACE.employee] ?? before.id;
    return { operation: 'employee.patch', params: { employee_id: id }, query: QUERY, body: { employee } };
  },
};

/** Translations by the platform's names of languages. */
function localized({ i18n }: LocalText): object {
  const names = Object.entries(i18n).map(([locale, value]) => [locale.toLowerCase().replace('-', '_'), value]);
  return names.length === 0 ? {} : { i18n_value: Object.fromEntries(names) as object };
}
