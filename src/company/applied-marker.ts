import { createHash } from 'node:crypto';
import { isObject } from '../lib/json-equal.ts';
import { COMPANY_FILE } from '../directory/history/change.ts';
import { load, pause, type Store, type StoreTask, type TenantContents } from '../directory/store.ts';
import type { AppliedFile, Tenant, TenantData } from '../directory/tenant.ts';

/** Returns the marker of a company that was just made equal to a file, when `change` was the newest one of the log. */
export function markerOf(parts: Omit<TenantData, 'number'>, change: number): AppliedFile {
  return { change, digest: digestOf(parts) };
}

/** Whether nothing of a company was changed since a file was last applied to it. */
export function* isAsApplied({ number, parts }: Tenant): StoreTask<boolean> {
  const { appliedFile } = parts;
  if (appliedFile === undefined || appliedFile.digest !== digestOf(parts)) return false;
  return !(yield* load('changed-since', { tenant: number, change: appliedFile.change, except: COMPANY_FILE }));
}

/** So many people or accounts are digested before others are let pass. */
const BATCH_SIZE = 50;

/**
 * Names the state of a company: another one after each change of what a file says, whatever is done to other companies.
 * It is of what was read, so that a plan made of the same contents is of this state and no later one.
 */
export function* stateOf(now: TenantContents | null): StoreTask<string> {
  if (now === null) return 'absent';
  const hash = createHash('sha256').update(`${String(now.tenant.number)} ${digestOf(now.tenant.parts)}`);
  const accounts = Array.from(now.accounts.values(), ({ id, mobile, email }) => [id, mobile, email] as const);
  // The order in which accounts are read is not always the same.
  const inIdOrder = accounts.toSorted(([one], [other]) => (one < other ? -1 : 1));
  yield* pause();
  for (const things of [now.employees, inIdOrder]) {
    for (let from = 0; from < things.length; from += BATCH_SIZE) {
      hash.update(JSON.stringify(things.slice(from, from + BATCH_SIZE)));
      yield* pause();
    }
  }
  return hash.digest('base64url').slice(0, 22);
}

/** The same by the company's key; null where there is no such company. */
export async function isCompanyAsApplied(store: Store, key: string): Promise<boolean | null> {
  const tenant = await store.tenantByKey(key);
  return tenant === null ? null : await store.read(() => isAsApplied(tenant));
}

/** Changes with everything of a company but its employees, whose changes the log has. */
function digestOf({
  appliedFile: _marker,
  removedDepartments: _removed,
  // A test's clock is nothing that a file says, nor is what was accepted, nor are faults that it does not have.
  clock: _clock,
  suppressions: _suppressions,
  faults = [],
  ...parts
}: Omit<TenantData, 'number'> & { readonly number?: number }): string {
  const { number: _number, ...others } = parts;
  const inFile = faults.filter((rule) => rule.from_file === true);
  const rest = inFile.length === 0 ? others : { ...others, faults: inFile };
  return createHash('sha256')
    .update(JSON.stringify(inOrder(rest)))
    .digest('base64url');
}

/** The same value with the members of each object in order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((name) => [name, inOrder(value[name])]),
  );
}
