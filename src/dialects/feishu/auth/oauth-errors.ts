/** Why somebody gets no user token: a number, what OAuth calls it, and the vendor's sentence. */
export interface OauthError {
  readonly code: number;
  readonly error: OauthErrorName;
  readonly error_description: string;
}

/** RFC 6749, 5.2; which number goes with which name is [derived] but for 20064, seen in answers on record. */
type OauthErrorName =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope';

function failed(code: number, error: OauthErrorName, error_description: string): OauthError {
  return { code, error, error_description };
}

/**
 * What the two token pages list, literally. All travel with HTTP 400. [public: uat, and its neighbour
 * …/authentication-management/access-token/refresh-user-access-token]
 */
export const OAUTH_CODES = {
  parameterMissing: failed(20001, 'invalid_request', 'The request is missing a required parameter.'),
  secretInvalid: failed(20002, 'invalid_client', 'The client secret is invalid.'),
  codeUnknown: failed(
    20003,
    'invalid_grant',
    'The authorization code is not found. Please note that an authorization code can only be used once.',
  ),
  codeExpired: failed(20004, 'invalid_grant', 'The authorization code has expired.'),
  userUnknown: failed(20008, 'invalid_grant', 'The user does not exist.'),
  appNotInstalled: failed(20009, 'unauthorized_client', 'The specified app is not installed.'),
  otherApp: failed(
    20024,
    'invalid_grant',
    'The provided authorization code or refresh token does not match the provided client ID.',
  ),
  refreshInvalid: failed(20026, 'invalid_grant', 'The refresh token passed is invalid. Please check the value.'),
  grantTypeUnsupported: failed(20036, 'unsupported_grant_type', 'The specified grant_type is not supported.'),
  refreshExpired: failed(20037, 'invalid_grant', 'The refresh token passed has expired. Please generate a new one.'),
  appUnknown: failed(20048, 'invalid_client', 'The specified app does not exist.'),
  challengeFailed: failed(20049, 'invalid_grant', 'PKCE code challenge failed.'),
  malformed: failed(20063, 'invalid_request', 'The request is malformed. Please check your request.'),
  refreshUsed: failed(
    20064,
    'invalid_grant',
    'The refresh token has been revoked. Please note that a refresh token can only be used once.',
  ),
  codeUsed: failed(
    20065,
    'invalid_grant',
    'The authorization code has been used. Please note that an authorization code can only be used once.',
  ),
  userInvalid: failed(20066, 'invalid_grant', 'The user status is invalid.'),
  scopesDuplicate: failed(
    20067,
    'invalid_scope',
    'The provided scope list contains duplicate scopes. Please ensure all scopes are unique.',
  ),
  scopesForbidden: failed(
    20068,
    'invalid_scope',
    'The provided scope list contains scopes that are not permitted. Please ensure all scopes are allowed.',
  ),
  appDisabled: failed(20069, 'unauthorized_client', 'The specified app is not enabled.'),
  credentialsTwice: failed(
    20070,
    'invalid_request',
    'Multiple authentication methods were provided. Please only use one to proceed.',
  ),
  redirectMismatch: failed(
    20071,
    'invalid_grant',
    'The provided redirect URI does not match the one used during authorization.',
  ),
} as const satisfies Readonly<Record<string, OauthError>>;

/** The error that a page shows instead of the question. [public: the vendor's users reported 20027 and 20029; the rest is [derived]] */
export interface PageError {
  readonly code: number;
  readonly zh: string;
  readonly en: string;
}

/** Why there is nothing to agree to. */
export const PAGE_ERRORS = {
  // No page of the vendor tells of it: the number is that of any request that is not as it should be. [derived]
  foreignPage: {
    code: 20063,
    zh: '请通过链接打开此页面：不允许其他网站的页面加载它',
    en: 'Open this page by a link: pages of other sites may not load it.',
  },
  requestInvalid: { code: 20063, zh: '请求参数不合法', en: 'The request is malformed. Please check your request.' },
  appUnknown: { code: 20048, zh: '应用不存在', en: 'The specified app does not exist.' },
  appDisabled: { code: 20069, zh: '应用未启用', en: 'The specified app is not enabled.' },
  appNotInstalled: { code: 20009, zh: '租户未安装应用', en: 'The specified app is not installed.' },
  redirectInvalid: { code: 20029, zh: 'redirect_uri 请求不合法', en: 'redirect_uri request is invalid.' },
  scopesMissing: {
    code: 20027,
    zh: '当前应用未申请 % 相关权限，无法授权', // % are the scopes
    en: 'The app has not applied for these scopes: %',
  },
  userUnknown: { code: 20008, zh: '用户不存在', en: 'The user does not exist.' },
  userInvalid: { code: 20066, zh: '用户状态非法', en: 'The user status is invalid.' },
} as const satisfies Readonly<Record<string, PageError>>;
