import type { FieldRow, LivePerson, LiveValue } from '../../../../connectors/connector.ts';
import { isInService } from '../../../../directory/employees/employee.ts';
import { load } from '../../../../directory/store.ts';
import type { Link, PauseReason } from '../../../../directory/targets/target-store.ts';
import type { TargetSettings } from '../../../../directory/targets/target.ts';
import { deepEqual } from '../../../../lib/json-equal.ts';
import type { Log } from '../../../../lib/log.ts';
import { isAsShown } from '../../normalised.ts';
import { valueOf } from '../../plan/perform.ts';
import { mustHold, UnreadableError, type Context } from '../context.ts';
import { OPEN } from '../kept.ts';
import { referencesOf, type References } from '../references.ts';

/** So many of the people who were verified last are looked at. */
const LOOKED_AT = 20;
/** From so many, and such a share of them, on it is no coincidence. */
const MANY = 5;
const SHARE = 0.2;
/** The open deliveries that are asked for. */
const MAX_OPEN = 2_000;

/** Why a target is paused that is ahead of what is kept here. */
const AHEAD = 'live-is-ahead' satisfies PauseReason;

/** Whether a process may begin to write to a target; pauses the target where the tenant is ahead of what is kept here. */
export async function mayBegin(context: Context, log: Log): Promise<boolean> {
  const { store, target } = context;
  const isAhead = await isLiveAhead(context);
  // An operator who resumed it has looked: until the two agree again it is not asked about twice.
  const isKnown = target.reason === AHEAD;
  if (isAhead && !isKnown) {
    mustHold(await store.targets.change(target, { state: 'paused', reason: AHEAD }));
    log.error('target-paused', { target: target.platform, reason: AHEAD });
    return false;
  }
  if (!isAhead && isKnown) mustHold(await store.targets.change(target, { reason: null }));
  return true;
}

/**
 * Whether the live tenant is ahead of what is kept here, as it is where an older copy of the database was put back: of those
 * who were verified last, too many are not there as both sides agreed. Throws {@link UnreadableError}.
 */
async function isLiveAhead(context: Context): Promise<boolean> {
  const { store, target, tenant, live, setup, settings } = context;
  const open = await store.targets.deliveries(target.id, { states: OPEN, limit: MAX_OPEN });
  const isOpen = new Set(open.filter(({ kind }) => kind === 'employee').map(({ subject }) => subject));
  const newest = await store.targets.newestLinks(target.id, LOOKED_AT + isOpen.size);
  const ids = newest.map(({ subject }) => subject);
  const ours = await store.read(() => load('employees-by-id', { tenant: tenant.number, ids }));
  const isHere = (subject: string): boolean => {
    const one = ours.get(subject);
    return one !== undefined && isInService(one);
  };
  // What is being delivered may be there already, and those who were sent away are there no more.
  const links = newest.filter(({ subject }) => !isOpen.has(subject) && isHere(subject)).slice(0, LOOKED_AT);
  const rows = live.fields.filter((row) => isWritten(row, settings));
  if (links.length < MANY || rows.length === 0) return false;
  const liveIds = links.flatMap(({ liveId }) => liveId ?? []);
  const { found, problems } = await live.run(live.writes.readPeople(liveIds, live.target, setup));
  if (problems.length > 0) throw new UnreadableError(problems);
  const people = [...found.values()].filter((one): one is LivePerson => one !== 'absent');
  const { ownOf } = await referencesOf(context, [], people);
  const others = links.filter((link) => isOther(link, found.get(link.liveId ?? ''), rows, ownOf)).length;
  return others >= MANY && others > links.length * SHARE;
}

/** Whether a field is delivered: what others write there says nothing about us. */
function isWritten({ field, read, write }: FieldRow, { authority = {} }: TargetSettings): boolean {
  const whose = authority[field] ?? 'hands-off';
  return read !== null && write !== null && (whose === 'ours' || whose === 'newest');
}

/** Whether a person is there otherwise than both sides agreed. */
function isOther(
  { base }: Link,
  live: LivePerson | 'absent' | undefined,
  rows: readonly FieldRow[],
  ownOf: References['ownOf'],
): boolean {
  if (live === undefined || live === 'absent') return true;
  return rows.some((row) => {
    // Written by `agree` from values of this type.
    const agreed = base?.[row.field] as LiveValue | undefined;
    const there = valueOf(live, row.field, row, ownOf);
    if (agreed === undefined || there === undefined || isAsShown(base, row.field, there)) return false;
    return !deepEqual(row.same === undefined ? agreed : row.same(agreed), there);
  });
}
