import type { Code } from './codes.ts';

/** The older log-in calls fail with HTTP 200: the code alone tells. [contract feishu-contact.md 5.3] */
function told(code: number, msg: string): Code {
  return { status: 200, code, msg };
}

/** What `authen/v1` says of a code, a refresh token, and the person behind them. [contract feishu-contact.md 5.3] */
export const LOGIN_CODES = {
  requestInvalid: told(20001, 'Invalid request. Please check request param'),
  codeInvalid: told(20003, 'The code passed is invalid. Please note that the code could only be used once'),
  codeExpired: told(20004, 'The code passed has expired. Please generate a new one'),
  userUnknown: told(20008, 'User not exist'),
  userResigned: told(20021, 'User resigned'),
  userFrozen: told(20022, 'User frozen'),
  userNotJoined: told(20023, 'User not registered'),
  otherApp: told(
    20024,
    'App id in user_access_token or refresh_token diff with app id in app_access_token or tenant_access_token. Please keep the app id consistent',
  ),
  refreshUsed: told(20026, 'The refresh token passed is invalid. Please check the value'),
  grantTypeUnsupported: told(20036, 'The grant_type passed is not supported'),
  refreshExpired: told(20037, 'The refresh token passed has expired. Please generate a new one'),
  refreshUnknown: told(20038, 'The refresh token passed is not found. Please check the value'),
} as const satisfies Readonly<Record<string, Code>>;
