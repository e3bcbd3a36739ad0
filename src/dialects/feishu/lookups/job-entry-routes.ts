import type { Static, TObject } from 'typebox';
import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { Decision, StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { plainText } from '../../../directory/text.ts';
import type { Reply, Route } from '../../dialect.ts';
import { reloadCaller, revokedTokenCode, type Caller } from '../auth/caller.ts';
import { validationErrorReply, type OperationContext } from '../auth/guarded-route.ts';
import { authenticated } from '../employees/lifecycle/authenticated.ts';
import { isListed, listedEntry } from '../model/job-entry-extension.ts';
import { createBodyReader } from '../protocol/body-validation.ts';
import type { Code } from '../protocol/codes.ts';
import { errorReply, successReply } from '../protocol/envelope.ts';
import { catalogRoutes } from './catalog-routes.ts';
import { deletedEntry, type JobEntryBody } from './job-entries.ts';

/** Job levels or job families as the contact API reads and writes them. */
export interface JobEntryRoutes<Body extends TObject> {
  readonly catalog: 'job-level' | 'job-family';
  readonly path: string;
  /** The member in which one is answered, which is also the beginning of the path's parameter. */
  readonly member: string;
  /** What new ids begin with. */
  readonly idPrefix: string;
  readonly body: Body;
  /** The entry as asked for, or why not. `blank` is the entry as it is, or a new one. */
  readonly entryFrom: (body: Static<Body>, blank: CatalogEntry, isNew: boolean, tenant: Tenant) => CatalogEntry | Code;
  /** Why an entry cannot be deleted; null where it can. */
  readonly removalRefusal?: (entry: CatalogEntry, tenant: Tenant) => Code | null;
  readonly show: (entry: CatalogEntry, tenant: Tenant) => object;
  /** What is said of an id that nothing has, by reads and by writes. */
  readonly unknown: { readonly read: Code; readonly write: Code };
}

/** Returns the routes that list, read, create, update and delete levels or families. */
export function jobEntryRoutes<Body extends TObject>(kind: JobEntryRoutes<Body>): readonly Route[] {
  const { catalog, path, member, body: schema, entryFrom, show, unknown } = kind;
  const parameter = `${member}_id`;
  const onePath = `${path}/:${parameter}`;
  const readBody = createBodyReader(schema);
  const reads = catalogRoutes({
    catalog,
    list: `contact.${catalog}.list`,
    get: `contact.${catalog}.get`,
    path,
    member,
    limits: { usual: 10, most: 50 },
    isNamed: true,
    isShown: isListed,
    unknown: unknown.read,
    show,
  });

  /** Answers a write that reads a body. */
  const written = async (
    operation: OperationContext,
    entryIn: (tenant: Tenant, body: Static<Body>) => CatalogEntry | Code,
  ): Promise<Reply> => {
    const { call, caller, context, exchange } = operation;
    const { body, ...read } = readBody(call.body);
    if (body === null) return validationErrorReply(exchange, 'violations' in read ? read.violations : [], []);
    const decided = await context.store.write(() => decide(caller, exchange.at, (tenant) => entryIn(tenant, body)));
    return replyTo(operation, decided, (entry) => ({ [member]: show(entry, caller.tenant) }));
  };

  const create: Route = {
    operation: `contact.${catalog}.create`,
    method: 'POST',
    path,
    body: schema,
    answer: authenticated(`contact.${catalog}.create`, (operation) => {
      const { context, exchange } = operation;
      const id = context.ids.fresh(kind.idPrefix);
      return written(operation, (tenant, body) => {
        // Both bodies have a name: `jobEntryMembers`.
        const { name } = body as JobEntryBody;
        const blank = context.recordFactory.catalogEntry(tenant, catalog, id, plainText(name), exchange.at);
        return entryFrom(body, blank, true, tenant);
      });
    }),
  };

  const update: Route = {
    operation: `contact.${catalog}.update`,
    method: 'PUT',
    path: onePath,
    body: schema,
    answer: authenticated(`contact.${catalog}.update`, (operation) =>
      written(operation, (tenant, body) => {
        const before = listedEntry(tenant, catalog, operation.call.params[parameter] ?? '');
        return before === undefined ? unknown.write : entryFrom(body, before, false, tenant);
      }),
    ),
  };

  // Employees keep it, and are shown that it is deleted. [derived]
  const remove: Route = {
    operation: `contact.${catalog}.delete`,
    method: 'DELETE',
    path: onePath,
    answer: authenticated(`contact.${catalog}.delete`, async (operation) => {
      const { call, caller, context, exchange } = operation;
      const decided = await context.store.write(() =>
        decide(caller, exchange.at, (tenant) => {
          const before = listedEntry(tenant, catalog, call.params[parameter] ?? '');
          if (before === undefined) return unknown.write;
          return kind.removalRefusal?.(before, tenant) ?? deletedEntry(before);
        }),
      );
      return replyTo(operation, decided, () => ({}));
    }),
  };

  return [...reads, create, update, remove];
}

/** Puts an entry into its company: in the place of the one with the same own id, or as the last one. */
function* decide(
  known: Caller,
  at: number,
  entryIn: (tenant: Tenant) => CatalogEntry | Code,
): StoreTask<Decision<CatalogEntry | Code | 'gone'>> {
  const caller = yield* reloadCaller(known);
  if (caller === null) return { answer: 'gone', effects: [] };
  const now = caller.tenant;
  const entry = entryIn(now);
  if ('msg' in entry) return { answer: entry, effects: [] };
  const after = { ...entry, updatedAt: at };
  const isThere = now.catalog(after.catalog).get(after.id) !== undefined;
  const catalogs = isThere
    ? now.parts.catalogs.map((one) => (one.catalog === after.catalog && one.id === after.id ? after : one))
    : [...now.parts.catalogs, after];
  const parts = { ...now.parts, catalogs, updatedAt: at };
  return { answer: after, effects: [{ write: 'tenant', now, parts }] };
}

function replyTo(
  { caller, exchange }: OperationContext,
  decided: CatalogEntry | Code | 'gone',
  dataOf: (entry: CatalogEntry) => object,
): Reply {
  if (decided === 'gone') return errorReply(exchange, revokedTokenCode(caller));
  return 'msg' in decided ? errorReply(exchange, decided) : successReply(exchange, dataOf(decided));
}
