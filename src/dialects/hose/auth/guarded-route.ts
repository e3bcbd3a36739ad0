import { hashToken } from '../../../directory/auth/secret.ts';
import { parseJson } from '../../../lib/json.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import { callerOf, type Caller } from './caller.ts';
import { staffErrors } from '../protocol/codes.ts';
import { fail, errorReply, type StaffProblem } from '../protocol/errors.ts';
import { retryAfterSeconds } from './rate-limit.ts';
import { withoutDollar } from '../model/ids.ts';
import { CONTACT_SYNC, licenceEnd, OPEN_API, settingsOf, type Environment } from '../model/settings.ts';

/** What a company must have bought for an operation (contract 6.1) [public: updateLog 1.8.0, page locations]. */
export type LicensedModule =
  /** Lists and queries: works in every environment. */
  | 'general-directory'
  /** The list of staff under `v1` [live: one client]: needs the native edition (hose-more 10, ruling 2). */
  | 'native-directory'
  /** What has to do with WeCom's ids: needs 「通讯录接口」 and the edition inside WeCom (hose-more 9.1). */
  | 'wecom-edition'
  /** Whatever writes contacts: needs 「通讯录接口」 and the native edition. */
  | 'contact-sync';

/** Lets a call through to its operation once token, rate and licence are in order: in this order [proposed]. */
export function authenticated(
  module: LicensedModule,
  answer: (caller: Caller, call: Call, context: DialectContext) => Reply | Promise<Reply>,
): Route['answer'] {
  return async (call, context) => {
    const caller = await callerOf(call, context);
    if (caller === null) return errorReply({ kind: 'forbidden', subject: 'token' });
    const token = (): string => hashToken(call.query.get('accessToken') ?? '');
    const met = context.identified?.(call, { tenant: caller.tenant, app: caller.app, token });
    if (met !== undefined) await met;
    const wait = retryAfterSeconds(caller, context);
    if (wait > 0) return tooFrequent(wait);
    const problem = notAllowed(caller, module, context.now(caller.tenant));
    return problem === null ? answer(caller, call, context) : errorReply(problem);
  };
}

/** Passes on the id of the path, which follows a literal `$`: a path without it does not come here (contract 0.4) [proposed]. */
export function withPathId(
  module: LicensedModule,
  param: string,
  answerFor: (id: string, caller: Caller, call: Call, context: DialectContext) => Promise<Reply>,
): Route['answer'] {
  return authenticated(module, (caller, call, context) =>
    answerFor(withoutDollar(call.params[param] ?? '') ?? '', caller, call, context),
  );
}

function tooFrequent(seconds: number): Reply {
  const reply = fail(staffErrors.tooFrequent);
  return { ...reply, headers: { ...reply.headers, 'retry-after': String(seconds) } };
}

function notAllowed({ tenant }: Caller, module: LicensedModule, now: number): StaffProblem | null {
  const settings = settingsOf(tenant);
  for (const code of LICENCES[module]) {
    if ((licenceEnd(settings, code) ?? 0) <= now) return { kind: 'forbidden', subject: 'licence' };
  }
  const environment = ENVIRONMENTS[module];
  return environment === undefined || settings.environment === environment
    ? null
    : { kind: 'forbidden', subject: 'environment' };
}

const LICENCES: Readonly<Record<LicensedModule, readonly string[]>> = {
  'general-directory': [OPEN_API],
  'native-directory': [OPEN_API],
  'wecom-edition': [OPEN_API, CONTACT_SYNC],
  'contact-sync': [OPEN_API, CONTACT_SYNC],
};

/** Where alone a module works; absent: everywhere. */
const ENVIRONMENTS: Readonly<Partial<Record<LicensedModule, Environment>>> = {
  'native-directory': 'native',
  'wecom-edition': 'wecom',
  'contact-sync': 'native',
};

/** The body as JSON, or the failure to read it. */
export function readBody(call: Call): { readonly value: unknown } | { readonly reply: Reply } {
  const parsed = parseJson(call.body);
  if (parsed.ok) return { value: parsed.value };
  return { reply: errorReply(parsed.problem === 'empty' ? NO_BODY : BAD_JSON) };
}

const NO_BODY: StaffProblem = { kind: 'missing', subject: 'Entity' };
/** A body that is no JSON, or is built otherwise than the operation asks. */
export const BAD_JSON: StaffProblem = { kind: 'invalid', subject: 'body' };

/** An unknown path, in the five-key body. */
export function notFound(): Reply {
  return fail(staffErrors.notFound);
}
