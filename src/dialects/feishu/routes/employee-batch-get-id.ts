import { isInService, type Employee } from '../../../directory/employees/employee.ts';
import { normalizeEmail } from '../../../directory/lookup.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import { loadAll, type StoreTask } from '../../../directory/store.ts';
import type { Caller } from '../auth/caller.ts';
import { BatchGetIdBody } from '../protocol/body-schemas.ts';
import { successReply } from '../protocol/envelope.ts';
import { statusOf } from '../employees/contact/status.ts';
import { contactRoute } from '../employees/operation-routes.ts';
import { employeeIdOf, MAX_HOLDERS, type EmployeeIdKind } from '../model/ids.ts';
import { isInScope } from '../auth/data-scope.ts';
import { mobileOf } from '../protocol/wire.ts';

/** 通过手机号或邮箱获取用户 ID [public: contact/user/batch_get_id] */
export const batchGetId = contactRoute({
  operation: 'contact.user.batch-get-id',
  method: 'POST',
  path: '/open-apis/contact/v3/users/batch_get_id',
  body: BatchGetIdBody,
  answer: async ({ context, caller, exchange }, { idKind }, body) => {
    const mobiles = [...new Set(body.mobiles ?? [])].map((sent) => ({ sent, value: mobileValue(sent) }));
    const emails = [...new Set(body.emails ?? [])].map((sent) => ({ sent, value: normalizeEmail(sent.trim()) }));
    const [byMobile, byEmail] = await context.store.read(() => loadHolders(caller, mobiles, emails));
    const found = (holders: readonly Employee[] | undefined): Employee | undefined =>
      preferred(caller, holders ?? [], body.include_resigned === true);
    const user_list = [
      ...emails.map(({ sent, value }) => ({ ...shown(found(byEmail.get(value)), caller, idKind), email: sent })),
      ...mobiles.map(({ sent, value }) => ({ ...shown(found(byMobile.get(value)), caller, idKind), mobile: sent })),
    ];
    return successReply(exchange, { user_list });
  },
});

interface Sought {
  readonly sent: string;
  readonly value: string;
}

type Holders = ReadonlyMap<string, readonly Employee[]>;

function* loadHolders(
  { tenant }: Caller,
  mobiles: readonly Sought[],
  emails: readonly Sought[],
): StoreTask<readonly [mobiles: Holders, emails: Holders]> {
  const asked = (space: 'mobile' | 'email', sought: readonly Sought[]) => ({
    tenant: tenant.number,
    space,
    values: [...new Set(sought.map(({ value }) => value))].filter((value) => value !== ''),
    upTo: MAX_HOLDERS,
  });
  const [byMobile = NOBODY, byEmail = NOBODY] = yield* loadAll('employees-by', [
    asked('mobile', mobiles),
    asked('email', emails),
  ]);
  return [byMobile, byEmail];
}

const NOBODY: Holders = new Map();

function mobileValue(sent: string): string {
  const { phone } = mobileOf(sent);
  return phone === null || phone === undefined ? '' : e164(phone);
}

/** Picks the employee in service, else, on request, one who resigned; only employees in scope count. */
function preferred(caller: Caller, holders: readonly Employee[], withResigned: boolean): Employee | undefined {
  const seen = holders.filter((employee) => isInScope(caller, employee));
  return seen.find(isInService) ?? seen.find(({ status }) => withResigned || status !== 'resigned');
}

/** Without an employee, the entry contains the value only. [derived] */
function shown(employee: Employee | undefined, caller: Caller, kind: EmployeeIdKind): object {
  if (employee === undefined) return {};
  return {
    user_id: employeeIdOf(employee, kind, caller.ids, caller.tenant),
    status: statusOf(employee),
  };
}
