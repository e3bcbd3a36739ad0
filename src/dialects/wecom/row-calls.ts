import type { Phone } from '../../directory/employees/phone.ts';
import { departmentIds, sentMembers, type RowCalls } from '../row-calls.ts';
import { DEPARTMENT_ID, USERID, useridOf } from './model/ids.ts';
import { hasExited } from './model/member-status.ts';
import { appSettings } from './model/app-settings.ts';

/**
 * Rows of tables as 创建成员 and 更新成员 take them, which 通讯录同步 alone may call. The template is the one of 异步批量接口.
 * (wecom-more 6.3)
 */
export const rows: RowCalls = {
  id: { space: USERID, headers: ['帐号', '账号', '帐户', '企业微信账号', 'userid', 'wecom_id'] },
  template: [
    { header: '姓名', field: 'name' },
    { header: '帐号', field: 'wecom_id' },
    { header: '手机号', field: 'mobile', write: ({ mobile }) => numberOf(mobile) },
    { header: '邮箱', field: 'email' },
    { header: '所在部门', field: 'departments' },
    { header: '职位', field: 'job_title' },
    { header: '性别', field: 'gender', write: ({ gender }) => (gender === 1 ? '男' : gender === 2 ? '女' : '') },
    { header: '是否部门内领导', field: null },
    { header: '排序', field: null },
    { header: '别名', field: 'alias' },
    { header: '地址', field: null },
    { header: '座机', field: 'telephone' },
    { header: '禁用', field: null },
    { header: '禁用项说明：(0-启用;1-禁用)', field: null },
  ],
  isInTemplate: (employee) => !hasExited(employee),
  departments: DEPARTMENT_ID,
  suits: (app) => {
    const { kind, api_sync = 'edit' } = appSettings(app);
    return kind === 'contact_sync' && api_sync === 'edit';
  },
  call: (change) => {
    const { tenant, before, after, leader } = change;
    const department = (): object => {
      const ids = departmentIds(change, DEPARTMENT_ID).map(Number);
      return { department: ids, ...(ids[0] === undefined ? {} : { main_department: ids[0] }) };
    };
    const members = sentMembers<object>(change, {
      name: () => ({ name: after.name.value }),
      alias: () => ({ alias: after.alias ?? '' }),
      gender: () => ({ gender: String(after.gender === 3 ? 0 : after.gender) }),
      mobile: () => ({ mobile: numberOf(after.mobile) }),
      email: () => ({ email: after.email ?? '' }),
      enterpriseEmail: () => ({ biz_mail: after.enterpriseEmail ?? '' }),
      telephone: () => ({ telephone: after.telephone ?? '' }),
      departments: department,
      mainDepartment: department,
      leader: () => ({ direct_leader: leader === null ? [] : [useridOf(leader)] }),
      jobTitle: () => ({
        position: after.jobTitle === null ? '' : (tenant.catalog('job-title').get(after.jobTitle)?.name.value ?? ''),
      }),
    });
    const userid = before === null ? (after.ids[USERID] ?? after.id) : useridOf(before);
    const body: object = Object.assign({ userid }, ...members) as object;
    if (before === null) return { operation: 'user.create', body };
    return Object.keys(body).length === 1 ? null : { operation: 'user.update', body };
  },
};

/** Mainland numbers bare, others with their code, as members are read. */
function numberOf(phone: Phone | null): string {
  if (phone === null) return '';
  return phone.country === '86' ? phone.number : `+${phone.country}${phone.number}`;
}
