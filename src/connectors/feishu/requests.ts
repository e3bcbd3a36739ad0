import type { LiveTarget, OutboundRequest } from '../connector.ts';

const HEADERS = { authorization: 'Bearer {token:app_secret}', 'content-type': 'application/json; charset=utf-8' };
const PAGE = 100;

/** Which id of a person is asked for; the first one needs a scope of its own (contract feishu 1.3). */
export type PersonId = 'employee_id' | 'open_id';

/** Composes the request for a tenant token (contract feishu 1.1). */
export function tenantToken({ ids }: LiveTarget): OutboundRequest {
  return {
    call: 'auth.tenant_access_token',
    method: 'POST',
    path: '/open-apis/auth/v3/tenant_access_token/internal',
    query: [],
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ app_id: ids['app_id'] ?? '', app_secret: '{secret:app_secret}' }),
  };
}

/** Composes the request for the app's contact range (contract feishu-contact 4.1). */
export function contactScope(): OutboundRequest {
  return get('contact.scopes', '/open-apis/contact/v3/scopes', [
    ['department_id_type', 'open_department_id'],
    ['page_size', '100'],
  ]);
}

/** Composes the request for a page of all departments below the root (contract feishu 4.8). */
export function departmentPage(token: string): OutboundRequest {
  return get('contact.departments.children', '/open-apis/contact/v3/departments/0/children', [
    ['department_id_type', 'open_department_id'],
    ['fetch_child', 'true'],
    ['page_size', '50'],
    ...(token === '' ? [] : ([['page_token', token]] as const)),
  ]);
}

/** Composes the request for a page of everybody in service in the range of the app (contract feishu 4.5). */
export function employeePage(fields: readonly string[], token: string, by: PersonId, size = PAGE): OutboundRequest {
  return {
    call: 'directory.employees.filter',
    method: 'POST',
    path: '/open-apis/directory/v1/employees/filter',
    query: [
      ['employee_id_type', by],
      ['department_id_type', 'open_department_id'],
    ],
    headers: HEADERS,
    body: JSON.stringify({
      filter: { conditions: [] },
      required_fields: fields,
      page_request: { page_size: size, page_token: token },
    }),
  };
}

/** Composes the question for people by their ids (contract feishu 4.5). */
export function employeesOf(ids: readonly string[], fields: readonly string[], by: PersonId): OutboundRequest {
  return {
    ...employeePage(fields, '', by),
    call: 'directory.employees.mget',
    path: '/open-apis/directory/v1/employees/mget',
    body: JSON.stringify({ employee_ids: ids, required_fields: fields }),
  };
}

/** The most mobiles, and the most mail addresses, of one question for ids (contract feishu 4.7). */
export const ID_QUESTION = 50;

/** Composes the question for the ids of people by mobiles and mail addresses, those who left among them (contract feishu 4.7). */
export function idsBy(mobiles: readonly string[], emails: readonly string[], by: PersonId): OutboundRequest {
  return {
    call: 'contact.users.batch_get_id',
    method: 'POST',
    path: '/open-apis/contact/v3/users/batch_get_id',
    query: [['user_id_type', by === 'open_id' ? 'open_id' : 'user_id']],
    headers: HEADERS,
    body: JSON.stringify({ mobiles, emails, include_resigned: true }),
  };
}

/** Composes the question for people in service by one field; values are JSON inside a text (contract feishu 4.5). */
export function employeesBy(field: string, values: readonly string[], by: PersonId): OutboundRequest {
  const conditions = [{ field, operator: 'in', value: JSON.stringify(values) }];
  return {
    ...employeePage([field], '', by),
    body: JSON.stringify({
      filter: { conditions },
      required_fields: [field],
      page_request: { page_size: PAGE, page_token: '' },
    }),
  };
}

/** The catalogues that are read for their ids. */
export type Catalog = 'job_titles' | 'job_levels' | 'work_cities';

/** Composes the request for a page of a catalogue (contract feishu 4.7). */
export function catalogPage(catalog: Catalog, token: string): OutboundRequest {
  return get(`contact.${catalog}`, `/open-apis/contact/v3/${catalog}`, [
    ['page_size', '50'],
    ...(token === '' ? [] : ([['page_token', token]] as const)),
  ]);
}

/** Composes the request for one department (contract feishu-contact 3.2). */
export function departmentById(id: string): OutboundRequest {
  const path = `/open-apis/contact/v3/departments/${encodeURIComponent(id)}`;
  return get('contact.departments.get', path, [['department_id_type', 'open_department_id']]);
}

function get(call: string, path: string, query: readonly (readonly [string, string])[]): OutboundRequest {
  return { call, method: 'GET', path, query, headers: HEADERS, body: null };
}
