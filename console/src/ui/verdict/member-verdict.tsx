import type { ReactNode } from 'react';
import type { MemberResult } from '../../../../src/sandbox/journal/contract.ts';
import { useLanguage, useWords } from '../../words/language.tsx';
import { visible } from '../code/visible.ts';
import { VerdictMark } from './verdict-mark.tsx';

const words = {
  meant: { zh: '你是否想写 {names}？', en: 'Did you mean {names}?' },
  becomes: { zh: '存为 {to}', en: 'kept as {to}' },
} as const;

/** What became of one member, and why. */
export function MemberVerdict({ result }: { readonly result: MemberResult }): ReactNode {
  const say = useWords(words);
  const { language } = useLanguage();
  const { verdict, silent, to, did_you_mean: meant } = result;
  const reason = language === 'zh' ? (result.reason_zh ?? result.reason) : result.reason;
  const isObvious = verdict === 'not-applied' || verdict === 'unknown';
  return (
    <span className="member-verdict">
      <VerdictMark verdict={verdict} silent={silent === true} />{' '}
      {verdict === 'normalised' && <span>{say('becomes', { to: visible(JSON.stringify(to)) })} </span>}
      {reason !== undefined && !isObvious && <span>{visible(reason)} </span>}
      {meant !== undefined && meant.length > 0 && <strong>{say('meant', { names: meant.join(', ') })}</strong>}
    </span>
  );
}
