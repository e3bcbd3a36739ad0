import { load, type QueryResults, type EmployeePageQuery, type StoreTask } from '../../../directory/store.ts';
import type { Account } from '../../../directory/auth/account.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { joinValues } from '../../../lib/joined-values.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { answer, answerWith, errorReply } from '../protocol/errors.ts';
import { authenticated } from '../auth/guarded-route.ts';
import { datesOf, orderOf, windowOf } from './paging.ts';
import { staffBytes } from '../employees/view.ts';

/** Absent: all; `true`: those; anything else, also nothing: the others [public: corporation/get-all-staffs.md, its note]. */
function threeWays(value: string | null): boolean | undefined {
  return value === null ? undefined : value === 'true';
}

/** What a list lets its caller choose by. */
interface Choices {
  readonly active?: boolean | undefined;
  readonly external?: boolean | undefined;
  readonly seated?: boolean | undefined;
}

async function list({ tenant }: Caller, call: Call, { store }: DialectContext, choices: Choices): Promise<Reply> {
  const { query } = call;
  const page = windowOf(call, tenant);
  if ('kind' in page) return errorReply(page);
  const between = datesOf(query, tenant);
  // The sibling list of dimension items answers a wrong date so (contract 5.7) [proposed].
  if (between === null) return answer({ count: 0, items: [] });
  const { active, external, seated } = choices;
  const about: EmployeePageQuery = {
    tenant: tenant.number,
    ...page,
    ...between,
    order: orderOf(query),
    ...(active === undefined ? {} : { active }),
    ...(external === undefined ? {} : { external }),
    ...(seated === undefined ? {} : { seated }),
  };
  const { total, employees, accounts } = await store.read(() => pageOf(about));
  const staff: Buffer[] = [];
  for (const employee of employees) staff.push(staffBytes(employee, accounts.get(employee.account ?? ''), tenant));
  return answerWith(joinValues(`{"count":${String(total)},"items":[`, staff, ']}'));
}

function* pageOf(
  about: EmployeePageQuery,
): StoreTask<QueryResults['employee-page'] & { accounts: ReadonlyMap<string, Account> }> {
  const { total, employees } = yield* load('employee-page', about);
  return { total, employees, accounts: yield* accountsOf(employees) };
}

/** The accounts of these employees, by account id. */
export function* accountsOf(employees: readonly Employee[]): StoreTask<ReadonlyMap<string, Account>> {
  const ids: string[] = [];
  for (const { account } of employees) if (account !== null) ids.push(account);
  return ids.length === 0 ? NO_ACCOUNTS : yield* load('accounts-by', { by: 'id', values: ids });
}

const NO_ACCOUNTS: ReadonlyMap<string, Account> = new Map();

/** Lists of staff. */
export const staffListRoutes: readonly Route[] = [
  {
    operation: 'staffs.list',
    method: 'GET',
    path: '/api/openapi/v1.1/staffs',
    answer: authenticated('general-directory', (caller, call, context) =>
      list(caller, call, context, {
        active: threeWays(call.query.get('active')),
        external: threeWays(call.query.get('external')),
      }),
    ),
  },
  {
    operation: 'staffs.list.v1',
    method: 'GET',
    path: '/api/openapi/v1/staffs',
    answer: authenticated('native-directory', (caller, call, context) =>
      list(caller, call, context, { active: threeWays(call.query.get('active')) }),
    ),
  },
  {
    operation: 'staffs.authorized',
    method: 'GET',
    path: '/api/openapi/v1/staffs/authorized',
    answer: authenticated('general-directory', (caller, call, context) =>
      list(caller, call, context, { seated: true }),
    ),
  },
];
