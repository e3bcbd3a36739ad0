import type { Dialect, Route } from '../../../dialects/dialect.ts';
import type { PersonFacts } from '../../../dialects/dialect-facts.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { employeesNamed } from '../../../sandbox/employees-named.ts';
import { personViews, type ReaderChoice } from '../../../sandbox/views/person-views.ts';
import { companyOf, isCompany } from '../console/company-param.ts';
import { languageOf } from '../language.ts';
import { json } from '../reply.ts';
import { isEmployee, theOnly } from './person.ts';

/** A person as each platform's own read shows them, with what differs from the record and why. */
export function viewsRoute(dialects: readonly Dialect[]): Route {
  return {
    operation: 'employees.views',
    method: 'GET',
    path: '/mingce/v1/companies/:key/employees/:id/views',
    answer: async (call, context) => {
      const tenant = await companyOf(call, context);
      if (!isCompany(tenant)) return tenant;
      const { store } = context;
      const employee = theOnly(await store.read(() => employeesNamed(dialects, tenant, call.params['id'] ?? '')));
      if (!isEmployee(employee)) return employee;
      const person = await store.read(() => factsOf(tenant, employee));
      const choices = Object.fromEntries(dialects.map(({ name }) => [name, choiceIn(call.query.get(name))] as const));
      const options = { dialects, context, origin: call.origin, choices, language: languageOf(call) };
      return json(200, await personViews(person, options));
    },
  };
}

/** Reads `reader:app`, `reader` or nothing; the key of an app may contain colons. */
function choiceIn(text: string | null): ReaderChoice {
  if (text === null || text === '') return {};
  const colon = text.indexOf(':');
  return colon < 0 ? { reader: text } : { reader: text.slice(0, colon), app: text.slice(colon + 1) };
}

function* factsOf(tenant: Tenant, employee: Employee): StoreTask<PersonFacts> {
  const { leader, dottedLeaders, account } = employee;
  const ids = [...(leader === null ? [] : [leader]), ...dottedLeaders];
  const people = ids.length === 0 ? [] : [...(yield* load('employees-by-id', { tenant: tenant.number, ids })).values()];
  const accounts = account === null ? null : yield* load('accounts-by', { by: 'id', values: [account] });
  return { tenant, employee, people, account: (account === null ? null : accounts?.get(account)) ?? null };
}
