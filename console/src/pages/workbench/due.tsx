import type { ReactNode } from 'react';
import type { ClockView, DueView } from '../../../../src/sandbox/clock/contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { PersonName } from '../../ui/people/person-name.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { wordOf } from '../../ui/record/field-values.tsx';
import { dayTextOf } from '../../ui/time/time.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { DUE_STATES, DUE_WORDS } from './due-words.ts';
import { workbenchWords } from './words.ts';

/** What came due, or would: when, what it is, of whom, and how it was before. */
export function Due({
  company,
  clock,
  title,
  zone,
}: {
  readonly company: string;
  readonly clock: Pick<ClockView, 'due' | 'more'>;
  readonly title: string;
  readonly zone: string;
}): ReactNode {
  const say = useWords(workbenchWords);
  const { language } = useLanguage();
  return (
    <div className="stack-tight" aria-live="polite">
      <h3>{title}</h3>
      {clock.due.length === 0 && <p className="quiet">{say('nothingDue')}</p>}
      <ul className="workbench-due">
        {clock.due.map((due) => (
          <li key={`${due.at} ${due.platform ?? ''} ${due.kind} ${due.subject}`} className="row small">
            <span className="code workbench-due-whole">{dayTextOf(new Date(due.at), zone)}</span>
            {due.platform !== null && <Platform name={due.platform} letterOnly />}
            <span className="workbench-due-whole">{wordOf(DUE_WORDS, due.kind, language)}</span>
            <Subject company={company} due={due} />
            <span className="quiet workbench-due-whole">
              <Count text={due.was} /> → <Count text={due.is} />
            </span>
          </li>
        ))}
      </ul>
      {clock.more > 0 && <p className="small quiet">{say('more', { n: clock.more })}</p>}
    </div>
  );
}

function Subject({ company, due }: { readonly company: string; readonly due: DueView }): ReactNode {
  if (due.employee === undefined) return <span className="code clip">{visible(due.subject)}</span>;
  return (
    <strong className="clip">
      <PersonName company={company} id={due.employee} />
    </strong>
  );
}

/** How something is: a word, or of a limit how many calls were counted. */
function Count({ text }: { readonly text: string }): ReactNode {
  const say = useWords(workbenchWords);
  const { language } = useLanguage();
  const [, n, time] = /^(\d+) counted in (\d+) ms$/.exec(text) ?? [];
  if (n === undefined || time === undefined) return wordOf(DUE_STATES, text, language);
  return say('counted', { n: Number(n), seconds: Number(time) / 1_000 });
}
