import type { LiveTarget, OutboundRequest } from '../connector.ts';

const TOKEN = ['accessToken', '{token:app_security}'] as const;
/** The largest page that every version of a list takes (contract hose-more 1.3). */
export const PAGE = 100;

/** Composes the request for a token (contract 1.1). */
export function getAccessToken({ ids }: LiveTarget): OutboundRequest {
  return {
    call: 'auth.getAccessToken',
    method: 'POST',
    path: '/api/openapi/v1/auth/getAccessToken',
    query: [],
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ appKey: ids['app_key'] ?? '', appSecurity: '{secret:app_security}' }),
  };
}

/** Composes the request for the corporation of the key (contract 1.7). */
export function corporation(): OutboundRequest {
  return get('corporations.get', '/api/openapi/v1/corporations', []);
}

/** Composes the request for a page of staff, those who left among them (contract 5.1). */
export function staffPage(start: number): OutboundRequest {
  return get('staffs.list', '/api/openapi/v1.1/staffs', page(start));
}

/** Composes the request for a page of staff who left (contract 5.1). */
export function leftPage(start: number): OutboundRequest {
  return get('staffs.list', '/api/openapi/v1.1/staffs', [...page(start), ['active', 'false']]);
}

/** Composes the request for a page of departments (contract 5.6). */
export function departmentPage(start: number): OutboundRequest {
  return get('departments.list', '/api/openapi/v1/departments', page(start));
}

/** Composes the request for a page of the company's archives (contract 5.7). */
export function dimensionPage(start: number): OutboundRequest {
  return get('dimensions.list', '/api/openapi/v1/dimensions', page(start));
}

/** Composes the request for a page of an archive's items (contract 5.7). */
export function itemPage(dimension: string, start: number): OutboundRequest {
  return get('dimensions.items', '/api/openapi/v1/dimensions/items', [...page(start), ['dimensionId', dimension]]);
}

/** Composes the request for the fields that staff have (contract 5.5). */
export function staffFields(): OutboundRequest {
  return get('staffs.fields', '/api/openapi/v1/staffs/getAllCustomeProperty', []);
}

/** Composes the question for staff in service by ids, codes, numbers or addresses (contract 5.2). */
export function staffsBy(
  type: 'STAFFID' | 'CODE' | 'CELLPHONE' | 'MAIL' | 'USERID',
  conditionIds: readonly string[],
): OutboundRequest {
  return {
    ...get('staffs.getStaffIds', '/api/openapi/v1/staffs/getStaffIds', []),
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type, conditionIds }),
  };
}

/** Composes the request for a department that is in use (contract 5.6). */
export function departmentById(id: string): OutboundRequest {
  const path = `/api/openapi/v1/departments/$${encodeURIComponent(id)}`;
  return get('departments.get', path, [['departmentBy', 'id']]);
}

function page(start: number): readonly (readonly [string, string])[] {
  return [
    ['start', String(start)],
    ['count', String(PAGE)],
  ];
}

function get(call: string, path: string, query: readonly (readonly [string, string])[]): OutboundRequest {
  return { call, method: 'GET', path, query: [TOKEN, ...query], headers: {}, body: null };
}
