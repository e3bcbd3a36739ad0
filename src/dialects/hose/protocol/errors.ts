import { keyOf, type Answers, type ProblemIn } from '../../answers.ts';
import type { Outcome, Reply } from '../../dialect.ts';
import { staffErrors, type HoseError } from './codes.ts';
import { further } from './further-codes.ts';

/** A failure, or what makes it of the value or the limit that the problem names. */
type Answer = HoseError | ((problem: { readonly value: string; readonly limit: number }) => HoseError);

/** Every problem that is answered by its subject; others come with a failure of their own. */
const ANSWERS = {
  'missing name': staffErrors.nameMissing,
  'missing departments': staffErrors.departmentsMissing,
  'missing email': staffErrors.emailMissing,
  'missing staffList': staffErrors.batchSize,
  'missing conditionIds': staffErrors.conditionsMissing,
  'missing newcomers': staffErrors.newcomersSize,
  'missing contact': staffErrors.contactMissing,
  'missing external.mobile': staffErrors.externalPhoneMissing,
  'missing active': staffErrors.activeMissing,
  'missing jobNumber': staffErrors.codeMissing,
  'missing Entity': staffErrors.inputMissing('Entity'),
  'missing start参数': staffErrors.inputMissing('start参数'),
  'missing count参数': staffErrors.inputMissing('count参数'),
  'missing staffParam参数': staffErrors.inputMissing('staffParam参数'),
  'invalid type': staffErrors.typeInvalid,
  'invalid mobile': staffErrors.phoneInvalid,
  'invalid email': staffErrors.emailInvalid,
  'invalid mainDepartment': staffErrors.defaultOutside,
  'invalid jobNumber': staffErrors.codeInvalid,
  'invalid body': staffErrors.badJson,
  'invalid userid': staffErrors.badJson,
  'invalid custom.value': staffErrors.badJson,
  'too-long staffList': staffErrors.batchSize,
  'too-long newcomers': staffErrors.newcomersSize,
  'too-long conditionIds': staffErrors.conditionsTooMany,
  'too-long count': ({ limit }) => staffErrors.countTooLarge(limit),
  'taken account.mobile': staffErrors.phoneRegistered,
  'taken account.email': staffErrors.emailRegistered,
  'taken login.mobile': further.phoneUsedElsewhere,
  'taken newcomer': staffErrors.contactTaken,
  'taken newcomers': ({ value }) => staffErrors.newcomersTaken(value),
  'taken userid': staffErrors.useridTaken,
  'taken account.id': ({ value }) => staffErrors.accountTaken(value),
  'taken jobNumber': ({ value }) => staffErrors.codeTaken(value),
  'unknown employee': staffErrors.staffUnknown,
  'unknown departments': staffErrors.departmentUnknown,
  'unknown custom': ({ value }) => staffErrors.fieldUnknown(value),
  'unknown custom.value': ({ value }) => staffErrors.valueUnknown(value),
  'unknown newcomer.departments': staffErrors.newcomerDepartmentUnknown,
  'unknown staffIds': staffErrors.staffIdsInvalid,
  'unknown staffIds.code': ({ value }) => staffErrors.staffCodeUnknown(value),
  'unknown backlog.staff': staffErrors.backlogStaffUnknown,
  'unknown query-type': staffErrors.queryTypeUnknown,
  'ambiguous employee': ({ value }) => staffErrors.staffNotUnique(value),
  'ambiguous departments': ({ value }) => staffErrors.departmentNotUnique('departments', value),
  'ambiguous defaultDepartment': ({ value }) => staffErrors.departmentNotUnique('defaultDepartment', value),
  'left employee': staffErrors.staffLeft,
  'locked pending': staffErrors.itemsPending,
  'forbidden licence': staffErrors.unlicensed,
  'forbidden environment': staffErrors.embedded,
  'forbidden token': staffErrors.unauthorised,
} satisfies Answers<Answer>;

/** A problem that has a row above. */
export type StaffProblem = ProblemIn<typeof ANSWERS>;

/** Returns the failure that answers a problem. */
export function failureOf(problem: StaffProblem): HoseError {
  const answer: Answer = ANSWERS[keyOf(problem)];
  if (typeof answer !== 'function') return answer;
  const value = 'value' in problem && typeof problem.value === 'string' ? problem.value : '';
  return answer({ value, limit: 'limit' in problem ? problem.limit : 0 });
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' } as const;

/** A successful answer. */
export function answer(body: unknown, outcome?: Outcome): Reply {
  return {
    status: 200,
    headers: JSON_HEADERS,
    body: JSON.stringify(body),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

/** A successful answer whose JSON was put together before. */
export function answerWith(body: Buffer): Reply {
  return { status: 200, headers: JSON_HEADERS, body };
}

/** A failure in the five-key body (contract 1.4). */
export function fail({ status, message }: HoseError, outcome?: Outcome): Reply {
  return {
    status,
    headers: JSON_HEADERS,
    body: JSON.stringify({ errorCode: status, errorMessage: message, errorDetails: null, code: null, data: null }),
    // What the journal and the log call the code is `errorCode` here.
    code: status,
    ...(outcome === undefined ? {} : { outcome }),
  };
}

/** A problem that arose before any record was looked at. */
export function errorReply(problem: StaffProblem): Reply {
  return fail(failureOf(problem), { records: [{ verdicts: [], problem }] });
}

/** Wrong credentials: wrapped in `value`, and the third key is singular (contract 1.1) [public: v2.0/getting-started/auth.md]. */
export function refuseCredentials(): Reply {
  const { status, message } = staffErrors.credentialsWrong;
  return {
    status,
    headers: JSON_HEADERS,
    body: JSON.stringify({ value: { errorCode: status, errorMessage: message, errorDetail: null } }),
    code: status,
    outcome: { records: [{ verdicts: [], problem: { kind: 'forbidden', subject: 'credentials' } }] },
  };
}

/** A token that cannot be refreshed: bare text (contract 1.2) [public: v2.0/getting-started/refresh-auth.md]. */
export function refuseRefresh(): Reply {
  const { status, message } = staffErrors.unauthorised;
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: message,
    outcome: { records: [{ verdicts: [], problem: { kind: 'forbidden', subject: 'token' } }] },
  };
}
