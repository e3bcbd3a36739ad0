import type { Problem } from '../../../directory/errors.ts';
import type { Outcome, Reply } from '../../dialect.ts';
import { staffErrors, type HoseError } from './codes.ts';
import { further } from './further-codes.ts';

/** How a problem is worded. Subjects are the record's words; Hose's own fields stand for themselves. */
export function failureOf(problem: Problem): HoseError {
  switch (problem.kind) {
    case 'missing':
      return missing(problem.subject);
    case 'invalid':
      return invalid(problem.subject);
    case 'too-long':
      return tooLong(problem.subject, problem.limit);
    case 'taken':
      return taken(problem.subject, problem.value ?? '');
    case 'unknown':
    case 'disabled':
      return unknown(problem.subject, problem.value);
    case 'ambiguous':
      return problem.subject === 'employee'
        ? staffErrors.staffNotUnique(problem.value)
        : staffErrors.departmentNotUnique(problem.subject, problem.value);
    case 'forbidden':
      return forbidden(problem.subject);
    case 'left':
      return staffErrors.staffLeft;
    case 'locked':
      return problem.subject === 'pending' ? staffErrors.itemsPending : staffErrors.badJson;
    case 'loop':
      return staffErrors.badJson; // none of Hose's rules refuses for these
    default:
      return problem satisfies never;
  }
}

function taken(subject: string, value: string): HoseError {
  switch (subject) {
    case 'account.email':
      return staffErrors.emailRegistered;
    case 'login.mobile':
      return further.phoneUsedElsewhere;
    case 'newcomer':
      return staffErrors.contactTaken;
    case 'newcomers':
      return staffErrors.newcomersTaken(value);
    case 'userid':
      return staffErrors.useridTaken;
    case 'account.id':
      return staffErrors.accountTaken(value);
    case 'jobNumber':
      return staffErrors.codeTaken(value);
    default:
      return staffErrors.phoneRegistered;
  }
}

function missing(subject: string): HoseError {
  switch (subject) {
    case 'name':
      return staffErrors.nameMissing;
    case 'departments':
      return staffErrors.departmentsMissing;
    case 'email':
      return staffErrors.emailMissing;
    case 'staffList':
      return staffErrors.batchSize;
    case 'conditionIds':
      return staffErrors.conditionsMissing;
    case 'newcomers':
      return staffErrors.newcomersSize;
    case 'contact':
      return staffErrors.contactMissing;
    case 'external.mobile':
      return staffErrors.externalPhoneMissing;
    case 'active':
      return staffErrors.activeMissing;
    case 'jobNumber':
      return staffErrors.codeMissing;
    default:
      return staffErrors.inputMissing(subject);
  }
}

function invalid(subject: string): HoseError {
  switch (subject) {
    case 'type':
      return staffErrors.typeInvalid;
    case 'mobile':
      return staffErrors.phoneInvalid;
    case 'email':
      return staffErrors.emailInvalid;
    case 'mainDepartment':
      return staffErrors.defaultOutside;
    case 'jobNumber':
      return staffErrors.codeInvalid;
    default:
      return staffErrors.badJson;
  }
}

function tooLong(subject: string, limit: number): HoseError {
  switch (subject) {
    case 'staffList':
      return staffErrors.batchSize;
    case 'newcomers':
      return staffErrors.newcomersSize;
    case 'conditionIds':
      return staffErrors.conditionsTooMany;
    case 'count':
      return staffErrors.countTooLarge(limit);
    default:
      return staffErrors.badJson;
  }
}

function unknown(subject: string, value: string): HoseError {
  switch (subject) {
    case 'employee':
      return staffErrors.staffUnknown;
    case 'departments':
      return staffErrors.departmentUnknown;
    case 'custom':
      return staffErrors.fieldUnknown(value);
    case 'newcomer.departments':
      return staffErrors.newcomerDepartmentUnknown;
    case 'staffIds':
      return staffErrors.staffIdsInvalid;
    case 'staffIds.code':
      return staffErrors.staffCodeUnknown(value);
    case 'backlog.staff':
      return staffErrors.backlogStaffUnknown;
    case 'query-type':
      return staffErrors.queryTypeUnknown;
    default:
      return staffErrors.valueUnknown(subject);
  }
}

function forbidden(subject: string): HoseError {
  switch (subject) {
    case 'licence':
      return staffErrors.unlicensed;
    case 'environment':
      return staffErrors.embedded;
    default:
      return staffErrors.unauthorised;
  }
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
    ...(outcome === undefined ? {} : { outcome }),
  };
}

/** A problem that arose before any record was looked at. */
export function errorReply(problem: Problem): Reply {
  return fail(failureOf(problem), { records: [{ verdicts: [], problem }] });
}

/** Wrong credentials: wrapped in `value`, and the third key is singular (contract 1.1) [public: v2.0/getting-started/auth.md]. */
export function refuseCredentials(): Reply {
  const { status, message } = staffErrors.credentialsWrong;
  return {
    status,
    headers: JSON_HEADERS,
    body: JSON.stringify({ value: { errorCode: status, errorMessage: message, errorDetail: null } }),
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
