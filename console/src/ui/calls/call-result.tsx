import type { ReactNode } from 'react';
import type { RequestSummary } from '../../../../src/sandbox/live/contract.ts';
import { useWords } from '../../words/language.tsx';

const words = {
  ok: { zh: '成功', en: 'succeeded' },
  partly: { zh: '部分', en: 'in part' },
  refused: { zh: '拒绝', en: 'refused' },
  injected: { zh: '注入', en: 'injected' },
  cut: { zh: '已断开', en: 'cut' },
} as const;

const KIND = { ok: 'good', partly: 'warn', refused: 'bad', injected: 'changed' } as const;
const SIGN = { ok: '✓', partly: '◐', refused: '✕', injected: '⚡' } as const;

/** How a call ended: status, the platform's code and a word. */
export function CallResult({
  call,
}: {
  readonly call: Pick<RequestSummary, 'outcome' | 'status' | 'code'>;
}): ReactNode {
  const say = useWords(words);
  const { outcome, status, code } = call;
  const answered = status === null ? say('cut') : String(status);
  return (
    <span className={`verdict verdict-${KIND[outcome]}`}>
      <span aria-hidden="true">{SIGN[outcome]}</span>
      {answered}
      {code !== null && code !== '0' && code !== answered ? ` · ${code}` : ''}
      <span className="only-read">{say(outcome)}</span>
    </span>
  );
}
