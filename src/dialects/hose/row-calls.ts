import { departmentIds, sentMembers, type RowCalls } from '../row-calls.ts';
import { showPhone } from './protocol/wire.ts';
import { spaces } from './model/ids.ts';
import { appSettingsOf } from './model/settings.ts';

/** Rows of tables as 新增员工 and 修改员工 take them. The platform's own table is not documented. */
export const rows: RowCalls = {
  id: { space: spaces.staff, headers: ['合思员工 ID', '合思员工ID', '合思 ID', 'staffId', 'hose_id'] },
  departments: spaces.department,
  suits: (app) => appSettingsOf(app).kind === 'corporation',
  call: (change) => {
    const { before, after } = change;
    const departments = (): object => {
      const ids = departmentIds(change, spaces.department);
      return ids[0] === undefined ? {} : { defaultDepartment: ids[0], departments: ids };
    };
    const members = sentMembers<object>(change, {
      name: () => ({}),
      alias: () => ({ nickName: after.alias ?? '' }),
      mobile: () => ({ cellphone: showPhone(after.mobile) }),
      email: () => ({ email: after.email ?? '' }),
      note: () => ({ note: after.note ?? '' }),
      departments,
      mainDepartment: departments,
      jobNumber: () => ({ code: after.jobNumber ?? '' }),
    });
    if (members.length === 0) return null;
    // 姓名 must be in each call. [seed]
    const body: object = Object.assign({ name: after.name.value }, ...members) as object;
    if (before === null) return { operation: 'staffs.create', body };
    return { operation: 'staffs.update', params: { staffId: `$${before.ids[spaces.staff] ?? before.id}` }, body };
  },
};
