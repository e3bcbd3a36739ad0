import type { LiveValue } from '../../../../connectors/connector.ts';
import type { Delivery, Link } from '../../../../directory/targets/target-store.ts';
import type { Context } from '../context.ts';
import { stillOf, waitsFor } from '../kept.ts';
import type { Prepared, ToSend } from '../prepare.ts';
import { employeeSubject } from '../take.ts';

/** Fields whose values no two people of a tenant share. */
const UNIQUE = ['mobile', 'email', 'jobNumber', 'enterpriseEmail'] as const;

/**
 * Has those wait whose new value somebody else is about to give up there: sent at once it would be refused. People who take the
 * values of one another in a ring are sent: no order helps them, and the refusal says so.
 */
export async function afterGivers(
  { store, target }: Context,
  prepared: readonly Prepared[],
  open: readonly Delivery[],
): Promise<readonly Prepared[]> {
  const claims = prepared.flatMap((one) => (one.do === 'send' ? claimsOf(one) : []));
  if (claims.length === 0) return prepared;
  const links = await store.targets.linksOf(
    target.id,
    open.map(({ subject }) => employeeSubject(subject)),
  );
  const givers = giversOf(claims, links);
  const next = new Map<string, readonly string[]>([
    ...open.map((one) => [one.subject, one.state === 'held' ? waitsFor(one) : []] as const),
    ...Array.from(givers, ([subject, fields]) => [subject, Object.values(fields)] as const),
  ]);
  return prepared.map((one): Prepared => {
    const fields = givers.get(one.delivery.subject);
    if (one.do !== 'send' || fields === undefined || isInRing(one.delivery.subject, next)) return one;
    const held = Object.entries(fields).map(([field, subject]) => [field, stillOf(subject)] as const);
    return { delivery: one.delivery, do: 'hold', fields: { ...one.fields, ...Object.fromEntries(held) } };
  });
}

/** A value that somebody is to get. */
interface Claim {
  readonly subject: string;
  readonly field: string;
  readonly value: LiveValue;
}

function claimsOf({ delivery: { subject }, requests }: ToSend): readonly Claim[] {
  return requests.flatMap(({ changes }) =>
    UNIQUE.flatMap((field) => {
      const value = changes[field]?.to;
      return typeof value === 'string' && value !== '' ? [{ subject, field, value }] : [];
    }),
  );
}

/** Returns who has the claimed values there, as both sides agreed last: by subject and field. */
export function giversOf(
  claims: readonly Claim[],
  links: readonly Pick<Link, 'subject' | 'base' | 'state'>[],
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const holders = new Map<string, string>(
    links.flatMap(({ subject, base, state }) =>
      state === 'linked' ? UNIQUE.map((field) => [`${field} ${String(base?.[field])}`, subject] as const) : [],
    ),
  );
  const givers = new Map<string, Record<string, string>>();
  for (const { subject, field, value } of claims) {
    const holder = holders.get(`${field} ${String(value)}`);
    if (holder === undefined || holder === subject) continue;
    givers.set(subject, { ...givers.get(subject), [field]: holder });
  }
  return givers;
}

/** Whether somebody waits for the very same in the end. */
export function isInRing(subject: string, next: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>();
  const ahead = [...(next.get(subject) ?? [])];
  for (let one = ahead.pop(); one !== undefined; one = ahead.pop()) {
    if (one === subject) return true;
    if (seen.has(one)) continue;
    seen.add(one);
    ahead.push(...(next.get(one) ?? []));
  }
  return false;
}
