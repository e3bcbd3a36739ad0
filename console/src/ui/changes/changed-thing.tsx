import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChangeLine } from '../../../../src/sandbox/history/contract.ts';
import { useLanguage } from '../../words/language.tsx';
import { visible } from '../code/visible.ts';
import { PersonName } from '../people/person-name.tsx';
import { wordOf } from '../record/field-values.tsx';
import { THING_WORDS } from '../record/record-words.ts';

/** What a change is of: the employee by name, or the kind and the id of another thing. */
export function ChangedThing({
  company,
  change: { employee, kind, subject },
}: {
  readonly company: string;
  readonly change: Pick<ChangeLine, 'employee' | 'kind' | 'subject'>;
}): ReactNode {
  const { language } = useLanguage();
  if (employee === null) return `${wordOf(THING_WORDS, kind, language)} ${visible(subject ?? '')}`;
  return (
    <Link to="/c/$company/people/$id" params={{ company, id: employee }} search={{ tab: 'history' }}>
      <PersonName company={company} id={employee} />
    </Link>
  );
}
