import type { QueryNames } from '../../dialect.ts';

const DIRECTORY = ['employee_id_type', 'department_id_type'] as const;
const CONTACT = ['user_id_type', 'department_id_type'] as const;
const PAGE = ['page_size', 'page_token'] as const;
/** What the pages of a sign-in are asked with. */
const SIGN_IN = [
  'client_id',
  'app_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
  'login_hint',
] as const;

const DIRECTORY_OPERATIONS = [
  'employee.patch',
  'employee.mget',
  'employee.create',
  'employee.to-be-resigned',
  'employee.regular',
  'employee.delete',
  'employee.resurrect',
  'employee.filter',
  'employee.search',
  'department.mget',
  'department.filter',
  'department.search',
  'department.create',
  'department.patch',
  'department.delete',
] as const;

const CONTACT_OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  'contact.department.batch': ['department_ids'],
  'contact.department.get': [],
  'contact.department.list': [...PAGE, 'parent_department_id', 'fetch_child'],
  'contact.department.children': [...PAGE, 'fetch_child'],
  'contact.department.parent': [...PAGE, 'department_id'],
  'contact.department.search': PAGE,
  'contact.department.create': ['client_token'],
  'contact.department.patch': [],
  'contact.department.put': [],
  'contact.department.delete': [],
  'contact.department.update-id': [],
  'contact.department.unbind-chat': [],
  'contact.user.batch-get-id': [],
  'contact.user.find-by-department': [...PAGE, 'department_id'],
  'contact.user.list': [...PAGE, 'department_id'],
  'contact.user.batch': ['user_ids'],
  'contact.user.basic-batch': [],
  'contact.user.get': [],
  'contact.user.create': ['client_token'],
  'contact.user.patch': [],
  'contact.user.put': [],
  'contact.user.delete': [],
  'contact.user.resurrect': [],
  'contact.user.update-user-id': [],
  'contact.scope.list': PAGE,
};

/** The parameters that each operation takes in the query. */
export const QUERY_NAMES: QueryNames = {
  every: [],
  operations: {
    'oauth-authorize': SIGN_IN,
    'authen.index': SIGN_IN,
    'passport.authorize': SIGN_IN,
    ...Object.fromEntries(DIRECTORY_OPERATIONS.map((operation) => [operation, DIRECTORY])),
    ...Object.fromEntries(
      Object.entries(CONTACT_OPERATIONS).map(([operation, own]) => [operation, [...CONTACT, ...own]]),
    ),
    'search.user': [...PAGE, 'query'],
    'contact.job-title.list': PAGE,
    'contact.job-level.list': [...PAGE, 'name'],
    'contact.job-family.list': [...PAGE, 'name'],
    'contact.work-city.list': PAGE,
    'contact.employee-type-enum.list': PAGE,
    'contact.custom-attr.list': PAGE,
    'mdm.country-region.list': ['fields', 'languages', 'limit', 'offset', 'page_token', 'return_count'],
  },
};
