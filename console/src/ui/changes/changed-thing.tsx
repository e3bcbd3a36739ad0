import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChangeLine } from '../../../../src/sandbox/history/contract.ts';
import { useLanguage, useWords } from '../../words/language.tsx';
import { SubjectLink, useKnownName } from '../people/person-name.tsx';
import { wordOf } from '../record/field-values.tsx';
import { entryOf } from '../record/record-names.ts';
import { THING_WORDS } from '../record/record-words.ts';

const words = { gone: { zh: '已删除', en: 'removed' } } as const;

/** What a change is of, by its name: an employee, a department, or the kind and the name of another thing. */
export function ChangedThing({
  company,
  change: { employee, kind, subject },
}: {
  readonly company: string;
  readonly change: Pick<ChangeLine, 'employee' | 'kind' | 'subject'>;
}): ReactNode {
  const say = useWords(words);
  const word = useThingWord(kind, subject);
  const about = { company, kind, id: employee ?? subject ?? '' };
  const { name, isGone } = useKnownName(about);
  const title = employee === null ? `${word} ${name}` : name;
  // There is no page of what is gone.
  if (isGone) {
    return (
      <span className="anywhere">
        {title} <span className="verdict verdict-quiet">{say('gone')}</span>
      </span>
    );
  }
  if (employee === null) return <SubjectLink subject={about} name={title} />;
  return (
    <Link
      className="anywhere"
      to="/c/$company/people/$id"
      params={{ company, id: employee }}
      search={{ tab: 'history' }}
    >
      {name}
    </Link>
  );
}

/** Says what kind of thing it is; of an entry, which list it is in. */
function useThingWord(kind: string, subject: string | null): string {
  const { language } = useLanguage();
  const { list } = kind === 'catalog-entry' ? entryOf(subject ?? '') : { list: '' };
  return wordOf(THING_WORDS, list === '' ? kind : list.replace(/^dimension:/, ''), language);
}
