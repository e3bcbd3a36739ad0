import type { Finding, SeenCall } from '../../finding.ts';

const WINDOW = 600_000;
/** Token calls so close to each other are several processes that start. */
const TOGETHER = 2_000;
/** A token is renewed when it has no more than this left. */
const NEARLY_OVER = 60_000;

/** Finds clients that fetch a token although the last one is good. */
export const tokenPerCall: Finding = {
  id: 'token-per-call',
  severity: 'warning',
  message: {
    en: 'Fetches a token for nearly every call, while the last one is good',
    zh: '上一个令牌仍有效，却几乎每次调用都获取令牌',
  },
  remedy: { en: 'Keep the token until shortly before its end', zh: '令牌在到期前应缓存复用' },
  look: (calls, { lifetimeOf }) => {
    const needless: SeenCall[] = [];
    let good: { readonly at: number; readonly until: number } | null = null;
    for (const call of calls.filter(({ isTokenCall, isSuccess }) => isTokenCall && isSuccess)) {
      if (good !== null && call.at - good.at > TOGETHER && good.until - call.at > NEARLY_OVER) needless.push(call);
      const lifetime = lifetimeOf(call);
      good = lifetime === null ? null : { at: call.at, until: call.at + lifetime };
    }
    for (const first of needless) {
      const within = (call: SeenCall): boolean => call.at >= first.at && call.at < first.at + WINDOW;
      const fetched = needless.filter(within);
      const others = calls.filter((call) => !call.isTokenCall && within(call));
      if (fetched.length >= 5 && fetched.length * 2 >= others.length)
        return [{ calls: fetched, about: fetched[0]?.operation ?? '' }];
    }
    return [];
  },
};
