import { windowOwner } from '../../directory/company-clock.ts';
import { load, type Store, type StoreTask } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { DialectFacts } from '../../dialects/dialect.ts';
import type { DueItem } from '../../dialects/dialect-facts.ts';
import type { RateLimiter } from '../../lib/rate-limiter.ts';
import type { DueView } from './contract.ts';

/** So much is listed; what there is more is counted. */
const MAX_DUE = 1_000;

/** A platform as far as its times go. */
export interface TimedPlatform {
  readonly name: string;
  readonly facts: Pick<DialectFacts, 'due'>;
}

/** What became due, and how much more there was than is listed. */
export interface DueList {
  readonly due: readonly DueView[];
  readonly more: number;
}

interface OfPlatform extends DueItem {
  readonly platform: string | null;
}

/** Lists what becomes due in a company after one instant and up to another. */
export async function dueBetween(
  { store, limiter, platforms }: { store: Store; limiter: RateLimiter; platforms: readonly TimedPlatform[] },
  tenant: Tenant,
  [from, to]: readonly [from: number, to: number],
): Promise<DueList> {
  if (to <= from) return { due: [], more: 0 };
  const asked = await store.read(() => dueInStore(tenant, platforms, from, to));
  const all = [...asked.items, ...windowsEnding(limiter, tenant, from, to)].toSorted((one, other) => one.at - other.at);
  const due = all.slice(0, MAX_DUE).map((item): DueView => ({ ...item, at: new Date(item.at).toISOString() }));
  return { due, more: all.length + asked.notListed - due.length };
}

function* dueInStore(
  tenant: Tenant,
  platforms: readonly TimedPlatform[],
  from: number,
  to: number,
): StoreTask<{ readonly items: readonly OfPlatform[]; readonly notListed: number }> {
  const { total, tokens } = yield* load('tokens-ending', { tenant: tenant.number, from, to, limit: MAX_DUE });
  const items: OfPlatform[] = tokens.map(({ expiresAt, dialect, kind, app }) => ({
    at: expiresAt,
    platform: dialect,
    kind: `token.${kind}`,
    subject: tenant.app(app)?.key ?? app,
    was: 'valid',
    is: 'expired',
  }));
  for (const { name, facts } of platforms) {
    for (const item of yield* facts.due(tenant, from, to))
      if (item.at > from && item.at <= to) items.push({ ...item, platform: name });
  }
  return { items, notListed: total - tokens.length };
}

/** Windows in which requests are counted, on this node. */
function windowsEnding(limiter: RateLimiter, tenant: Tenant, from: number, to: number): readonly OfPlatform[] {
  const owner = windowOwner(tenant);
  return limiter.windows().flatMap(({ name, endsAt, requests }) => {
    const words = name.split(' ');
    const position = words.indexOf(owner);
    // The owner comes after the name of what is counted, which has one word or two.
    if (endsAt <= from || endsAt > to || position < 1 || position > 2) return [];
    const [platform = '', ...counted] = words.slice(0, position).join('.').split('.');
    const whose = words.slice(position + 1, -1).map((word) => tenant.app(word)?.key ?? word);
    const subject = [...counted, ...whose].join(' ');
    const was = `${String(requests)} counted in ${words.at(-1) ?? ''} ms`;
    return { at: endsAt, platform, kind: 'rate-window', subject, was, is: 'none counted' };
  });
}
