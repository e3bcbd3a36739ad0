import type { Problem } from '../../../directory/errors.ts';
import { keyOf, type Answers, type ProblemIn } from '../../answers.ts';
import { errcodes, type Errcode } from './codes.ts';

/** A refusal: the problem, and the code that answers it. */
export interface Refusal {
  readonly problem: Problem;
  readonly returned: Errcode;
}

/** A malformed request [public: 90313, WxJava#3906, WxJava#3911]: the detail, then the sentence of 40058. */
export function malformed(problem: Problem, detail: string): Refusal {
  return { problem, returned: invalidParameter(detail) };
}

function invalidParameter(detail: string): Errcode {
  const { errcode, errmsg } = errcodes.invalidParameter;
  return { errcode, errmsg: detail === '' ? errmsg : `${detail}. ${errmsg}` };
}

/** Every problem that is answered by its subject; others come with a code of their own. */
const ANSWERS = {
  'missing access_token': errcodes.accessTokenMissing,
  'missing corpid': errcodes.corpidMissing,
  'missing corpsecret': errcodes.corpsecretMissing,
  'missing query.userid': errcodes.useridMissing,
  'invalid access_token': errcodes.invalidAccessToken,
  'invalid corpsecret': errcodes.invalidCredential,
  'invalid method': errcodes.invalidParameter,
  'unknown corpid': errcodes.invalidCorpid,
  'unknown department': errcodes.departmentNotFound,
  'unknown party': errcodes.invalidDepartment,
  'unknown userid': errcodes.useridNotFound,
  'left userid': errcodes.useridNotFound,
  'disabled access_token': errcodes.accessTokenExpired,
  'disabled tenant': errcodes.corpDisabled,
  'disabled app': errcodes.agentDisabled,
  'forbidden peer': errcodes.addressNotAllowed,
  'forbidden new-peer': errcodes.contactReadingStopped,
  'forbidden operation': errcodes.apiForbidden,
  'forbidden userid': errcodes.noPrivilege,
  'forbidden department': errcodes.noPrivilege,
  'forbidden jobid': errcodes.noPrivilege,
  'locked calls': errcodes.apiFreqOutOfLimit,
  'locked concurrency': errcodes.tooManyAtOnce,
} satisfies Answers<Errcode>;

/** A problem that has a row above. */
export type CallProblem = ProblemIn<typeof ANSWERS>;

/** Returns the answer to a problem of a whole call; one item of an update has a `result` instead, see `rules.ts`. */
export function refusalOf(problem: CallProblem): Refusal {
  return { problem, returned: ANSWERS[keyOf(problem)] };
}

/** Returns the answer to a field that is missing and has no code of its own. */
export function missingField(field: string): Refusal {
  return malformed({ kind: 'missing', subject: field }, `missing field \`${field}\``);
}
