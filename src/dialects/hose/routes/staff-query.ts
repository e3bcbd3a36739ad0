import Type from 'typebox';
import type { Employee } from '../../../directory/employees/employee.ts';
import { normalizeEmail, type LookupSpace } from '../../../directory/lookup.ts';
import { peopleHaving } from '../../../directory/employees/people-having.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import { load, type EmployeeScan, type StoreTask, type Store } from '../../../directory/store.ts';
import { JsonList } from '../../../lib/turns.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { answerWith, errorReply } from '../protocol/errors.ts';
import { BAD_JSON, authenticated, readBody } from '../auth/guarded-route.ts';
import { spaces } from '../model/ids.ts';
import { isActive, showStaff } from '../employees/view.ts';
import { readPhone } from '../protocol/wire.ts';
import { rolesOfStaff } from '../lookups/roles.ts';
import { accountsOf } from './staff-list.ts';
import { compiledOnUse } from '../protocol/compiled-on-use.ts';

/** Conditions of one query. */
export const MAX_CONDITIONS = 100;

const Query = Type.Object({
  type: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  conditionIds: Type.Optional(Type.Union([Type.Array(Type.String()), Type.Null()])),
});
const query = compiledOnUse(Query);

/** Who meets a condition. */
interface Meeting {
  readonly people: readonly Employee[];
  /** By what they are all found where others than `people` may meet it as well; null where these are all. */
  readonly all: NonNullable<EmployeeScan['having']> | null;
  readonly isMeant: (employee: Employee) => boolean;
}

/** What is known of each condition, in the order asked. */
type Search = (conditions: readonly string[], tenant: number) => StoreTask<readonly Meeting[]>;

/** Of a value that many share the store tells some of each standing, two at least. */
function meeting(space: LookupSpace, value: string, people: readonly Employee[] = [], isMeant = isActive): Meeting {
  const statuses = new Set(people.map(({ status }) => status));
  const isShared = statuses.size < people.length;
  return { people, all: isShared ? { space, value } : null, isMeant };
}

function by(space: LookupSpace): Search {
  return function* (conditions, tenant) {
    const values = [...new Set(conditions)];
    const found = yield* load('employees-by', { tenant, space, values });
    return values.map((value) => meeting(space, value, found.get(value)));
  };
}

/** Searches by contact phone [proposed]; what is no phone finds no staff. */
const byPhone: Search = function* (conditions, tenant) {
  const phones = conditions.flatMap((condition) => readPhone(condition) ?? []).map(e164);
  return yield* by('mobile')(phones, tenant);
};

/** The login e-mail of active staff without case, else the shown one exactly as written [proposed]. */
const byMail: Search = function* (conditions, tenant) {
  const folded = [...new Set(conditions.map(normalizeEmail))];
  const accounts = yield* load('accounts-by', { by: 'email', values: folded, realmOf: tenant });
  const members = [...accounts.values()].flatMap(({ memberships }) =>
    memberships.filter((one) => one.tenant === tenant),
  );
  const employees = yield* load('employees-by-id', { tenant, ids: members.map(({ employee }) => employee) });
  const shown = yield* load('employees-by', { tenant, space: 'email', values: folded });
  return [...new Set(conditions)].map((condition): Meeting => {
    const value = normalizeEmail(condition);
    const holder = accounts.get(value)?.memberships.filter((one) => one.tenant === tenant) ?? [];
    const byLogin = holder.flatMap(({ employee }) => employees.get(employee) ?? []);
    if (byLogin.some(isActive)) return { people: byLogin, all: null, isMeant: isActive };
    return meeting('email', value, shown.get(value), (one) => isActive(one) && one.email === condition);
  });
};

const SEARCHES: ReadonlyMap<string, Search> = new Map([
  ['STAFFID', by(`id:${spaces.staff}`)],
  ['CODE', by('job-number')],
  ['CELLPHONE', byPhone],
  ['MAIL', byMail],
  ['USERID', by(`id:${spaces.user}`)],
]);

/** Returns active staff only; unknown values are left out silently [public: corporation/get-staff-ids.md]. */
async function getStaffIds({ tenant }: Caller, call: Call, { store }: DialectContext): Promise<Reply> {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  if (!query.Check(body.value)) return errorReply(BAD_JSON);
  const { type, conditionIds } = body.value;
  if (conditionIds === undefined || conditionIds === null || conditionIds.length === 0)
    return errorReply({ kind: 'missing', subject: 'conditionIds' });
  if (conditionIds.length > MAX_CONDITIONS)
    return errorReply({ kind: 'too-long', subject: 'conditionIds', limit: MAX_CONDITIONS });
  const search = SEARCHES.get(type ?? '');
  if (search === undefined) return errorReply({ kind: 'unknown', subject: 'query-type', value: type ?? '' });
  const meetings = await store.read(() => search(conditionIds, tenant.number));
  const list = new JsonList();
  for await (const people of everyoneMeeting(meetings, tenant.number, store)) {
    const accounts = await store.read(() => accountsOf(people));
    await list.add(people, (employee) => ({
      ...showStaff(employee, accounts.get(employee.account ?? ''), tenant),
      roles: rolesOfStaff(employee, tenant),
    }));
  }
  return answerWith(list.between('{"items":', '}'));
}

/** Everyone who meets one of the conditions, each once, a piece at a time: the platform tells them all at once. */
async function* everyoneMeeting(
  meetings: readonly Meeting[],
  tenant: number,
  store: Store,
): AsyncIterable<readonly Employee[]> {
  const seen = new Set<string>();
  const fresh = (people: readonly Employee[], isMeant: Meeting['isMeant']): readonly Employee[] =>
    people.filter((one) => isMeant(one) && !seen.has(one.id) && seen.add(one.id));
  let few: Employee[] = [];
  for (const { people, all, isMeant } of meetings) {
    if (all === null) {
      few.push(...fresh(people, isMeant));
      continue;
    }
    yield few;
    few = [];
    for await (const piece of peopleHaving(store, tenant, all)) yield fresh(piece, isMeant);
  }
  yield few;
}

/** The query for staff by a list of values. */
export const staffQueryRoutes: readonly Route[] = [
  {
    operation: 'staffs.getStaffIds',
    method: 'POST',
    path: '/api/openapi/v1/staffs/getStaffIds',
    body: Query,
    answer: authenticated('general-directory', getStaffIds),
  },
];
