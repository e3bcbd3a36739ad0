import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Dialect, DialectContext, Route } from '../../../dialects/dialect.ts';
import { EDIT_FIELDS, type Edits } from '../../../dialects/dialect-facts.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { parseJson } from '../../../lib/json.ts';
import type { EditBody, EditCheck } from '../../../sandbox/dry-run/contract.ts';
import { DryRunError } from '../../../sandbox/dry-run/dry-store.ts';
import { platformCheck } from '../../../sandbox/dry-run/person-check.ts';
import { employeesNamed } from '../../../sandbox/employees-named.ts';
import type { SandboxMode } from '../../../sandbox/snapshots/contract.ts';
import { companyOf, isCompany } from '../console/company-param.ts';
import { languageOf } from '../language.ts';
import { isEmployee, theOnly } from '../people/person.ts';
import { json, problem } from '../reply.ts';
import { needsSandbox } from './sandbox-mode.ts';

/** So many titles are listed. */
const MAX_TITLES = 500;

/** So many departments are given. */
const MAX_DEPARTMENTS = 100;

const value = Type.Optional(Type.Union([Type.String({ maxLength: 5_000 }), Type.Null()]));
const departments = Type.Array(Type.String({ maxLength: 200 }), { maxItems: MAX_DEPARTMENTS });
const { departments: _list, ...texts } = Object.fromEntries(EDIT_FIELDS.map((field) => [field, value]));
const body = Compile(
  Type.Object(
    {
      changes: Type.Object({ ...texts, departments: Type.Optional(departments) }, { additionalProperties: false }),
      nearest: Type.Optional(Type.String({ maxLength: 100 })),
    },
    { additionalProperties: false },
  ),
);
const USAGE = `The body is { "changes": { "mobile": "+86…", "departments": ["…"] } }: texts, or null, of ${Object.keys(texts).join(', ')}; ids of departments, the main one first; and, if wanted, "nearest", a platform.`;

/** Says what each platform would make of new values of a person; nothing is written. */
export function checkPersonRoute(dialects: readonly Dialect[], mode: SandboxMode): Route {
  return {
    operation: 'employees.check',
    method: 'POST',
    path: '/mingce/v1/companies/:key/employees/:id/check',
    answer: needsSandbox(mode, async (call, context) => {
      const parsed = parseJson(call.body);
      if (!parsed.ok || !body.Check(parsed.value)) return problem(400, USAGE);
      const { changes, nearest } = parsed.value as EditBody;
      const tenant = await companyOf(call, context);
      if (!isCompany(tenant)) return tenant;
      const named = () => employeesNamed(dialects, tenant, call.params['id'] ?? '');
      const employee = theOnly(await context.store.read(named));
      if (!isEmployee(employee)) return employee;
      const leader = await leaderOf(tenant, changes, context);
      const language = languageOf(call);
      const edit = { tenant, employee, edits: changes, leader, context, origin: call.origin, nearest, language };
      const asked = Object.keys(changes).length === 0 ? [] : dialects;
      try {
        const platforms = await Promise.all(asked.map((dialect) => platformCheck(dialect, edit)));
        return json(200, { employee: employee.id, platforms, job_titles: titlesOf(tenant) } satisfies EditCheck);
      } catch (error) {
        if (error instanceof DryRunError) return problem(409, error.message);
        throw error;
      }
    }),
  };
}

/** Finds the employee who is to lead; null where none is named, or there is none. */
async function leaderOf({ number }: Tenant, { leader }: Edits, { store }: DialectContext): Promise<Employee | null> {
  if (leader === undefined || leader === null || leader === '') return null;
  const found = await store.read(() => load('employees-by-id', { tenant: number, ids: [leader] }));
  return found.get(leader) ?? null;
}

function titlesOf({ parts }: Tenant): EditCheck['job_titles'] {
  return parts.catalogs
    .filter(({ catalog, enabled }) => catalog === 'job-title' && enabled)
    .slice(0, MAX_TITLES)
    .map(({ id, name }) => ({ id, name: name.value }));
}
