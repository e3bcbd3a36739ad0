import type { Coverage } from '../dialect.ts';
import { contact } from './coverage-lookups.ts';

const path = '/open-apis/contact/v3/departments';

function department(
  operation: string,
  method: Coverage['method'],
  rest: string,
  page: string,
  note?: string,
): Coverage {
  const how = {
    operation: `contact.department.${operation}`,
    method,
    path: path + rest,
    source: page.startsWith('http') ? page : contact(`department/${page}`),
  };
  return note === undefined ? { ...how, status: 'same' } : { ...how, status: 'partial', note };
}

const write =
  'there are no units (43004, 43017), and no chats: create_group_chat is ignored, chat_id never returned. No department ' +
  'comes from another system (43031); below a disabled department none is made or moved (40018)';

/** Departments of the contact API: how far each operation is imitated. */
export const contactDepartments: readonly Coverage[] = [
  department('create', 'POST', '', 'create', write),
  department('patch', 'PATCH', '/:department_id', 'patch', write),
  department('put', 'PUT', '/:department_id', 'update', write),
  department('delete', 'DELETE', '/:department_id', 'delete'),
  department(
    'get',
    'GET',
    '/:department_id',
    'get',
    'of the departments that were deleted the latest 1,000 are known (40015)',
  ),
  department('batch', 'GET', '/batch', 'batch'),
  department('children', 'GET', '/:department_id/children', 'children'),
  department('parent', 'GET', '/parent', 'parent'),
  department(
    'list',
    'GET',
    '',
    'https://open.feishu.cn/document/server-docs/historic-version//department/list',
    'deprecated; for an app that sees everybody and names no parent it returns the root alone, with fetch_child too',
  ),
  department(
    'search',
    'POST',
    '/search',
    'search',
    'names in the order in which they were made; 48002 has no cause here',
  ),
  department('update-id', 'PATCH', '/:department_id/update_department_id', 'update_department_id'),
  department(
    'unbind-chat',
    'POST',
    '/unbind_department_chat',
    'unbind_department_chat',
    'no department has a chat: 40020',
  ),
];

function absent(operation: string, path: string, page: string, note: string): Coverage {
  return {
    operation: `contact.${operation}`,
    method: 'GET',
    path: `/open-apis/contact/v3/${path}`,
    status: 'absent',
    source: contact(page),
    note,
  };
}

const groups = 'there are no user groups: /scopes tells none';

/** Groups of people, roles and units, of which nothing is kept here. [contract feishu-contact.md 4.2] */
export const contactGroups: readonly Coverage[] = [
  absent('group.simplelist', 'group/simplelist', 'group/simplelist', groups),
  absent('group.get', 'group/:group_id', 'group/get', groups),
  absent('group.member.simplelist', 'group/:group_id/member/simplelist', 'group-member/simplelist', groups),
  absent('group.member-belong', 'group/member_belong', 'group/member_belong', groups),
];
