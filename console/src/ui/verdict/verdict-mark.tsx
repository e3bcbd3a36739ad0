import type { ReactNode } from 'react';
import { useLanguage } from '../../words/language.tsx';
import { countedVerdicts, VERDICTS, type Verdict } from './verdicts.ts';
import './verdict.css';

/** A verdict as sign and word; `silent`: the answer says success all the same. */
export function VerdictMark({ verdict, silent }: { readonly verdict: Verdict; readonly silent?: boolean }): ReactNode {
  const { language } = useLanguage();
  const { sign, word, kind } = VERDICTS[verdict];
  return (
    <span className={`verdict verdict-${kind}`}>
      <span aria-hidden="true" className="verdict-sign">
        {sign}
        {silent === true ? '!' : ''}
      </span>
      {word[language]}
      {silent === true ? (language === 'zh' ? ' · 静默' : ' · silently') : ''}
    </span>
  );
}

/** How many members have each verdict, as signs with numbers. */
export function VerdictCounts({
  counts,
  silent,
}: {
  readonly counts: Readonly<Record<string, number>>;
  readonly silent: number;
}): ReactNode {
  const { language } = useLanguage();
  return (
    <span className="verdict-counts">
      {countedVerdicts(counts).map((verdict) => {
        const { sign, word, kind } = VERDICTS[verdict];
        return (
          <span key={verdict} className={`verdict verdict-${kind}`} title={word[language]}>
            <span aria-hidden="true">{sign}</span>
            <span className="only-read">{word[language]}</span>
            {counts[verdict]}
          </span>
        );
      })}
      {silent > 0 && (
        <span className="verdict verdict-warn" title={language === 'zh' ? '静默丢失' : 'lost silently'}>
          <span aria-hidden="true">!</span>
          {silent}
          <span className="only-read">{language === 'zh' ? '静默丢失' : 'lost silently'}</span>
        </span>
      )}
    </span>
  );
}
