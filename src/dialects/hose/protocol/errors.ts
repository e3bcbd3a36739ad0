import type { Problem } from '../../../directory/errors.ts';
import type { Outcome, Reply } from '../../dialect.ts';
import { borrowed, invented, seeded, type HoseError } from './codes.ts';
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
        ? borrowed.staffNotUnique(problem.value)
        : seeded.departmentNotUnique(problem.subject, problem.value);
    case 'forbidden':
      return forbidden(problem.subject);
    case 'left':
      return borrowed.staffLeft;
    case 'locked':
      return problem.subject === 'pending' ? borrowed.itemsPending : borrowed.badJson;
    case 'loop':
      return borrowed.badJson; // none of Hose's rules refuses for these
    default:
      return problem satisfies never;
  }
}

function taken(subject: string, value: string): HoseError {
  switch (subject) {
    case 'account.email':
      return seeded.emailRegistered;
    case 'login.mobile':
      return further.phoneUsedElsewhere;
    case 'newcomer':
      return borrowed.contactTaken;
    case 'newcomers':
      return borrowed.newcomersTaken(value);
    case 'userid':
      return borrowed.useridTaken;
    case 'account.id':
      return borrowed.accountTaken(value);
    case 'jobNumber':
      return borrowed.codeTaken(value);
    default:
      return seeded.phoneRegistered;
  }
}

function missing(subject: string): HoseError {
  switch (subject) {
    case 'name':
      return seeded.nameMissing;
    case 'departments':
      return borrowed.departmentsMissing;
    case 'email':
      return invented.emailMissing;
    case 'staffList':
      return invented.batchSize;
    case 'conditionIds':
      return borrowed.conditionsMissing;
    case 'newcomers':
      return invented.newcomersSize;
    case 'contact':
      return invented.contactMissing;
    case 'external.mobile':
      return borrowed.externalPhoneMissing;
    case 'active':
      return borrowed.activeMissing;
    case 'jobNumber':
      return borrowed.codeMissing;
    default:
      return borrowed.inputMissing(subject);
  }
}

function invalid(subject: string): HoseError {
  switch (subject) {
    case 'type':
      return borrowed.typeInvalid;
    case 'mobile':
      return borrowed.phoneInvalid;
    case 'email':
      return invented.emailInvalid;
    case 'mainDepartment':
      return invented.defaultOutside;
    case 'jobNumber':
      return borrowed.codeInvalid;
    default:
      return borrowed.badJson;
  }
}

function tooLong(subject: string, limit: number): HoseError {
  switch (subject) {
    case 'staffList':
      return invented.batchSize;
    case 'newcomers':
      return invented.newcomersSize;
    case 'conditionIds':
      return borrowed.conditionsTooMany;
    case 'count':
      return borrowed.countTooLarge(limit);
    default:
      return borrowed.badJson;
  }
}

function unknown(subject: string, value: string): HoseError {
  switch (subject) {
    case 'employee':
      return borrowed.staffUnknown;
    case 'departments':
      return borrowed.departmentUnknown;
    case 'custom':
      return seeded.fieldUnknown(value);
    case 'newcomer.departments':
      return borrowed.newcomerDepartmentUnknown;
    case 'staffIds':
      return borrowed.staffIdsInvalid;
    case 'staffIds.code':
      return borrowed.staffCodeUnknown(value);
    case 'backlog.staff':
      return borrowed.backlogStaffUnknown;
    case 'query-type':
      return borrowed.queryTypeUnknown;
    default:
      return seeded.valueUnknown(subject);
  }
}

function forbidden(subject: string): HoseError {
  switch (subject) {
    case 'licence':
      return borrowed.unlicensed;
    case 'environment':
      return borrowed.embedded;
    default:
      return borrowed.unauthorised;
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
  const { status, message } = borrowed.credentialsWrong;
  return {
    status,
    headers: JSON_HEADERS,
    body: JSON.stringify({ value: { errorCode: status, errorMessage: message, errorDetail: null } }),
    outcome: { records: [{ verdicts: [], problem: { kind: 'forbidden', subject: 'credentials' } }] },
  };
}

/** A token that cannot be refreshed: bare text (contract 1.2) [public: v2.0/getting-started/refresh-auth.md]. */
export function refuseRefresh(): Reply {
  const { status, message } = borrowed.unauthorised;
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: message,
    outcome: { records: [{ verdicts: [], problem: { kind: 'forbidden', subject: 'token' } }] },
  };
}
