import type { Problem } from '../../../directory/errors.ts';
import { returned, type ReturnCode } from './codes.ts';

/** Something refused: what was wrong, and what the caller is told. */
export interface Refusal {
  readonly problem: Problem;
  readonly returned: ReturnCode;
}

/** The answer to a problem as a whole. What one item of an update is refused for is its `result` instead; see `rules.ts`. */
export function refusalOf(problem: Problem): Refusal {
  return { problem, returned: returnCodeOf(problem) };
}

/** A malformed request [public: 90313, WxJava#3906, WxJava#3911]: the detail, then the sentence of 40058. */
export function malformed(problem: Problem, detail: string): Refusal {
  return { problem, returned: invalidParameter(detail) };
}

function invalidParameter(detail: string): ReturnCode {
  const { errcode, errmsg } = returned.invalidParameter;
  return { errcode, errmsg: detail === '' ? errmsg : `${detail}. ${errmsg}` };
}

function returnCodeOf(problem: Problem): ReturnCode {
  switch (problem.kind) {
    case 'missing':
      return missing(problem.subject);
    case 'invalid':
      if (problem.subject === 'access_token') return returned.invalidAccessToken;
      if (problem.subject === 'corpsecret') return returned.invalidCredential;
      return returned.invalidParameter;
    case 'unknown':
      if (problem.subject === 'corpid') return returned.invalidCorpid;
      if (problem.subject === 'department') return returned.departmentNotFound;
      if (problem.subject === 'userid') return returned.useridNotFound;
      return returned.invalidParameter;
    case 'left':
      return returned.useridNotFound;
    case 'disabled':
      if (problem.subject === 'access_token') return returned.accessTokenExpired;
      if (problem.subject === 'tenant') return returned.corpDisabled;
      if (problem.subject === 'app') return returned.agentDisabled;
      return returned.invalidParameter;
    case 'forbidden':
      if (problem.subject === 'peer') return returned.addressNotAllowed;
      if (problem.subject === 'operation') return returned.apiForbidden;
      return returned.noPrivilege;
    case 'too-long':
      return invalidParameter(`${problem.subject} exceed max length ${String(problem.limit)}`);
    case 'taken':
    case 'ambiguous':
    case 'loop':
      return returned.invalidParameter;
    case 'locked':
      return problem.subject === 'calls' ? returned.apiFreqOutOfLimit : returned.invalidParameter;
    default:
      return problem satisfies never;
  }
}

function missing(subject: string): ReturnCode {
  switch (subject) {
    case 'access_token':
      return returned.accessTokenMissing;
    case 'corpid':
      return returned.corpidMissing;
    case 'corpsecret':
      return returned.corpsecretMissing;
    case 'query.userid':
      return returned.useridMissing;
    default:
      return invalidParameter(`missing field \`${subject}\``);
  }
}
