import Type, { type Static } from 'typebox';
import { Lines, OptionalLine, OptionalText } from './bounds.ts';
import { CustomForm, OptionalFlag, requestOf, type StaffRequest } from './wire.ts';
import { compiledOnUse } from './compiled-on-use.ts';

const members = {
  name: OptionalLine,
  enName: OptionalLine,
  nickName: OptionalLine,
  code: OptionalLine,
  cellphone: OptionalLine,
  email: OptionalLine,
  note: OptionalText,
  external: OptionalFlag,
  departments: Type.Optional(Type.Union([Lines, Type.Null()])),
  defaultDepartment: OptionalLine,
  userid: OptionalLine,
  useNewAccount: OptionalFlag,
  useSendEmail: OptionalFlag,
  staffCustomForm: Type.Optional(Type.Union([CustomForm, Type.Null()])),
};

/** The body of 新增员工 (contract 5.3) [public: contacts/add-staffs.md]. */
export const NewcomerBody = Type.Object(members);
/** The body of 批量新增员工 [public: contacts/batch-add-staffs.md]. */
export const NewcomersBody = Type.Object({
  staffList: Type.Array(NewcomerBody, { minItems: 1, maxItems: 100 }),
});

const newcomerBody = compiledOnUse(NewcomerBody);

/** What a request says of somebody who is to be added. */
export interface NewcomerRequest {
  /** What it says in the words of an update, which it never asks to change a login. */
  readonly staff: StaffRequest;
  readonly external: boolean;
  /** 第三方平台人员ID; written with a small `d` here and a capital one in answers. */
  readonly userid: string | undefined;
  /** Whether an employee who left stays unchanged, and a new employee is created. */
  readonly usesNewAccount: boolean;
  /** Whether word is sent by mail: `useSendEmail` true forbids it [public: contacts/add-staffs.md]. */
  readonly isInvited: boolean;
}

/** Whether it is one addition or an element of several: these list neither `external` nor `useNewAccount` (contract 5.3). */
export type Addition = 'single' | 'batch';

/** Reads the body of an addition; null where its structure is wrong. */
export function readNewcomer(body: unknown, addition: Addition): NewcomerRequest | null {
  if (!newcomerBody.Check(body)) return null;
  const external = addition === 'single' && (body.external ?? false);
  return {
    staff: requestFor(body, external),
    external,
    userid: body.userid === null || body.userid === '' ? undefined : body.userid,
    usesNewAccount: addition === 'single' && (body.useNewAccount ?? false),
    isInvited: !(body.useSendEmail ?? false),
  };
}

/** Of someone from outside either of the two department members says enough [public: contacts/add-staffs.md]. */
function requestFor(body: Static<typeof NewcomerBody>, external: boolean): StaffRequest {
  const request = { ...requestOf(body), modifyAccountPhone: false, modifyAccountEmail: false };
  if (!external) return request;
  const { departments = [], defaultDepartment } = request;
  const named = departments.length === 0 && defaultDepartment !== undefined ? [defaultDepartment] : departments;
  return { ...request, departments: named, defaultDepartment: defaultDepartment ?? named[0] };
}
