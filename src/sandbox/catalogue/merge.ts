import { isObject } from '../../lib/json-equal.ts';
import type { Fragment } from './entry.ts';

/** Members that tell the entries of a list apart, the first that an entry has. */
const NAMES = ['id', 'app_id', 'app_key', 'agentid', 'subscription_id', 'domain', 'address', 'name'] as const;

/** Returns the name of an entry in a list; undefined where entries of its kind have none. */
export function nameIn(entry: unknown): string | undefined {
  if (!isObject(entry)) return undefined;
  const name = NAMES.find((member) => typeof entry[member] === 'string' || typeof entry[member] === 'number');
  return name === undefined ? undefined : String(entry[name]);
}

/** Lays fragments over a company, one after the other. */
export function merged(company: Fragment, ...fragments: readonly (Fragment | undefined)[]): Fragment {
  return fragments.reduce<Fragment>((made, fragment) => over(made, fragment ?? {}) as Fragment, company);
}

/** Lists of named entries are merged by name, objects by member, and `null` removes a member; anything else is replaced. */
function over(old: unknown, fresh: unknown): unknown {
  if (Array.isArray(old) && Array.isArray(fresh) && fresh.some((entry) => nameIn(entry) !== undefined)) {
    const entries = new Map(old.map((entry: unknown) => [nameIn(entry), entry]));
    for (const entry of fresh as unknown[]) entries.set(nameIn(entry), over(entries.get(nameIn(entry)), entry));
    return [...entries.values()];
  }
  if (!isObject(fresh)) return fresh;
  const members = new Map(Object.entries(isObject(old) ? old : {}));
  for (const [member, value] of Object.entries(fresh)) {
    if (value === null) members.delete(member);
    else members.set(member, over(members.get(member), value));
  }
  return Object.fromEntries(members);
}
