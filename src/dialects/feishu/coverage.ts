import type { Coverage } from '../dialect.ts';
import { contact, lookUps } from './look-up-coverage.ts';

const page = (name: string): string => `https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/directory-v1/${name}`;
const token = (name: string): string =>
  `https://open.feishu.cn/document/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/${name}`;

const directory = '/open-apis/directory/v1';
const notYet = 'not served yet';

function absent(operation: string, method: Coverage['method'], path: string, source: string): Coverage {
  return { operation, method, path, status: 'absent', source, note: notYet };
}

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
      'login. Not yet: the rate limit (99991400), and user tokens with their management ranges. The countries are those ' +
      'of the company file, as no list of all MDM codes is documented: where it has none, every code answers 2221216. ' +
      'Seats of people who leave through another platform stay taken until they are given up here; of a developer with ' +
      'apps in more than 100 companies, a union_id of a further one is unknown (99992364) instead of 99992381',
  },
  {
    operation: 'employee.mget',
    method: 'POST',
    path: `${directory}/employees/mget`,
    status: 'partial',
    source: page('employee/mget'),
    note: 'departments come without department_count and with an empty custom_field_values; no rate limit; tenant tokens only',
  },
  absent('employee.create', 'POST', `${directory}/employees`, page('employee/create')),
  absent('employee.delete', 'DELETE', `${directory}/employees/:employee_id`, page('employee/delete')),
  absent('employee.resurrect', 'POST', `${directory}/employees/:employee_id/resurrect`, page('employee/resurrect')),
  absent(
    'employee.to-be-resigned',
    'PATCH',
    `${directory}/employees/:employee_id/to_be_resigned`,
    page('employee/to_be_resigned'),
  ),
  absent('employee.regular', 'PATCH', `${directory}/employees/:employee_id/regular`, page('employee/regular')),
  absent('employee.filter', 'POST', `${directory}/employees/filter`, page('employee/filter')),
  absent('employee.search', 'POST', `${directory}/employees/search`, page('employee/search')),
  absent('department.create', 'POST', `${directory}/departments`, page('department/create')),
  absent('department.patch', 'PATCH', `${directory}/departments/:department_id`, page('department/patch')),
  absent('department.delete', 'DELETE', `${directory}/departments/:department_id`, page('department/delete')),
  absent('department.mget', 'POST', `${directory}/departments/mget`, page('department/mget')),
  absent('department.filter', 'POST', `${directory}/departments/filter`, page('department/filter')),
  absent('department.search', 'POST', `${directory}/departments/search`, page('department/search')),
  ...lookUps,
  absent(
    'contact.department.children',
    'GET',
    '/open-apis/contact/v3/departments/:department_id/children',
    contact('department/children'),
  ),
  absent(
    'user-access-token',
    'POST',
    '/open-apis/authen/v2/oauth/token',
    'https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/get-user-access-token',
  ),
];
