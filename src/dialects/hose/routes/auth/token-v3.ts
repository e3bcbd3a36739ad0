import Type from 'typebox';
import { parseJson } from '../../../../lib/json.ts';
import type { Problem } from '../../../../directory/errors.ts';
import type { Call, DialectContext, Reply, Route } from '../../../dialect.ts';
import { issue, keyHolder } from '../../auth/caller.ts';
import { answersOfV3 } from '../../protocol/codes.ts';
import { answer } from '../../protocol/errors.ts';
import { compiledOnUse } from '../../protocol/compiled-on-use.ts';

const Credentials = Type.Object({ appKey: Type.String({ minLength: 1 }), appSecurity: Type.String({ minLength: 1 }) });
const credentials = compiledOnUse(Credentials);

/**
 * 获取授权(平台级、租户级): a pair like the one of `v1`, in another envelope, whose failures are HTTP 200 (contract 1.1)
 * [public: getting-started/authV3.md].
 */
async function getAccessToken(call: Call, context: DialectContext): Promise<Reply> {
  const parsed = parseJson(call.body);
  // Missing and malformed parameters get the same answer [proposed].
  if (!parsed.ok || !credentials.Check(parsed.value)) {
    const traceId = call.requestId.replaceAll('-', '');
    return refused(
      { ...answersOfV3.parametersMissing, data: null, traceId },
      { kind: 'missing', subject: 'credentials' },
    );
  }
  const { appKey, appSecurity } = parsed.value;
  const caller = await keyHolder(appKey, appSecurity, context);
  if (caller !== null) await context.identified?.(call, { ...caller, token: null });
  const issued = caller === null ? null : await issue(caller, context);
  if (issued === null)
    return refused({ ...answersOfV3.credentialsWrong, data: '' }, { kind: 'forbidden', subject: 'credentials' });
  const { corporationId, accessToken, refreshToken, expireTime } = issued;
  // Every key belongs to one company, so its level is never the platform's.
  const data = { corpId: corporationId, accessToken, refreshToken, expiresTime: expireTime, scope: 'tenant' };
  return answer({ ...answersOfV3.done, data });
}

function refused(body: object, problem: Problem): Reply {
  return answer(body, { records: [{ verdicts: [], problem }] });
}

/** Getting a token in the newer envelope. */
export const authV3Routes: readonly Route[] = [
  {
    operation: 'auth.v3.getAccessToken',
    method: 'POST',
    path: '/auth/openApi/v3/getAccessToken',
    body: Credentials,
    answer: getAccessToken,
  },
];
