import type { Call, Coverage, Dialect, DialectContext, Reply, Route } from '../../../dialects/dialect.ts';
import type { Department } from '../../../directory/departments/department.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { employeesNamed } from '../../../sandbox/employees-named.ts';
import type { OperationLine, OperationList, OperationView } from '../../../sandbox/operations/contract.ts';
import { fieldsIn } from '../../../sandbox/operations/schema-fields.ts';
import { isEmployee, theOnly } from '../people/person.ts';
import { json, problem } from '../reply.ts';
import { companyOf, isCompany } from './company-param.ts';

/** What each platform has, how far it is served, and what each operation takes. */
export function operationRoutes(dialects: readonly Dialect[]): readonly Route[] {
  const path = '/mingce/v1/operations';
  return [
    {
      operation: 'operations.list',
      method: 'GET',
      path,
      answer: ({ query }) => {
        const platform = query.get('platform');
        const operations = dialects
          .filter(({ name }) => platform === null || name === platform)
          .flatMap((dialect) => dialect.coverage.map((covered) => lineOf(dialect, covered)));
        return Promise.resolve(json(200, { operations } satisfies OperationList));
      },
    },
    {
      operation: 'operations.get',
      method: 'GET',
      path: `${path}/:platform/:operation`,
      answer: async (call, context) => {
        const { params } = call;
        const dialect = dialects.find(({ name }) => name === params['platform']);
        const covered = dialect?.coverage.find(({ operation }) => operation === params['operation']);
        if (dialect === undefined || covered === undefined) {
          return problem(404, 'No platform has such an operation; GET /mingce/v1/operations lists them.', {
            code: 'no-operation',
          });
        }
        const employee = await employeeOf(call, context, dialects);
        if (employee !== null && !isEmployee(employee)) return employee;
        const department = await departmentOf(call, context);
        if (department !== undefined && 'status' in department) return department;
        const route = routeOf(dialect, covered);
        const view: OperationView = {
          ...lineOf(dialect, covered),
          params: [...covered.path.matchAll(/[:{]([A-Za-z_]+)\}?/g)].map(([, name = '']) => name),
          fields: route?.body === undefined ? [] : fieldsIn(route.body),
          start: route === undefined ? null : dialect.facts.start(route, employee, department),
        };
        return json(200, view);
      },
    },
  ];
}

/** The employee that the query names; null where it names none. */
async function employeeOf(
  call: Call,
  context: DialectContext,
  dialects: readonly Dialect[],
): Promise<Employee | Reply | null> {
  const id = call.query.get('employee');
  if (id === null || id === '') return null;
  const tenant = await companyOf(call, context);
  if (!isCompany(tenant)) return tenant;
  return theOnly(await context.store.read(() => employeesNamed(dialects, tenant, id)));
}

/** The department that the query names by its own id; undefined where it names none. */
async function departmentOf(call: Call, context: DialectContext): Promise<Department | Reply | undefined> {
  const id = call.query.get('department');
  if (id === null || id === '') return undefined;
  const tenant = await companyOf(call, context);
  if (!isCompany(tenant)) return tenant;
  return tenant.departments.get(id) ?? problem(404, 'The company has no department with this id.');
}

function lineOf(dialect: Dialect, covered: Coverage): OperationLine {
  const { operation, method, path, status, note, source } = covered;
  return {
    platform: dialect.name,
    operation,
    title: dialect.operationTitles[operation] ?? null,
    method,
    path,
    status,
    note: note ?? null,
    page: source,
    has_body: routeOf(dialect, covered)?.body !== undefined,
  };
}

function routeOf({ routes }: Dialect, { operation }: Coverage): Route | undefined {
  return routes.find((route) => route.operation === operation);
}
