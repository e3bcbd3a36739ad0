import type { Finding, SeenCall } from '../../finding.ts';

/** A call may be under way while a token ends. */
const UNDER_WAY = 5_000;

/** Finds clients that go on with a token after the end that its call named. */
export const tokenExpiredUsed: Finding = {
  id: 'token-expired-used',
  severity: 'error',
  message: { en: 'Uses a token after its end', zh: '令牌过期后仍在使用' },
  remedy: { en: 'Renew it early, or on the codes for tokens', zh: '提前续期，或收到令牌错误码后续期' },
  look: (calls, { lifetimeOf }) => {
    let end: number | null = null;
    let late: SeenCall[] = [];
    const found: SeenCall[][] = [];
    const close = (): void => {
      if (late.length >= 2) found.push(late);
      late = [];
    };
    for (const call of calls) {
      if (call.isTokenCall) {
        close();
        const lifetime = call.isSuccess ? lifetimeOf(call) : null;
        end = lifetime === null ? null : call.at + lifetime;
      } else if (end !== null && call.token !== null && call.at > end + UNDER_WAY && call.kind === 'token')
        late.push(call);
    }
    close();
    return found.map((late_) => ({ calls: late_, about: late_[0]?.operation ?? '' }));
  },
};
