import type { Code } from './codes.ts';

/** The older log-in calls fail with HTTP 200: the code alone tells. [contract feishu-contact.md 5.3] */
function code(code: number, msg: string): Code {
  return { status: 200, code, msg };
}

/** What `authen/v1` says of a code, a refresh token, and the person behind them. [contract feishu-contact.md 5.3] */
export const LOGIN_CODES = {
  requestInvalid: code(20001, 'Invalid request. Please check request param'),
  codeInvalid: code(20003, 'The code passed is invalid. Please note that the code could only be used once'),
  codeExpired: code(20004, 'The code passed has expired. Please generate a new one'),
  userUnknown: code(20008, 'User not exist'),
  userResigned: code(20021, 'User resigned'),
  userFrozen: code(20022, 'User frozen'),
  userNotJoined: code(20023, 'User not registered'),
  otherApp: code(
    20024,
    'App id in user_access_token or refresh_token diff with app id in app_access_token or tenant_access_token. Please keep the app id consistent',
  ),
  refreshUsed: code(20026, 'The refresh token passed is invalid. Please check the value'),
  grantTypeUnsupported: code(20036, 'The grant_type passed is not supported'),
  refreshExpired: code(20037, 'The refresh token passed has expired. Please generate a new one'),
  refreshUnknown: code(20038, 'The refresh token passed is not found. Please check the value'),
} as const satisfies Readonly<Record<string, Code>>;
