import type { Code } from '../codes.ts';

function refused(code: number, msg: string, status = 400): Code {
  return { status, code, msg };
}

/** What reads of users say. [contract feishu-contact.md 2.7, 9.1] */
export const USER_READ_CODES = {
  paramInvalid: refused(40001, 'param is invalid'),
  departmentForbidden: refused(40004, 'no dept authority error', 403),
  userForbidden: refused(41050, 'no user authority error'),
} as const satisfies Readonly<Record<string, Code>>;
