import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Account } from '../../../directory/account.ts';
import type { Employee } from '../../../directory/employee.ts';
import { foldMail, type LookupSpace } from '../../../directory/lookup.ts';
import { e164 } from '../../../directory/phone.ts';
import { ask, type Gather } from '../../../directory/store.ts';
import type { Call, House, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth.ts';
import { answer, refuse } from '../errors.ts';
import { BAD_JSON, gated, readBody } from '../gate.ts';
import { spaces } from '../ids.ts';
import { isHere, showStaff } from '../staff.ts';
import { readPhone } from '../wire.ts';
import { accountsOf } from './staff-list.ts';

/** Conditions of one query. */
export const MOST_CONDITIONS = 100;

const Query = Type.Object({
  type: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  conditionIds: Type.Optional(Type.Union([Type.Array(Type.String()), Type.Null()])),
});
const query = Compile(Query);

/** For each condition whoever meets it, in the order asked. */
type Search = (conditions: readonly string[], tenant: number) => Gather<readonly Employee[]>;

function by(space: LookupSpace): Search {
  return function* (conditions, tenant) {
    const found = yield* ask('employees-by', { tenant, space, values: [...new Set(conditions)] });
    return conditions.flatMap((condition) => found.get(condition) ?? []);
  };
}

/** The contact phone [proposed]; what is no phone is nobody's. */
const byPhone: Search = function* (conditions, tenant) {
  const phones = conditions.flatMap((condition) => readPhone(condition) ?? []).map(e164);
  return yield* by('mobile')(phones, tenant);
};

/** The login e-mail without case, else the shown one exactly as written [proposed]. */
const byMail: Search = function* (conditions, tenant) {
  const folded = [...new Set(conditions.map(foldMail))];
  const accounts = yield* ask('accounts-by', { by: 'email', values: folded });
  const members = [...accounts.values()].flatMap(({ memberships }) =>
    memberships.filter((one) => one.tenant === tenant),
  );
  const employees = yield* ask('employees-by-id', { tenant, ids: members.map(({ employee }) => employee) });
  const shown = yield* ask('employees-by', { tenant, space: 'email', values: folded });
  return conditions.flatMap((condition) => {
    const holder = accounts.get(foldMail(condition))?.memberships.filter((one) => one.tenant === tenant) ?? [];
    const byLogin = holder.flatMap(({ employee }) => employees.get(employee) ?? []);
    if (byLogin.length > 0) return byLogin;
    return (shown.get(foldMail(condition)) ?? []).filter(({ email }) => email === condition);
  });
};

const SEARCHES: ReadonlyMap<string, Search> = new Map([
  ['STAFFID', by(`id:${spaces.staff}`)],
  ['CODE', by('job-number')],
  ['CELLPHONE', byPhone],
  ['MAIL', byMail],
  ['USERID', by(`id:${spaces.user}`)],
]);

/** Only active staff are found; what nobody answers to is left out without a word [public: corporation/get-staff-ids.md]. */
async function getStaffIds({ tenant }: Caller, call: Call, { store }: House): Promise<Reply> {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  if (!query.Check(body.value)) return refuse(BAD_JSON);
  const { type, conditionIds } = body.value;
  if (conditionIds === undefined || conditionIds === null || conditionIds.length === 0)
    return refuse({ kind: 'missing', subject: 'conditionIds' });
  if (conditionIds.length > MOST_CONDITIONS)
    return refuse({ kind: 'too-long', subject: 'conditionIds', limit: MOST_CONDITIONS });
  const search = SEARCHES.get(type ?? '');
  if (search === undefined) return refuse({ kind: 'unknown', subject: 'query-type', value: type ?? '' });
  const { employees, accounts } = await store.read(() => activeFound(search(conditionIds, tenant.number)));
  return answer({
    items: employees.map((employee) => ({
      ...showStaff(employee, accounts.get(employee.account ?? ''), tenant),
      roles: [], // Mingce knows no roles [proposed]
    })),
  });
}

function* activeFound(
  search: ReturnType<Search>,
): Gather<{ employees: readonly Employee[]; accounts: ReadonlyMap<string, Account> }> {
  const found = yield* search;
  const employees = [...new Map(found.filter(isHere).map((employee) => [employee.id, employee])).values()];
  return { employees, accounts: yield* accountsOf(employees) };
}

/** The query for staff by a list of values. */
export const staffQueryRoutes: readonly Route[] = [
  {
    operation: 'staffs.getStaffIds',
    method: 'POST',
    path: '/api/openapi/v1/staffs/getStaffIds',
    body: Query,
    answer: gated('general-directory', getStaffIds),
  },
];
