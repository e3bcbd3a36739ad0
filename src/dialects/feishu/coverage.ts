import type { Coverage } from '../dialect.ts';
import { contact, lookUps } from './look-up-coverage.ts';

const page = (name: string): string => `https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/directory-v1/${name}`;
const token = (name: string): string =>
  `https://open.feishu.cn/document/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/${name}`;

const directory = '/open-apis/directory/v1';
const notYet = 'not served yet';
/** Of operations that are whole but for who may call them, and how often. */
const callersOnly = 'no rate limit, and tenant tokens only';

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
  {
    operation: 'employee.filter',
    method: 'POST',
    path: `${directory}/employees/filter`,
    status: 'partial',
    source: page('employee/filter'),
    note: callersOnly,
  },
  {
    operation: 'employee.search',
    method: 'POST',
    path: `${directory}/employees/search`,
    status: 'partial',
    source: page('employee/search'),
    note: callersOnly,
  },
  {
    operation: 'department.create',
    method: 'POST',
    path: `${directory}/departments`,
    status: 'partial',
    source: page('department/create'),
    note: callersOnly,
  },
  {
    operation: 'department.patch',
    method: 'PATCH',
    path: `${directory}/departments/:department_id`,
    status: 'partial',
    source: page('department/patch'),
    note: callersOnly,
  },
  {
    operation: 'department.delete',
    method: 'DELETE',
    path: `${directory}/departments/:department_id`,
    status: 'partial',
    source: page('department/delete'),
    note: `members who are still to join do not keep a department (2221332 is told of those in service); ${callersOnly}`,
  },
  {
    operation: 'department.mget',
    method: 'POST',
    path: `${directory}/departments/mget`,
    status: 'partial',
    source: page('department/mget'),
    note: `a department that was deleted is not told any more; ${callersOnly}`,
  },
  {
    operation: 'department.filter',
    method: 'POST',
    path: `${directory}/departments/filter`,
    status: 'partial',
    source: page('department/filter'),
    note: callersOnly,
  },
  {
    operation: 'department.search',
    method: 'POST',
    path: `${directory}/departments/search`,
    status: 'partial',
    source: page('department/search'),
    note: callersOnly,
  },
  ...lookUps,
  {
    operation: 'contact.department.children',
    method: 'GET',
    path: '/open-apis/contact/v3/departments/:department_id/children',
    status: 'partial',
    source: contact('department/children'),
    note: 'without chat groups, units, HRBPs and the primary member count, of which nothing is known here',
  },
  {
    operation: 'oauth-authorize',
    method: 'GET',
    path: '/open-apis/authen/v1/authorize',
    status: 'partial',
    source: 'https://open.feishu.cn/document/common-capabilities/sso/api/obtain-oauth-code',
    note:
      'nobody is logged in here: the page asks for whom the app shall call, and login_hint (an employee_id) answers it ' +
      'without a browser. What was agreed to earlier is not added to what is agreed to now; who may use an app is not known',
  },
  {
    operation: 'user-access-token',
    method: 'POST',
    path: '/open-apis/authen/v2/oauth/token',
    status: 'partial',
    source:
      'https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/get-user-access-token',
    note:
      'authorization_code with PKCE, and refresh_token. Who may use an app is not known (20010), nor an app that may not ' +
      'refresh (20074); no rate limit; user tokens are of the older form u-…',
  },
];
