import type { ReactNode } from 'react';
import type { FileError } from '../../../../src/company/contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { useLanguage, useWords } from '../../words/language.tsx';
import { fileWords } from './words.ts';

/** What is wrong in a company file, each with its line and what may have been meant. */
export function Mistakes({
  mistakes,
  title,
}: {
  readonly mistakes: readonly FileError[];
  readonly title: string;
}): ReactNode {
  const say = useWords(fileWords);
  const { language } = useLanguage();
  return (
    <section className="card stack-tight" role="alert">
      <h2>{title}</h2>
      <ul className="stack-tight">
        {mistakes.map((mistake) => (
          <li key={`${mistake.path} ${mistake.message}`}>
            {mistake.line !== undefined && <strong>{say('line', { n: mistake.line })} </strong>}
            <code>{visible(mistake.path)}</code>{' '}
            {visible(language === 'zh' ? (mistake.message_zh ?? mistake.message) : mistake.message)}{' '}
            {mistake.did_you_mean !== undefined && say('meant', { names: mistake.did_you_mean.join(', ') })}
          </li>
        ))}
      </ul>
    </section>
  );
}
