import type { Coverage } from '../dialect.ts';
import { contact } from './coverage-lookups.ts';

const USERS = '/open-apis/contact/v3/users';

function user(operation: string, method: Coverage['method'], path: string, page: string, note?: string): Coverage {
  const named = {
    operation: `contact.user.${operation}`,
    method,
    path: `${USERS}${path}`,
    source: contact(page),
  } as const;
  return note === undefined ? { ...named, status: 'same' } : { ...named, status: 'partial', note };
}

function absent(operation: string, method: Coverage['method'], path: string, page: string, note: string): Coverage {
  return {
    operation: `contact.user.${operation}`,
    method,
    path: `${USERS}${path}`,
    status: 'absent',
    source: contact(page),
    note,
  };
}

const fields = 'each field with its scope; what a field without its scope looks like is partly made up (left out)';

const written =
  'every field of the page, and its codes but those that the contract lists as having no cause here (positions, accounts of ' +
  'other companies, passwords of mailboxes)';

/** People of the contact API: how far each operation is imitated. */
export const users: readonly Coverage[] = [
  user('create', 'POST', '', 'user/create', `${written}; a client_token is kept for a day`),
  user(
    'patch',
    'PATCH',
    '/:user_id',
    'user/patch',
    `${written}; who has not joined may be changed unless contact_unjoined_readonly says otherwise (44010)`,
  ),
  user('put', 'PUT', '/:user_id', 'user/update', `${written}; deprecated. Which fields put empties is partly made up`),
  user(
    'delete',
    'DELETE',
    '/:user_id',
    'user/delete',
    'acceptors are checked and kept, but nothing is moved to them, nor a mailbox treated as processing_type says',
  ),
  user('resurrect', 'POST', '/:user_id/resurrect', 'user/resurrect'),
  user('update-user-id', 'PATCH', '/:user_id/update_user_id', 'user/update_user_id'),
  user('get', 'GET', '/:user_id', 'user/get', `${fields}; someone who left has no departments`),
  user('batch', 'GET', '/batch', 'user/batch', `${fields}; items come in the order asked`),
  user('list', 'GET', '', 'user/list', fields),
  user(
    'find-by-department',
    'GET',
    '/find_by_department',
    'user/find_by_department',
    `${fields}; larger weights first, then in order of arrival. A page looks at all members of the department until those left weigh alike`,
  ),
  user('basic-batch', 'POST', '/basic_batch', 'user/basic_batch', 'ids that name nobody are left out'),
  absent('search', 'POST', '/search', 'user/search', 'no page describes it; only the vendor’s command line calls it'),
  {
    operation: 'search.user',
    method: 'GET',
    path: '/open-apis/search/v1/user',
    status: 'partial',
    source: 'https://open.feishu.cn/document/ukTMukTMukTM/uMTM4UjLzEDO14yMxgTN',
    note: 'finds a part of the name in any of its languages, in order of arrival, instead of by likeness',
  },
];
