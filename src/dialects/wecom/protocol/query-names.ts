import type { QueryNames } from '../../dialect.ts';

const SIGN_IN = ['login_type', 'appid', 'agentid', 'redirect_uri', 'state', 'response_type', 'scope'] as const;
/** What the page of a sign-in sends to itself. */
const SIGN_IN_PAGE = [...SIGN_IN, 'login_hint', 'member', 'consent', 'remember', 'q'] as const;

/** The parameters that each operation takes in the query; those of a call by GET may be posted to as well. */
export const QUERY_NAMES: QueryNames = {
  every: ['access_token', 'debug'],
  operations: {
    gettoken: ['corpid', 'corpsecret'],
    'user.get': ['userid'],
    'user.list': ['department_id', 'fetch_child'],
    'user.simplelist': ['department_id', 'fetch_child'],
    'user.authsucc': ['userid'],
    'corp.get_join_qrcode': ['size_type'],
    'picture.join': ['corp', 'size', 'until', 'sig'],
    'auth.getuserinfo': ['code'],
    'user.getuserinfo': ['code'],
    'connect.oauth2.authorize': SIGN_IN_PAGE,
    'wwlogin.sso.login': SIGN_IN_PAGE,
    'wwopen.sso.qrConnect': SIGN_IN_PAGE,
    'wwopen.sso.v1.qrConnect': SIGN_IN_PAGE,
    'user.delete': ['userid'],
    'department.list': ['id'],
    'department.simplelist': ['id'],
    'department.get': ['id'],
    'department.delete': ['id'],
    'tag.delete': ['tagid'],
    'tag.get': ['tagid'],
    'agent.get': ['agentid'],
    'media.upload': ['type'],
    'media.get': ['media_id'],
    'batch.getresult': ['jobid'],
    'export.get_result': ['jobid'],
    'export.file': ['id'],
  },
};
