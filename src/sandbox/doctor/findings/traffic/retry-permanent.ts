import type { Finding, SeenCall } from '../../finding.ts';

const WINDOW = 600_000;

/** Finds clients that send again what cannot succeed. */
export const retryPermanent: Finding = {
  id: 'retry-permanent',
  severity: 'warning',
  message: { en: 'Sends again what cannot succeed', zh: '重复发送不可能成功的请求' },
  remedy: { en: 'Do not retry these codes', zh: '此类错误重试无效，不要重试' },
  look: (calls) => {
    const same = new Map<string, SeenCall[]>();
    for (const call of calls) {
      if (call.kind !== 'input' && call.kind !== 'state' && call.kind !== 'permission') continue;
      if (call.isTokenCall) continue;
      const key = `${call.method} ${call.path}?${withoutToken(call.query)} ${call.text} ${call.code ?? ''}`;
      const before = (same.get(key) ?? []).filter(({ at }) => call.at - at < WINDOW);
      same.set(key, [...before, call]);
    }
    return [...same.values()]
      .filter(({ length }) => length >= 3)
      .map((found) => ({ calls: found, about: found[0]?.code ?? '' }));
  },
};

function withoutToken(query: URLSearchParams): string {
  return [...query]
    .filter(([, value]) => !value.startsWith('[secret'))
    .map(String)
    .join('&');
}
