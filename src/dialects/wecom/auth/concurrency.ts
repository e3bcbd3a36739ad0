import type { Store } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { settingsIn } from '../model/settings.ts';
import type { CallProblem } from '../protocol/errors.ts';

/** So many calls of the two-step check of one company are carried out at one time. [public: 99499] */
const MAX_AT_ONCE = 20;

/** 45033: too many calls at one time. */
const TOO_MANY: CallProblem = { kind: 'locked', subject: 'concurrency' };

const inFlight = new WeakMap<Store, Map<number, number>>();

/** Carries a call out, unless so many of its company are being carried out on this node that it is refused. (wecom-more 12) */
export async function withinConcurrency<Answer>(
  store: Store,
  tenant: Tenant,
  answer: () => Promise<Answer>,
): Promise<Answer | CallProblem> {
  if (settingsIn(tenant).limits.enforced !== true) return await answer();
  const counts = inFlight.get(store) ?? new Map<number, number>();
  inFlight.set(store, counts);
  const others = counts.get(tenant.number) ?? 0;
  if (others >= MAX_AT_ONCE) return TOO_MANY;
  counts.set(tenant.number, others + 1);
  try {
    return await answer();
  } finally {
    const left = (counts.get(tenant.number) ?? 1) - 1;
    if (left === 0) counts.delete(tenant.number);
    else counts.set(tenant.number, left);
  }
}
