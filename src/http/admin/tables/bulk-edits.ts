import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Dialect, Route } from '../../../dialects/dialect.ts';
import { parseJson } from '../../../lib/json.ts';
import type { TableImports } from '../../../company/tables/imports/imports.ts';
import { companyOf, isCompany } from '../console/company-param.ts';
import { selectedIds } from '../people/list.ts';
import { json } from '../reply.ts';
import { answeredImport } from './import-errors.ts';
import { wrongRequest } from './wrong-request.ts';

/** So many people can be named one by one; more are meant by a filter. */
const MAX_IDS = 1_000;
const MAX_FIELDS = 20;

const edit = Compile(
  Type.Object(
    {
      select: Type.Union([
        Type.Object(
          { ids: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1, maxItems: MAX_IDS }) },
          { additionalProperties: false },
        ),
        Type.Object(
          {
            filter: Type.Object(
              {
                q: Type.Optional(Type.String({ maxLength: 200 })),
                department: Type.Optional(Type.String({ maxLength: 64 })),
                below: Type.Optional(Type.Boolean()),
                status: Type.Optional(Type.String({ maxLength: 200 })),
              },
              { additionalProperties: false },
            ),
          },
          { additionalProperties: false },
        ),
      ]),
      set: Type.Record(Type.String({ minLength: 1, maxLength: 80 }), Type.String({ maxLength: 5_000 }), {
        minProperties: 1,
        maxProperties: MAX_FIELDS,
      }),
    },
    { additionalProperties: false },
  ),
);

/** The same values for many people: a table that the server writes, and that is checked, applied and taken back as any other. */
export function bulkEditRoutes(imports: TableImports, dialects: readonly Dialect[]): readonly Route[] {
  const path = '/mingce/v1/companies/:key/imports/people';
  return [
    {
      operation: 'imports.create-for-people',
      method: 'POST',
      path,
      answer: (call, context) =>
        answeredImport(async () => {
          const tenant = await companyOf(call, context);
          if (!isCompany(tenant)) return tenant;
          const parsed = parseJson(call.body);
          if (!parsed.ok || !edit.Check(parsed.value)) {
            const [example, most] = [
              '{ "select": { "ids": ["e1"] }, "set": { "departments": "backend" } }',
              String(MAX_IDS),
            ];
            const filter = '"filter": { "q", "department", "below", "status" }';
            return wrongRequest(
              `The body is ${example}, with at most ${most} ids, or ${filter} in the place of "ids".`,
              `请求体是 ${example}，ids 最多 ${most} 个；也可用 ${filter} 代替 "ids"。`,
            );
          }
          const { select, set } = parsed.value;
          const ids =
            'ids' in select
              ? [...new Set(select.ids)]
              : await selectedIds(dialects, context.store, tenant, queryOf(select.filter));
          return 'status' in ids ? ids : json(201, await imports.createBulkEdit(tenant.key, { ids, set }));
        }),
    },
    {
      operation: 'imports.people-fields',
      method: 'GET',
      path,
      answer: ({ params }) =>
        answeredImport(async () => json(200, { fields: await imports.bulkEditFields(params['key'] ?? '') })),
    },
  ];
}

function queryOf(filter: Readonly<Record<string, string | boolean>>): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]));
}
