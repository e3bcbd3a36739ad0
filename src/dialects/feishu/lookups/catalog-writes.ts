import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { Decision, StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Reply } from '../../dialect.ts';
import { reloadCaller, revokedTokenCode, type Caller } from '../auth/caller.ts';
import type { OperationContext } from '../auth/guarded-route.ts';
import type { Code } from '../protocol/codes.ts';
import { errorReply, successReply } from '../protocol/envelope.ts';

/** Puts an entry into its company: in the place of the one with the same own id, or as the last one. */
export function* decideEntry(
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

/** The answer to a write of an entry. */
export function entryReply(
  { caller, exchange }: OperationContext,
  decided: CatalogEntry | Code | 'gone',
  dataOf: (entry: CatalogEntry) => object,
): Reply {
  if (decided === 'gone') return errorReply(exchange, revokedTokenCode(caller));
  return 'msg' in decided ? errorReply(exchange, decided) : successReply(exchange, dataOf(decided));
}
