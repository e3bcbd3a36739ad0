import type { LiveTarget, OutboundRequest } from '../connector.ts';

/** The largest page of `user/list_id` (contract wecom-more 1.5). */
const IDS_A_PAGE = 10_000;

/** Composes the request for a token; each secret has one of its own (contract wecom 1.1). */
export function getToken({ ids }: LiveTarget, secret: string): OutboundRequest {
  return {
    call: 'gettoken',
    method: 'GET',
    path: '/cgi-bin/gettoken',
    query: [
      ['corpid', ids['corpid'] ?? ''],
      ['corpsecret', `{secret:${secret}}`],
    ],
    headers: {},
    body: null,
  };
}

/** Composes the request for the departments that an app sees, with their names. */
export function departmentList(secret: string): OutboundRequest {
  return get(secret, 'department/list', []);
}

/** Composes the request for the ids of all departments. */
export function departmentIds(secret: string): OutboundRequest {
  return get(secret, 'department/simplelist', []);
}

/** Composes the request for the members directly in a department, with their details (contract wecom 4.5). */
export function userList(secret: string, department: string): OutboundRequest {
  return get(secret, 'user/list', [['department_id', department]]);
}

/** Composes the request for the ids of everybody (contract wecom-more 1.5). */
export function userIds(secret: string, cursor: string, limit = IDS_A_PAGE): OutboundRequest {
  return post(secret, 'user/list_id', { cursor, limit });
}

/** Composes the request for the fields of the roster (contract wecom 4.1). */
export function rosterFields(secret: string): OutboundRequest {
  return get(secret, 'hr/get_fields', []);
}

/** Composes the request for what the roster has of one member (contract wecom 4.2). */
export function staffInfo(secret: string, userid: string, fields: readonly number[]): OutboundRequest {
  const fieldids = fields.map((fieldid) => ({ fieldid, sub_idx: 0 }));
  return post(secret, 'hr/get_staff_info', { userid, get_all: false, fieldids });
}

/** Composes the request for one member (contract wecom 4.3). */
export function memberById(secret: string, userid: string): OutboundRequest {
  return get(secret, 'user/get', [['userid', userid]]);
}

/** Composes the request for one department (contract wecom 4.6). */
export function departmentById(secret: string, id: string): OutboundRequest {
  return get(secret, 'department/get', [['id', id]]);
}

/** Composes the question for a member by the mobile (contract wecom-more 5). */
export function useridByMobile(secret: string, mobile: string): OutboundRequest {
  return post(secret, 'user/getuserid', { mobile });
}

/** Composes the question for a member by the personal mail address (contract wecom-more 5). */
export function useridByEmail(secret: string, email: string): OutboundRequest {
  return post(secret, 'user/get_userid_by_email', { email, email_type: 2 });
}

function get(secret: string, call: string, query: readonly (readonly [string, string])[]): OutboundRequest {
  const token = ['access_token', `{token:${secret}}`] as const;
  return { call, method: 'GET', path: `/cgi-bin/${call}`, query: [token, ...query], headers: {}, body: null };
}

function post(secret: string, call: string, body: object): OutboundRequest {
  const headers = { 'content-type': 'application/json' };
  return { ...get(secret, call, []), method: 'POST', headers, body: JSON.stringify(body) };
}
