import type { Finding, SeenCall } from '../../finding.ts';

/** How long to wait where the answer does not say. */
const DEFAULT_WAIT = 60;

/** Finds clients that call again before the wait that a limit asks for. */
export const noBackoff: Finding = {
  id: 'no-backoff',
  severity: 'error',
  message: { en: 'Calls again at once after a limit', zh: '触发限流后立即重试' },
  remedy: { en: 'Wait as the answer says, with jitter', zh: '按提示时间等待后重试，并加入随机延迟' },
  look: (calls) => {
    const early = new Map<string, SeenCall[]>();
    const waits = new Map<string, number>();
    for (const call of calls) {
      const name = call.operation ?? call.path;
      const until = waits.get(name);
      if (until !== undefined && call.at < until) early.set(name, [...(early.get(name) ?? []), call]);
      if (call.kind === 'limit' && isFrequency(call)) waits.set(name, call.until + waitOf(call) * 1_000);
    }
    return [...early].filter(([, { length }]) => length >= 2).map(([about, found]) => ({ calls: found, about }));
  },
};

/** Limits of a number of things do not pass with time. */
function isFrequency({ status, code }: SeenCall): boolean {
  return status === 429 || code === '45009' || code === '99991400';
}

function waitOf({ answerHeaders }: SeenCall): number {
  const reply = Object.entries(answerHeaders).find(([name]) => /^(?:x-ogw-ratelimit-reset|retry-after)$/i.test(name));
  const seconds = Number(reply?.[1]);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : DEFAULT_WAIT;
}
