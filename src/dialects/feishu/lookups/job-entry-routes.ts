import type { TObject } from 'typebox';
import type { Route } from '../../dialect.ts';
import { isListed, listedEntry } from '../model/job-entry-extension.ts';
import type { Code } from '../protocol/codes.ts';
import { catalogRoutes } from './catalog-routes.ts';
import { catalogWriteRoutes, type CatalogWrites } from './catalog-writes.ts';
import type { JobEntryBody } from './job-entries.ts';

/** Job levels or job families as the contact API reads and writes them. */
export interface JobEntryRoutes<Body extends TObject> extends Omit<
  CatalogWrites<Body>,
  'catalog' | 'name' | 'parameter' | 'nameIn' | 'find'
> {
  readonly catalog: 'job-level' | 'job-family';
  /** What is said of an id that nothing has, by reads and by writes. */
  readonly unknown: { readonly read: Code; readonly write: Code };
}

/** Returns the routes that list, read, create, update and delete levels or families. */
export function jobEntryRoutes<Body extends TObject>(kind: JobEntryRoutes<Body>): readonly Route[] {
  const { catalog, path, member, show, unknown } = kind;
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
  const writes = catalogWriteRoutes({
    ...kind,
    name: catalog,
    parameter: `${member}_id`,
    // Both bodies have a name: `jobEntryMembers`.
    nameIn: (body) => (body as JobEntryBody).name,
    find: (tenant, id) => listedEntry(tenant, catalog, id) ?? unknown.write,
  });
  return [...reads, ...writes];
}
