import type { Call, Reply } from '../../dialect.ts';
import type { FaultPreset, RefusalFacts } from '../../dialect-facts.ts';
import { settingsOf } from '../model/settings.ts';
import {
  DEPARTMENT_CODES,
  EMPLOYEE_CODES,
  EMPLOYEE_TYPE_CODES,
  GENERIC_CODES,
  IMAGE_CODES,
  JOB_FAMILY_CODES,
  JOB_LEVEL_CODES,
  LIFECYCLE_CODES,
  READ_CODES,
  TOKEN_CODES,
  withIds,
  type Code,
} from '../protocol/codes.ts';
import { CONTACT_DEPARTMENT_CODES } from '../protocol/contact-department-codes.ts';
import {
  USER_CODES,
  USER_DELETE_CODES,
  USER_ID_CODES,
  USER_READ_CODES,
  USER_RESURRECT_CODES,
} from '../protocol/contact/user-codes.ts';
import {
  errorReply,
  exchangeAt,
  rateLimitedReply,
  rawReply,
  responseContext,
  tokenFailure,
  type ResponseContext,
} from '../protocol/envelope.ts';
import { LOGIN_CODES } from '../protocol/login-codes.ts';
import { SCOPE } from '../protocol/operations.ts';
import { scopeDenial } from './missing-scopes.ts';
import { OAUTH_CODES } from './oauth-errors.ts';

type CodeTable = Readonly<Record<string, Code>>;

/** Published, but never the answer to a state of the directory. [contract feishu-contact.md 2.8] */
const FAULT_CODES: CodeTable = {
  createTimedOut: { status: 504, code: 41027, msg: 'create account failed error' },
};

/** The tables of each group of operations, by how their names begin; where a number has several texts, theirs comes first. */
const TABLES: readonly (readonly [operations: string, tables: readonly CodeTable[]])[] = [
  ['contact.department', [CONTACT_DEPARTMENT_CODES]],
  ['contact.user', [USER_CODES, USER_READ_CODES, USER_DELETE_CODES, USER_RESURRECT_CODES, USER_ID_CODES]],
  ['contact.job-level', [JOB_LEVEL_CODES]],
  ['contact.job-family', [JOB_FAMILY_CODES]],
  ['contact.employee-type', [EMPLOYEE_TYPE_CODES]],
  ['image', [IMAGE_CODES]],
  ['department', [DEPARTMENT_CODES]],
  ['authen', [LOGIN_CODES]],
  ['', [GENERIC_CODES, EMPLOYEE_CODES, READ_CODES, LIFECYCLE_CODES, TOKEN_CODES, FAULT_CODES]],
];

/** The two calls whose failures travel with HTTP 200 and an empty `data`. */
const TOKEN_CALLS = new Set(['tenant-access-token', 'app-access-token']);
/** The calls that fail as OAuth 2.0 does. */
const OAUTH_CALLS = new Set(['user-access-token', 'oauth-v3-token', 'passport.token']);

/** Words a code as the answer to a call; null for a number that the platform has not. */
export function refuse(call: Call, text: string, facts: RefusalFacts): Reply | null {
  const { operation, tenant, app, at } = facts;
  const { brand } = settingsOf(tenant);
  const exchange = { ...exchangeAt(responseContext(call, at, operation), at), brand };
  if (OAUTH_CALLS.has(operation)) {
    const oauth = Object.values(OAUTH_CODES).find(({ code }) => String(code) === text);
    if (oauth !== undefined) return rawReply(exchange, 400, { ...oauth });
  }
  const code = codeFor(operation, text) ?? documented(text, facts);
  if (code === null) return null;
  if (code === GENERIC_CODES.tooFrequent) return tooFrequent(exchange, facts);
  if (TOKEN_CALLS.has(operation)) return tokenFailure(exchange, code);
  if (code === GENERIC_CODES.scopeMissing) {
    const scopes = (SCOPE as Readonly<Record<string, readonly string[]>>)[operation] ?? [];
    const denial = scopeDenial({ scopes, type: 'action_scope_required' }, app.key, brand);
    return errorReply(exchange, denial.code, denial.detail);
  }
  return errorReply(exchange, completed(code, call, facts));
}

/** The limit of most operations by the minute. [public: ratelimit] */
const USUAL_LIMIT = { requests: 1_000, ms: 60_000 };

function tooFrequent(exchange: ResponseContext, { secondsLeft = 60 }: RefusalFacts): Reply {
  return rateLimitedReply(exchange, { limit: USUAL_LIMIT, msLeft: secondsLeft * 1_000 });
}

/** A code that is documented, and that no state of the directory leads to. */
function documented(text: string, { wording }: RefusalFacts): Code | null {
  const known = wording?.() ?? null;
  return known === null ? null : { status: known.status ?? 400, code: Number(text), msg: known.message };
}

function completed(code: Code, { peer }: Call, { values = {} }: RefusalFacts): Code {
  const named = Object.values(values).map(String);
  if (code.msg.endsWith('Invalid ids: ')) return withIds(code, named);
  return code === GENERIC_CODES.addressDenied ? { ...code, msg: code.msg.replace('%', peer) } : code;
}

function codeFor(operation: string, text: string): Code | null {
  const own = TABLES.filter(([operations]) => operation.startsWith(operations));
  for (const [, tables] of [...own, ...TABLES]) {
    for (const table of tables) {
      const found = Object.values(table).find(({ code }) => String(code) === text);
      if (found !== undefined && found.code !== 0) return found;
    }
  }
  return null;
}

/** Lists the codes that can be worded. */
export function codes(): readonly string[] {
  const numbers = TABLES.flatMap(([, tables]) =>
    tables.flatMap((table) => Object.values(table).map(({ code }) => code)),
  );
  numbers.push(...Object.values(OAUTH_CODES).map(({ code }) => code));
  return [...new Set(numbers)].filter((code) => code !== 0).map(String);
}

/** All operations but those by which apps get tokens, whose names are single words. */
const WITH_TOKEN = { operation: '*.*' } as const;

/** What happens to calls of the platform. [contract feishu-contact.md 7] */
export const presets: Readonly<Record<string, FaultPreset>> = {
  'feishu-rate-limit': { effect: { limit: { seconds: 52 } } },
  'feishu-token-invalid': { effect: { code: '99991663', token: 'revoke' } },
  'feishu-user-token-expired': { effect: { code: '99991677' }, match: WITH_TOKEN },
  'feishu-scope-missing': { effect: { code: '99991672' }, match: WITH_TOKEN },
  'feishu-quota': { effect: { code: '99991403' } },
  'feishu-internal': { effect: { code: '1500' } },
  'feishu-create-504': { effect: { code: '41027', when: 'after-commit' }, match: { operation: 'contact.user.create' } },
};
