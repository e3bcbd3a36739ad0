import Type from 'typebox';
import { parseJson } from '../../../../lib/json.ts';
import type { Call, DialectContext, Reply, Route } from '../../../dialect.ts';
import { issueAppToken } from '../../auth/further-tokens.ts';
import { BAD_JSON } from '../../auth/guarded-route.ts';
import { refusalReply } from '../../auth/structure-refusal.ts';
import { OptionalLine } from '../../protocol/bounds.ts';
import { V1 } from '../../protocol/api-paths.ts';
import { answer, errorReply } from '../../protocol/errors.ts';
import { appTokenFailures, further } from '../../protocol/further-codes.ts';
import { compiledOnUse } from '../../protocol/compiled-on-use.ts';

/** The page's table says `appSecret`, its own sample `appSecurity`: both are read. */
const Credentials = Type.Object({ appKey: OptionalLine, appSecret: OptionalLine, appSecurity: OptionalLine });
const credentials = compiledOnUse(Credentials);

interface Key {
  readonly key: string;
  readonly secret: string;
}

/** The key of a body; no body is a key that is unknown, as for a company's key [proposed]. */
function readKey({ body }: Call): Key | Reply {
  const parsed = parseJson(body);
  if (!parsed.ok) return parsed.problem === 'empty' ? { key: '', secret: '' } : errorReply(BAD_JSON);
  if (!credentials.Check(parsed.value)) return errorReply(BAD_JSON);
  const { appKey, appSecret, appSecurity } = parsed.value;
  return { key: appKey ?? '', secret: appSecret ?? appSecurity ?? '' };
}

const wrongKey = { kind: 'forbidden', subject: 'credentials' } as const;

/** Failures are HTTP 200 (hose-more 2) [text public; the shape derived]. */
async function getAppAccessToken(call: Call, context: DialectContext): Promise<Reply> {
  const given = readKey(call);
  if ('status' in given) return given;
  const token = await issueAppToken(given.key, given.secret, context);
  if (typeof token === 'object') return answer({ value: token });
  const value = token === 'unknown' ? appTokenFailures.unknown : appTokenFailures.secretWrong;
  return answer({ value }, { records: [{ verdicts: [], problem: wrongKey }] });
}

/** The same at the old host [public: getting-started/platform-auth.md]. */
async function realmsAuth(call: Call, context: DialectContext): Promise<Reply> {
  const given = readKey(call);
  if ('status' in given) return given;
  const token = await issueAppToken(given.key, given.secret, context);
  if (typeof token === 'object') return answer({ value: token });
  const failure = token === 'unknown' ? further.realmUnknown : further.realmSecretWrong;
  return refusalReply({ problem: wrongKey, failure });
}

/** Getting a token of a 自建应用. */
export const appTokenRoutes: readonly Route[] = [
  {
    operation: 'auth.getAppAccessToken',
    method: 'POST',
    path: `${V1}/auth/getAppAccessToken`,
    body: Credentials,
    answer: getAppAccessToken,
  },
  { operation: 'realms.auth', method: 'POST', path: '/api/realms/auth', body: Credentials, answer: realmsAuth },
];
