import type { Finding, SeenCall } from '../../finding.ts';

/** Finds clients that send a token again after the platform refused it. */
export const tokenNotRenewed: Finding = {
  id: 'token-not-renewed',
  severity: 'error',
  message: { en: 'Sends a refused token again', zh: '令牌被拒绝后仍继续发送' },
  remedy: { en: 'Fetch one token, then try once more', zh: '重新获取令牌后重试一次' },
  look: (calls) => {
    const refused = new Map<string, SeenCall[]>();
    for (const call of calls) {
      const { token, kind, isTokenCall } = call;
      if (isTokenCall || token === null) continue;
      const before = refused.get(token);
      if (before === undefined) {
        if (kind === 'token') refused.set(token, [call]);
      } else if (call.at >= (before[0]?.until ?? 0)) before.push(call);
    }
    return [...refused.values()]
      .filter(({ length }) => length >= 3)
      .map((found) => ({ calls: found, about: found[0]?.code ?? '' }));
  },
};
