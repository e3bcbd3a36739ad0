import type { Coverage, Dialect, Route } from '../../../dialects/dialect.ts';
import type { OperationLine, OperationList, OperationView } from '../../../sandbox/operations/contract.ts';
import { fieldsIn } from '../../../sandbox/operations/schema-fields.ts';
import { json, problem } from '../reply.ts';

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
      answer: ({ params }) => {
        const dialect = dialects.find(({ name }) => name === params['platform']);
        const covered = dialect?.coverage.find(({ operation }) => operation === params['operation']);
        if (dialect === undefined || covered === undefined) {
          return Promise.resolve(
            problem(404, 'No platform has such an operation; GET /mingce/v1/operations lists them.'),
          );
        }
        const body = routeOf(dialect, covered)?.body;
        const view: OperationView = {
          ...lineOf(dialect, covered),
          params: [...covered.path.matchAll(/[:{]([A-Za-z_]+)\}?/g)].map(([, name = '']) => name),
          fields: body === undefined ? [] : fieldsIn(body),
        };
        return Promise.resolve(json(200, view));
      },
    },
  ];
}

function lineOf(dialect: Dialect, covered: Coverage): OperationLine {
  const { operation, method, path, status, note, source } = covered;
  return {
    platform: dialect.name,
    operation,
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
