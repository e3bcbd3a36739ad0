import type { Coverage } from '../dialect.ts';
import { contactDepartments, contactGroups } from './coverage-contact-departments.ts';
import { logIn } from './coverage-log-in.ts';
import { lookUps } from './coverage-lookups.ts';
import { users } from './coverage-users.ts';

const page = (name: string): string => `https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/directory-v1/${name}`;
const token = (name: string): string =>
  `https://open.feishu.cn/document/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/${name}`;

const directory = '/open-apis/directory/v1';
/** Every operation of the contract, and how far it is imitated. */
export const coverage: readonly Coverage[] = [
  {
    operation: 'tenant-access-token',
    method: 'POST',
    path: '/open-apis/auth/v3/tenant_access_token/internal',
    status: 'same',
    source: token('tenant_access_token_internal'),
  },
  {
    operation: 'app-access-token',
    method: 'POST',
    path: '/open-apis/auth/v3/app_access_token/internal',
    status: 'same',
    source: token('app_access_token_internal'),
  },
  {
    operation: 'employee.patch',
    method: 'PATCH',
    path: `${directory}/employees/:employee_id`,
    status: 'partial',
    source: 'https://open.feishu.cn/document/directory-v1/employee/patch',
    note:
      'every field of the page, all of its 58 codes, the reset of 未加入 and 未激活 employees with its invitation and new ' +
      'login. The countries are those of the company file, as no list of all MDM codes is documented: where it has none, ' +
      'every code answers 2221216. Seats of people who leave through another platform stay taken until they are given up ' +
      'here; of a developer with apps in more than 100 companies, a union_id of a further one is unknown (99992364) instead ' +
      'of 99992381',
  },
  {
    operation: 'employee.mget',
    method: 'POST',
    path: `${directory}/employees/mget`,
    status: 'same',
    source: page('employee/mget'),
  },
  {
    operation: 'employee.create',
    method: 'POST',
    path: `${directory}/employees`,
    status: 'partial',
    source: page('employee/create'),
    note:
      'every field of the page, its 52 shared codes and 2221163. Invitations land in the outbox of this server; that the ' +
      'person accepts one, and first logs in, is said in the company file (activation). With strict_image_keys only ' +
      'uploaded images are taken; need_send_notification.language is passed over',
  },
  {
    operation: 'employee.delete',
    method: 'DELETE',
    path: `${directory}/employees/:employee_id`,
    status: 'partial',
    source: page('employee/delete'),
    note:
      'receivers of what is left behind are checked and kept, but nothing is moved to them; who left the workspace resigns ' +
      'exit_to_resign_days later, which is carried out before the next Feishu call of the company',
  },
  {
    operation: 'employee.resurrect',
    method: 'POST',
    path: `${directory}/employees/:employee_id/resurrect`,
    status: 'partial',
    source: page('employee/resurrect'),
    note: '2221248 is never answered: the page has 2221271 for the same',
  },
  {
    operation: 'employee.to-be-resigned',
    method: 'PATCH',
    path: `${directory}/employees/:employee_id/to_be_resigned`,
    status: 'same',
    source: page('employee/to_be_resigned'),
  },
  {
    operation: 'employee.regular',
    method: 'PATCH',
    path: `${directory}/employees/:employee_id/regular`,
    status: 'same',
    source: page('employee/regular'),
  },
  {
    operation: 'employee.filter',
    method: 'POST',
    path: `${directory}/employees/filter`,
    status: 'same',
    source: page('employee/filter'),
  },
  {
    operation: 'employee.search',
    method: 'POST',
    path: `${directory}/employees/search`,
    status: 'same',
    source: page('employee/search'),
  },
  {
    operation: 'department.create',
    method: 'POST',
    path: `${directory}/departments`,
    status: 'same',
    source: page('department/create'),
  },
  {
    operation: 'department.patch',
    method: 'PATCH',
    path: `${directory}/departments/:department_id`,
    status: 'same',
    source: page('department/patch'),
  },
  {
    operation: 'department.delete',
    method: 'DELETE',
    path: `${directory}/departments/:department_id`,
    status: 'same',
    source: page('department/delete'),
  },
  {
    operation: 'department.mget',
    method: 'POST',
    path: `${directory}/departments/mget`,
    status: 'partial',
    source: page('department/mget'),
    note: 'of deleted departments the latest 1,000 of a company are returned',
  },
  {
    operation: 'department.filter',
    method: 'POST',
    path: `${directory}/departments/filter`,
    status: 'same',
    source: page('department/filter'),
  },
  {
    operation: 'department.search',
    method: 'POST',
    path: `${directory}/departments/search`,
    status: 'same',
    source: page('department/search'),
  },
  ...lookUps,
  ...users,
  ...contactDepartments,
  ...contactGroups,
  ...logIn,
];
