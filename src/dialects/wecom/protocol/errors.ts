import type { Problem } from '../../../directory/errors.ts';
import { errcodes, type Errcode } from './codes.ts';

/** Something refused: what was wrong, and what the caller is told. */
export interface Refusal {
  readonly problem: Problem;
  readonly returned: Errcode;
}

/** The answer to a problem as a whole. What one item of an update is refused for is its `result` instead; see `rules.ts`. */
export function refusalOf(problem: Problem): Refusal {
  return { problem, returned: returnCodeOf(problem) };
}

/** A malformed request [public: 90313, WxJava#3906, WxJava#3911]: the detail, then the sentence of 40058. */
export function malformed(problem: Problem, detail: string): Refusal {
  return { problem, returned: invalidParameter(detail) };
}

function invalidParameter(detail: string): Errcode {
  const { errcode, errmsg } = errcodes.invalidParameter;
  return { errcode, errmsg: detail === '' ? errmsg : `${detail}. ${errmsg}` };
}

function returnCodeOf(problem: Problem): Errcode {
  switch (problem.kind) {
    case 'missing':
      return missing(problem.subject);
    case 'invalid':
      if (problem.subject === 'access_token') return errcodes.invalidAccessToken;
      if (problem.subject === 'corpsecret') return errcodes.invalidCredential;
      return errcodes.invalidParameter;
    case 'unknown':
      if (problem.subject === 'corpid') return errcodes.invalidCorpid;
      if (problem.subject === 'department') return errcodes.departmentNotFound;
      if (problem.subject === 'party') return errcodes.invalidDepartment;
      if (problem.subject === 'userid') return errcodes.useridNotFound;
      return errcodes.invalidParameter;
    case 'left':
      return errcodes.useridNotFound;
    case 'disabled':
      if (problem.subject === 'access_token') return errcodes.accessTokenExpired;
      if (problem.subject === 'tenant') return errcodes.corpDisabled;
      if (problem.subject === 'app') return errcodes.agentDisabled;
      return errcodes.invalidParameter;
    case 'forbidden':
      if (problem.subject === 'peer') return errcodes.addressNotAllowed;
      if (problem.subject === 'new-peer') return errcodes.contactReadingStopped;
      if (problem.subject === 'operation') return errcodes.apiForbidden;
      return errcodes.noPrivilege;
    case 'too-long':
      return invalidParameter(`${problem.subject} exceed max length ${String(problem.limit)}`);
    case 'taken':
    case 'ambiguous':
    case 'loop':
      return errcodes.invalidParameter;
    case 'locked':
      return problem.subject === 'calls' ? errcodes.apiFreqOutOfLimit : errcodes.invalidParameter;
    default:
      return problem satisfies never;
  }
}

function missing(subject: string): Errcode {
  switch (subject) {
    case 'access_token':
      return errcodes.accessTokenMissing;
    case 'corpid':
      return errcodes.corpidMissing;
    case 'corpsecret':
      return errcodes.corpsecretMissing;
    case 'query.userid':
      return errcodes.useridMissing;
    default:
      return invalidParameter(`missing field \`${subject}\``);
  }
}
