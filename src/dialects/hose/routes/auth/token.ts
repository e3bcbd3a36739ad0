import Type from 'typebox';
import { parseJson } from '../../../../lib/json.ts';
import type { Call, DialectContext, Reply, Route } from '../../../dialect.ts';
import { issue, keyHolder, refresh } from '../../auth/caller.ts';
import { answer, errorReply, refuseCredentials, refuseRefresh } from '../../protocol/errors.ts';
import { BAD_JSON } from '../../auth/guarded-route.ts';
import { compiledOnUse } from '../../protocol/compiled-on-use.ts';

const OptionalText = Type.Optional(Type.Union([Type.String(), Type.Null()]));
const Credentials = Type.Object({ appKey: OptionalText, appSecurity: OptionalText });
const credentials = compiledOnUse(Credentials);

/** No body, or credentials in the query, are wrong credentials and nothing else (contract 10) [proposed]. */
async function getAccessToken(call: Call, context: DialectContext): Promise<Reply> {
  const parsed = parseJson(call.body);
  if (!parsed.ok) return parsed.problem === 'empty' ? refuseCredentials() : errorReply(BAD_JSON);
  if (!credentials.Check(parsed.value)) return errorReply(BAD_JSON);
  const { appKey, appSecurity } = parsed.value;
  const caller = await keyHolder(appKey ?? '', appSecurity ?? '', context);
  if (caller !== null) await context.identified?.(call, { ...caller, token: null });
  const value = caller === null ? null : await issue(caller, context);
  if (value === null) return refuseCredentials();
  // Answered only once it is kept, so that the token can be used at once [public: getting-started/auth.md, 1.17.0].
  return answer({ value });
}

/** The life that a refresh gives by itself [public: getting-started/refresh-auth.md]. */
const REFRESHED_DAYS = 32;

function refreshToken(call: Call, context: DialectContext): Promise<Reply> {
  return refreshed(call, REFRESHED_DAYS, context);
}

function refreshTokenFor(call: Call, context: DialectContext): Promise<Reply> {
  // 天数 as text, whole; anything else counts as missing [proposed].
  const days = call.query.get('expireDate') ?? '';
  return refreshed(call, /^[1-9][0-9]{0,4}$/.test(days) ? Number(days) : null, context);
}

async function refreshed({ query }: Call, days: number | null, context: DialectContext): Promise<Reply> {
  const [accessToken, old, powerCode] = ['accessToken', 'refreshToken', 'powerCode'].map(
    (name) => query.get(name) ?? '',
  );
  if (!accessToken || !old || !powerCode || days === null) return refuseRefresh();
  const pair = await refresh({ accessToken, refreshToken: old }, powerCode, days, context);
  if (pair === 'unauthorised') return refuseRefresh();
  return pair === 'unlicensed' ? errorReply({ kind: 'forbidden', subject: 'licence' }) : answer({ value: pair });
}

/** Getting a token and changing it for a longer one. */
export const authRoutes: readonly Route[] = [
  {
    operation: 'auth.getAccessToken',
    method: 'POST',
    path: '/api/openapi/v1/auth/getAccessToken',
    body: Credentials,
    answer: getAccessToken,
  },
  { operation: 'auth.refreshToken', method: 'POST', path: '/api/openapi/v2/auth/refreshToken', answer: refreshToken },
  {
    operation: 'auth.refreshToken.expireDate',
    method: 'POST',
    path: '/api/openapi/v2/auth/refreshToken/expireDate',
    answer: refreshTokenFor,
  },
];
