import { attributed } from '../../../directory/history/attributed.ts';
import type { Decision, StoreTask } from '../../../directory/store.ts';
import type { Call, DialectContext, Outcome, Reply, Route } from '../../dialect.ts';
import { authenticate, DIALECT, isRejected, type Caller } from '../auth/caller.ts';
import type { Permission } from '../auth/permissions.ts';
import { isOverLimit, OVER_LIMIT } from '../auth/rate-limits.ts';
import { done, refused, withWarning, type Done } from '../protocol/envelope.ts';
import { refusalOf, type Refusal } from '../protocol/errors.ts';
import { readLeniently, schemaOf, type FieldKinds, type LenientBody } from '../protocol/lenient.ts';
import { refuseMethod } from '../protocol/refuse-method.ts';
import { isRefusal } from '../protocol/wire.ts';

/** A call that passed everything that is asked before its own rules. */
export interface Request {
  readonly call: Call;
  readonly context: DialectContext;
  readonly caller: Caller;
  readonly at: number;
}

/** The same with its body. */
export interface PostedRequest extends Request, Pick<LenientBody, 'members' | 'unreadable'> {}

/** What a call is answered with. */
export type Answer =
  | { readonly done: Done; readonly body?: object; readonly outcome?: Outcome }
  | {
      readonly refusal: Refusal;
      /** Own id of the employee that the call was about. */
      readonly employee?: string | undefined;
      /** What else the answer says. */
      readonly members?: object;
    };

/** An operation that is posted to. */
interface Posted {
  readonly operation: string;
  readonly path: string;
  readonly permission: Permission;
  readonly fields: FieldKinds;
  /** Whether nothing can be done without a field, so that an empty body is warned of. */
  readonly needsField: boolean;
  /** False for a call that the frequency limits do not count. [public: 90312] */
  readonly isCounted?: false;
  readonly answer: (request: PostedRequest) => Promise<Answer>;
}

/** An operation that takes a body larger than others, once the caller is known. */
interface Uploaded {
  readonly operation: string;
  readonly path: string;
  readonly permission: Permission;
  readonly answer: (request: Request) => Promise<Answer>;
}

/** An operation whose parameters are in the URL. */
interface Queried {
  readonly operation: string;
  readonly path: string;
  readonly permission: Permission;
  /** Whether a call that succeeds is not counted. [public: 90312] */
  readonly isFreeWhileGood?: true;
  readonly answer: (request: Request) => Promise<Answer | Reply>;
}

/** The routes of an operation that is posted to. */
export function posted(about: Posted): readonly Route[] {
  const { operation, path, permission, fields, needsField, isCounted = true, answer } = about;
  const route: Route = {
    operation,
    method: 'POST',
    path,
    body: schemaOf(fields),
    answer: async (call, context) => {
      const request = await requestOf(call, context, permission, isCounted);
      if ('problem' in request) return worded(call, { refusal: request }, false);
      const body = readLeniently(call.body, fields, needsField);
      if (isRefusal(body)) return worded(call, { refusal: body }, false);
      const { members, unreadable, warned } = body;
      return worded(call, await answer({ ...request, members, unreadable }), warned);
    },
  };
  return [route, byGet(about)];
}

/** The routes of an operation that reads its body itself. */
export function uploaded(about: Uploaded): readonly Route[] {
  const { operation, path, permission, answer } = about;
  const route: Route = {
    operation,
    method: 'POST',
    path,
    streamsBody: true,
    answer: async (call, context) => {
      const request = await requestOf(call, context, permission);
      return worded(call, 'problem' in request ? { refusal: request } : await answer(request), false);
    },
  };
  return [route, byGet(about)];
}

/** An operation that is posted to, called with GET: refused after everything that is asked of the token. (wecom-more 1.2, 2.4) */
function byGet({ operation, path, permission }: Posted | Uploaded): Route {
  return {
    operation: `${operation}.by-get`,
    method: 'GET',
    path,
    answer: async (call, context) => {
      const request = await requestOf(call, context, permission);
      return worded(call, { refusal: 'problem' in request ? request : refuseMethod(path) }, false);
    },
  };
}

/** The routes of an operation whose parameters are in the URL: clients post to it as well, and no body is read. (wecom-more 2.4) */
export function queried({ operation, path, permission, isFreeWhileGood, answer }: Queried): readonly Route[] {
  const answerCall = async (call: Call, context: DialectContext): Promise<Reply> => {
    const request = await requestOf(call, context, permission, isFreeWhileGood !== true);
    if ('problem' in request) return worded(call, { refusal: request }, false);
    const answered = await answer(request);
    const isCounted = isFreeWhileGood === true && 'refusal' in answered;
    if (isCounted && isOverLimit(call, request.caller.tenant, context.rateLimiter, request.at))
      return worded(call, { refusal: refusalOf(OVER_LIMIT) }, false);
    return 'status' in answered ? answered : worded(call, answered, false);
  };
  return [
    { operation, method: 'GET', path, answer: answerCall },
    { operation: `${operation}.by-post`, method: 'POST', path, answer: answerCall },
  ];
}

/** Who asked for a change, for the change log. */
export function originOf({ call, caller, at }: Request, operation: string) {
  return { dialect: DIALECT, operation, app: caller.app.id, request: call.requestId, at };
}

/** Runs a work that writes the company itself; the history says who asked for it, by which operation. */
export function writeAs<Answer>(
  request: Request,
  operation: string,
  work: () => StoreTask<Decision<Answer>>,
): Promise<Answer> {
  const origin = originOf(request, operation);
  return request.context.store.write(() => attributed(origin, work()));
}

async function requestOf(
  call: Call,
  context: DialectContext,
  permission: Permission,
  isCounted = true,
): Promise<Request | Refusal> {
  const known = await authenticate(call, permission, context, isCounted);
  return isRejected(known) ? refusalOf(known) : { call, context, ...known };
}

function worded(call: Call, answer: Answer, warned: boolean): Reply {
  if ('done' in answer) return done(answer.done, answer.body ?? {}, { warned, outcome: answer.outcome });
  const { refusal, employee, members } = answer;
  const returned = warned ? withWarning(refusal.returned) : refusal.returned;
  return refused(call, returned, outcomeOf(refusal, employee), members);
}

/** Returns the outcome of a refused request: the key of its problem is the one refused. */
function outcomeOf({ problem, returned }: Refusal, employee: string | undefined): Outcome {
  // The sentence may name somebody, the log must not. (60104)
  const reason = returned.errmsg.split(':', 1)[0] ?? '';
  return {
    records: [
      {
        ...(employee === undefined ? {} : { employee }),
        verdicts: [{ field: problem.subject, verdict: 'refused', reason }],
        problem,
      },
    ],
  };
}
