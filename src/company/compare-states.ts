import type { Ids } from '../lib/ids.ts';
import { inTurns } from '../directory/in-turns.ts';
import type { Store, TenantContents } from '../directory/store.ts';
import { Tenant } from '../directory/tenant.ts';
import type { PlannedStep } from './contract.ts';
import { exportCompany } from './export/export.ts';
import { planChanges } from './plan/plan.ts';
import { companyReader } from './read.ts';
import type { Platform } from './schema.ts';

/** So many things are named; of more, none. */
const MAX_THINGS = 10_000;

/** What is there only in the second state, only in the first one, and in both but not the same. */
export interface Compared {
  readonly added: readonly Pick<PlannedStep, 'kind' | 'id'>[];
  readonly removed: readonly Pick<PlannedStep, 'kind' | 'id'>[];
  readonly changed: readonly Pick<PlannedStep, 'kind' | 'id' | 'fields'>[];
}

/** Compares two states as company files: what the second one's file would do to the first one. */
export async function compareStates(
  store: Pick<Store, 'read'>,
  dialects: readonly Platform[],
  ids: Ids,
  [from, to]: readonly [TenantContents, TenantContents],
): Promise<Compared> {
  const draft = companyReader(dialects)([...exportCompany(to, dialects)].join(''));
  const at = to.tenant.parts.updatedAt;
  const { steps } = await inTurns(
    store,
    planChanges({ ...draft, accounts: new Map() }, withoutLogins(from), at, ids, dialects),
  );
  const named = (action: PlannedStep['action']): readonly PlannedStep[] =>
    steps.slice(0, MAX_THINGS).filter((step) => step.action === action);
  const changed = new Map(named('change').map(({ kind, id, fields }) => [`${kind} ${id}`, { kind, id, fields }]));
  for (const id of withOtherLogins(from, to)) {
    const known = changed.get(`employee ${id}`);
    changed.set(`employee ${id}`, { kind: 'employee', id, fields: [...(known?.fields ?? []), 'account'] });
  }
  return {
    added: named('add').map(({ kind, id }) => ({ kind, id })),
    removed: named('remove').map(({ kind, id }) => ({ kind, id })),
    changed: [...changed.values()].slice(0, MAX_THINGS),
  };
}

/** Logins are found by what other companies have now, which is no part of either state. */
function withoutLogins(contents: TenantContents): TenantContents {
  const { parts } = contents.tenant;
  // Rules are compared as those of two files, also where no file gave them.
  const faults = parts.faults?.map((rule) => ({ ...rule, from_file: true }) as const);
  return {
    ...contents,
    ...(faults === undefined ? {} : { tenant: new Tenant({ ...parts, faults }) }),
    employees: contents.employees.map((employee) => ({ ...employee, account: null })),
    accounts: new Map(),
  };
}

/** Own ids of employees in both states whose login identifiers differ. */
function withOtherLogins(from: TenantContents, to: TenantContents): readonly string[] {
  const loginOf = ({ accounts }: TenantContents, account: string | null): string => {
    const { mobile = null, email = null } = accounts.get(account ?? '') ?? {};
    return JSON.stringify([mobile, email]);
  };
  const before = new Map(from.employees.map(({ id, account }) => [id, loginOf(from, account)]));
  return to.employees.flatMap(({ id, account }) => {
    const login = before.get(id);
    return login === undefined || login === loginOf(to, account) ? [] : [id];
  });
}
