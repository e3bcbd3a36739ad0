import type { Static, TObject } from 'typebox';
import type { CatalogEntry, CatalogName } from '../../../directory/catalog.ts';
import type { StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { plainText } from '../../../directory/text.ts';
import type { Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { validationErrorReply, type OperationContext } from '../auth/guarded-route.ts';
import { runOperation, type OperationResult } from '../auth/run-operation.ts';
import { authenticated } from '../employees/lifecycle/authenticated.ts';
import { createBodyReader } from '../protocol/body-validation.ts';
import type { Code } from '../protocol/codes.ts';
import { deletedEntry } from '../model/job-entry-extension.ts';

/** How the contact API writes one list of choices. */
export interface CatalogWrites<Body extends TObject> {
  readonly catalog: CatalogName;
  /** What the operations of the list are called by. */
  readonly name: 'job-level' | 'job-family' | 'employee-type-enum';
  readonly path: string;
  /** The path's parameter. */
  readonly parameter: string;
  /** The member in which an entry is answered. */
  readonly member: string;
  /** What new ids begin with. */
  readonly idPrefix: string;
  readonly body: Body;
  /** The name that a body gives the entry. */
  readonly nameIn: (body: Static<Body>) => string;
  /** Finds the entry that an id means, or why it cannot be written. */
  readonly find: (tenant: Tenant, id: string) => CatalogEntry | Code;
  /** The entry as asked for, or why not. `blank` is the entry as it is, or a new one. */
  readonly entryFrom: (body: Static<Body>, blank: CatalogEntry, isNew: boolean, tenant: Tenant) => CatalogEntry | Code;
  /** Why an entry cannot be deleted; null where it can. */
  readonly removalRefusal?: (entry: CatalogEntry, tenant: Tenant) => Code | null;
  readonly show: (entry: CatalogEntry, tenant: Tenant) => object;
}

/** Returns the routes that create, update and delete the entries of one list. */
export function catalogWriteRoutes<Body extends TObject>(list: CatalogWrites<Body>): readonly Route[] {
  const { catalog, name, path, parameter, member, body: schema, find, entryFrom, show } = list;
  const onePath = `${path}/:${parameter}`;
  const readBody = createBodyReader(schema);

  /** Answers a write that reads a body. */
  const written = async (
    operation: OperationContext,
    entryIn: (tenant: Tenant, body: Static<Body>) => CatalogEntry | Code,
  ): Promise<Reply> => {
    const read = readBody(operation.call.body);
    if ('violations' in read) return validationErrorReply(operation.exchange, read.violations, []);
    const { body } = read;
    const dataOf = (entry: CatalogEntry, tenant: Tenant): object => ({ [member]: show(entry, tenant) });
    return runOperation(operation, (caller, { at }) => put(caller, at, (tenant) => entryIn(tenant, body), dataOf));
  };

  const create: Route = {
    operation: `contact.${name}.create`,
    method: 'POST',
    path,
    body: schema,
    answer: authenticated(`contact.${name}.create`, (operation) => {
      const { context, exchange } = operation;
      const id = context.ids.fresh(list.idPrefix);
      return written(operation, (tenant, body) => {
        const text = plainText(list.nameIn(body));
        return entryFrom(
          body,
          context.recordFactory.catalogEntry(tenant, catalog, id, text, exchange.at),
          true,
          tenant,
        );
      });
    }),
  };

  const update: Route = {
    operation: `contact.${name}.update`,
    method: 'PUT',
    path: onePath,
    body: schema,
    answer: authenticated(`contact.${name}.update`, (operation) =>
      written(operation, (tenant, body) => {
        const before = find(tenant, operation.call.params[parameter] ?? '');
        return 'msg' in before ? before : entryFrom(body, before, false, tenant);
      }),
    ),
  };

  // Employees keep it, and are shown that it is deleted. [derived]
  const remove: Route = {
    operation: `contact.${name}.delete`,
    method: 'DELETE',
    path: onePath,
    answer: authenticated(`contact.${name}.delete`, (operation) => {
      const deleted = (tenant: Tenant): CatalogEntry | Code => {
        const before = find(tenant, operation.call.params[parameter] ?? '');
        if ('msg' in before) return before;
        return list.removalRefusal?.(before, tenant) ?? deletedEntry(before);
      };
      return runOperation(operation, (caller, { at }) => put(caller, at, deleted, () => ({})));
    }),
  };

  return [create, update, remove];
}

/** Puts an entry into its company: in the place of the one with the same own id, or as the last one. */
// oxlint-disable-next-line eslint/require-yield -- an operation may ask the store, this one need not
function* put(
  { tenant: now }: Caller,
  at: number,
  entryIn: (tenant: Tenant) => CatalogEntry | Code,
  dataOf: (entry: CatalogEntry, tenant: Tenant) => object,
): StoreTask<OperationResult> {
  const entry = entryIn(now);
  if ('msg' in entry) return { failure: entry };
  const after = { ...entry, updatedAt: at };
  const isThere = now.catalog(after.catalog).get(after.id) !== undefined;
  const catalogs = isThere
    ? now.parts.catalogs.map((one) => (one.catalog === after.catalog && one.id === after.id ? after : one))
    : [...now.parts.catalogs, after];
  const parts = { ...now.parts, catalogs, updatedAt: at };
  return { data: dataOf(after, now), effects: [{ write: 'tenant', now, parts }] };
}
