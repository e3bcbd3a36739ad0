import type { LiveValue } from '../../../../connectors/connector.ts';
import type { ItemVerdict } from '../../../../connectors/writing.ts';
import type { Delivery } from '../../../../directory/targets/target-store.ts';
import type { Context } from '../context.ts';
import { OPEN, stillOf, waitsFor, type KeptChanges } from '../kept.ts';
import { PASSED_ON } from '../../match.ts';
import { ownPeople } from '../../own-people.ts';
import { companyOf, employeeSubject, recordsNow } from '../take.ts';

/** Values that colleagues still have there. */
export interface Taken {
  /** Whose they are, as it is said of a field. */
  readonly fields: Readonly<Record<string, string>>;
  /** Whether each of these colleagues has a change that is still to be delivered. */
  readonly isComing: boolean;
}

/** Finds out whether something was refused because a colleague still has the value there; null where none has. */
export async function takenFrom(
  context: Context,
  subject: string,
  changes: KeptChanges,
  verdicts: readonly ItemVerdict[],
): Promise<Taken | null> {
  const causes = new Set(
    verdicts.flatMap(({ fate, cause }) => (fate === 'refused' && cause !== undefined ? [cause] : [])),
  );
  const { live, setup, store, target } = context;
  const fields: Record<string, string> = {};
  const holders = new Set<string>();
  for (const key of PASSED_ON) {
    const value = valueOf(changes[key]?.to);
    if (value === null || (causes.size > 0 && !causes.has(key))) continue;
    const { matches } = await live.run(live.writes.find(key, [value], live.target, setup));
    const ids = [...matches.values()].flat();
    const links = ids.length === 0 ? [] : await store.targets.linksByLiveId(target.id, 'employee', ids);
    const holder = links.find((link) => link.state === 'linked' && link.subject !== subject);
    if (holder === undefined) continue;
    fields[key] = stillOf(holder.subject);
    holders.add(holder.subject);
  }
  if (holders.size === 0) return null;
  return { fields, isComing: await areComing(context, subject, [...holders]) };
}

/** Whether each of some colleagues has a change that is still to be delivered, and does not wait for the employee in turn. */
export async function areComing(context: Context, subject: string, holders: readonly string[]): Promise<boolean> {
  const { store, target, tenant } = context;
  const { newest, records } = await store.read(() => recordsNow({ tenant: tenant.number, ids: holders }));
  const [link] = await store.targets.linksOf(target.id, [employeeSubject(subject)]);
  // Who takes a value of the employee in turn waits for ever.
  const isSwap = ownPeople(companyOf(tenant, [...records.values()])).some(({ values }) =>
    PASSED_ON.some((key) => valueOf(values[key]) !== null && values[key] === link?.base?.[key]),
  );
  if (isSwap) return false;
  for (const holder of holders) {
    const open = await openOf(context, holder);
    if (open === null ? (newest.get(holder) ?? 0) <= target.cursor : await isWaiting(context, open, subject))
      return false;
  }
  return true;
}

async function openOf({ store, target }: Context, subject: string): Promise<Delivery | null> {
  const asked = { states: OPEN, subject: employeeSubject(subject), limit: 1 };
  return (await store.targets.deliveries(target.id, asked))[0] ?? null;
}

/** Whether a delivery waits for an employee in the end. */
async function isWaiting(context: Context, open: Delivery, subject: string): Promise<boolean> {
  const seen = new Set<string>();
  const ahead = [...waitsFor(open)];
  for (let one = ahead.pop(); one !== undefined; one = ahead.pop()) {
    if (one === subject) return true;
    if (seen.has(one)) continue;
    seen.add(one);
    const next = await openOf(context, one);
    if (next !== null) ahead.push(...waitsFor(next));
  }
  return false;
}

function valueOf(to: LiveValue | undefined): string | null {
  return typeof to === 'string' && to !== '' ? to : null;
}
