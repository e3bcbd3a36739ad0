import { CompanyFileError } from '../../../company/contract.ts';
import { putEntry, putField, removeEntry, removeField, type PartChange } from '../../../company/parts/change-parts.ts';
import { entryInFile, fieldInFile, listInFile, listsInFile } from '../../../company/parts/in-file.ts';
import { PartRefused } from '../../../company/parts/part-refused.ts';
import { hasEntry, hasField, peopleWith } from '../../../company/parts/people-with.ts';
import type { Call, Dialect, DialectContext, Reply, Route } from '../../../dialects/dialect.ts';
import type { CatalogName } from '../../../directory/catalog.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { Decision, StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { parseJson } from '../../../lib/json.ts';
import { companyOf, isCompany, wholeNumber } from '../console/company-param.ts';
import { json, noContent, problem } from '../reply.ts';
import type { CatalogueList, FieldList, PeopleHaving } from './contract.ts';

const COMPANY = '/mingce/v1/companies/:key';
const LIST = `${COMPANY}/catalogues/:list`;
const ENTRY = `${LIST}/:entry`;
const FIELD = `${COMPANY}/fields/:field`;

type Dialects = readonly Pick<Dialect, 'name' | 'company'>[];
type Work = (tenant: Tenant, call: Call, context: DialectContext) => Reply | Promise<Reply>;

/** The lists of choices of a company and its own fields, each entry in the form of the company file. */
export function catalogueRoutes(dialects: Dialects): readonly Route[] {
  const change = (operation: string, tenant: Tenant, { requestId }: Call, context: DialectContext): PartChange => ({
    tenant,
    dialects,
    recordFactory: context.recordFactory,
    origin: { dialect: 'admin', operation, app: null, request: requestId, at: context.now(tenant) },
  });
  const entryWrite = (operation: 'catalogues.add' | 'catalogues.edit'): Work => {
    const isNew = operation === 'catalogues.add';
    return async (tenant, call, context) => {
      const catalog = listIn(call);
      const given = membersIn(call);
      if (catalog === null) return NO_LIST;
      if (given === null) return NOT_AN_OBJECT;
      const id = isNew ? idIn(given, context, 'c-') : (call.params['entry'] ?? '');
      const put = change(operation, tenant, call, context);
      const entry = await context.store.write(() => putEntry(put, catalog, { id, isNew, given }));
      return json(isNew ? 201 : 200, entryInFile(entry, dialects));
    };
  };
  const fieldWrite = (operation: 'fields.add' | 'fields.edit'): Work => {
    const isNew = operation === 'fields.add';
    return async (tenant, call, context) => {
      const given = membersIn(call);
      if (given === null) return NOT_AN_OBJECT;
      const id = isNew ? idIn(given, context, 'f-') : (call.params['field'] ?? '');
      const put = change(operation, tenant, call, context);
      const field = await context.store.write(() => putField(put, { id, isNew, given }));
      return json(isNew ? 201 : 200, fieldInFile(field, dialects));
    };
  };
  const removal = (
    operation: 'catalogues.remove' | 'fields.remove',
    remove: (change: PartChange, call: Call) => StoreTask<Decision<unknown>>,
  ): Work => {
    return async (tenant, call, context) => {
      const about = change(operation, tenant, call, context);
      await context.store.write(() => remove(about, call));
      return noContent;
    };
  };
  return [
    route('catalogues.list', 'GET', `${COMPANY}/catalogues`, (tenant) =>
      json(200, { catalogues: listsInFile(tenant, dialects) } satisfies CatalogueList),
    ),
    route('catalogues.add', 'POST', LIST, entryWrite('catalogues.add')),
    route('catalogues.edit', 'PATCH', ENTRY, entryWrite('catalogues.edit')),
    route(
      'catalogues.remove',
      'DELETE',
      ENTRY,
      removal('catalogues.remove', (about, call) => {
        // A name that is no list has no entry, which is what is answered.
        return removeEntry(about, listIn(call) ?? 'dimension:', call.params['entry'] ?? '');
      }),
    ),
    route('catalogues.people', 'GET', `${ENTRY}/people`, (tenant, call, context) => {
      const catalog = listIn(call);
      const entry = catalog === null ? undefined : tenant.catalog(catalog).get(call.params['entry'] ?? '');
      return entry === undefined ? NO_ENTRY : peopleReply(tenant, call, context, hasEntry(dialects, entry));
    }),
    route('fields.list', 'GET', `${COMPANY}/fields`, ({ parts }) =>
      json(200, { fields: parts.customFields.map((field) => fieldInFile(field, dialects)) } satisfies FieldList),
    ),
    route('fields.add', 'POST', `${COMPANY}/fields`, fieldWrite('fields.add')),
    route('fields.edit', 'PATCH', FIELD, fieldWrite('fields.edit')),
    route(
      'fields.remove',
      'DELETE',
      FIELD,
      removal('fields.remove', (about, { params }) => removeField(about, params['field'] ?? '')),
    ),
    route('fields.people', 'GET', `${FIELD}/people`, (tenant, call, context) => {
      const field = tenant.customFields.get(call.params['field'] ?? '');
      return field === undefined ? NO_FIELD : peopleReply(tenant, call, context, hasField(field.id));
    }),
  ];
}

const NO_LIST = problem(404, 'A list is one of the company file, e.g. job_titles, or dimension: with a name.');
const NO_ENTRY = problem(404, 'The company has no entry of this id.');
const NO_FIELD = problem(404, 'The company has no field of this id.');
const NOT_AN_OBJECT = problem(422, 'Send the members as a JSON object, as the company file has them.');

function route(operation: string, method: Route['method'], path: string, work: Work): Route {
  return {
    operation,
    method,
    path,
    answer: async (call, context) => {
      const tenant = await companyOf(call, context);
      if (!isCompany(tenant)) return tenant;
      try {
        return await work(tenant, call, context);
      } catch (error) {
        if (error instanceof PartRefused) return problem(error.kind === 'missing' ? 404 : 409, error.message);
        if (error instanceof CompanyFileError)
          return problem(422, 'What was sent has mistakes; nothing was changed.', { faults: error.faults });
        throw error;
      }
    },
  };
}

function listIn({ params }: Call): CatalogName | null {
  return listInFile(params['list'] ?? '');
}

function membersIn({ body }: Call): Readonly<Record<string, unknown>> | null {
  const parsed = parseJson(body);
  return parsed.ok && isObject(parsed.value) ? parsed.value : null;
}

/** The id that is given, which the schema looks at, or a fresh one. */
function idIn({ id }: Readonly<Record<string, unknown>>, { ids }: DialectContext, prefix: string): string {
  return typeof id === 'string' ? id : ids.fresh(prefix);
}

async function peopleReply(
  tenant: Tenant,
  { query }: Call,
  { store }: DialectContext,
  has: (employee: Employee) => boolean,
): Promise<Reply> {
  const limit = wholeNumber(query, 'limit', { least: 1, most: 200, fallback: 20 });
  if (typeof limit !== 'number') return limit;
  const { people, total, isComplete } = await peopleWith(store, tenant.number, limit, has);
  return json(200, {
    people: people.map(({ id, name }) => ({ id, name: name.value })),
    total,
    complete: isComplete,
  } satisfies PeopleHaving);
}
