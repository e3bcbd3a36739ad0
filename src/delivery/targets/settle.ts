import type { ConsumerClaim } from '../../directory/deliveries.ts';
import type {
  AgreedBase,
  Link,
  NewLink,
  Subject,
  TargetStore,
  Verified,
} from '../../directory/targets/target-store.ts';

/** What settling needs of the store. */
type Links = Pick<TargetStore, 'linksOf' | 'putLinks' | 'agree'>;

/** Subjects that are settled in one transaction. */
const AT_ONCE = 500;
/** All agreed values of one subject together, as JSON. */
const MAX_BASE = 262_144;

/**
 * Keeps what both sides agree on as the base of each link, and links what was made or written to without one. Fields that
 * are not named keep what they had. Returns false where another driver took over: it wrote the rest, then.
 */
export async function settle(
  store: Links,
  claim: ConsumerClaim,
  verified: readonly Verified[],
  now: number,
): Promise<boolean> {
  const merged = mergedBySubject(verified);
  for (let from = 0; from < merged.length; from += AT_ONCE) {
    const some = merged.slice(from, from + AT_ONCE);
    const links = new Map((await store.linksOf(claim.id, some)).map((link) => [keyOf(link), link]));
    const added = some.flatMap((one) => newLink(one, links.get(keyOf(one))));
    if (added.length > 0 && !(await store.putLinks(claim, added))) return false;
    const agreed = some.flatMap((one) => agreedBase(one, links.get(keyOf(one))));
    if (agreed.length > 0 && !(await store.agree(claim, agreed, now))) return false;
  }
  return true;
}

/** The link of something that has none; a link that is there is a matter of adoption, never of a write. */
function newLink({ kind, subject, liveId, matchedBy = 'written' }: Verified, known: Link | undefined): NewLink[] {
  return known !== undefined || liveId === undefined ? [] : [{ kind, subject, liveId, matchedBy, state: 'linked' }];
}

function agreedBase({ kind, subject, liveId, fields, delivered = 0 }: Verified, known: Link | undefined): AgreedBase[] {
  if (known === undefined && liveId === undefined) return [];
  // What is true of another one there is not true of this one.
  if (known !== undefined && (known.state !== 'linked' || (liveId !== undefined && liveId !== known.liveId))) return [];
  const base = { ...known?.base, ...fields };
  // Fields are added and never taken away: what would grow without end stays as it is.
  if (JSON.stringify(base).length > MAX_BASE) return [];
  return [{ kind, subject, base, delivered }];
}

/** Joins what is said of the same subject: the later value of a field counts. */
function mergedBySubject(verified: readonly Verified[]): readonly Verified[] {
  const merged = new Map<string, Verified>();
  for (const one of verified) {
    const before = merged.get(keyOf(one));
    merged.set(keyOf(one), { ...before, ...one, fields: { ...before?.fields, ...one.fields } });
  }
  return [...merged.values()];
}

function keyOf({ kind, subject }: Subject): string {
  return `${kind} ${subject}`;
}
