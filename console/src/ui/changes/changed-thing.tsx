import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChangeLine } from '../../../../src/sandbox/history/contract.ts';
import { useLanguage } from '../../words/language.tsx';
import { visible } from '../code/visible.ts';
import { PersonName, SubjectLink, useSubjectName } from '../people/person-name.tsx';
import { wordOf } from '../record/field-values.tsx';
import { THING_WORDS } from '../record/record-words.ts';

/** What a change is of: the employee or the department by name, or the kind and the id of another thing. */
export function ChangedThing({
  company,
  change: { employee, kind, subject },
}: {
  readonly company: string;
  readonly change: Pick<ChangeLine, 'employee' | 'kind' | 'subject'>;
}): ReactNode {
  const { language } = useLanguage();
  if (employee === null) {
    const word = wordOf(THING_WORDS, kind, language);
    if (kind === 'department' && subject !== null) return <Department company={company} id={subject} word={word} />;
    return `${word} ${visible(subject ?? '')}`;
  }
  return (
    <Link to="/c/$company/people/$id" params={{ company, id: employee }} search={{ tab: 'history' }}>
      <PersonName company={company} id={employee} />
    </Link>
  );
}

/** A department by its name; one that is gone by its id. */
function Department({
  company,
  id,
  word,
}: {
  readonly company: string;
  readonly id: string;
  readonly word: string;
}): ReactNode {
  const subject = { company, kind: 'department', id };
  return <SubjectLink subject={subject} name={`${word} ${useSubjectName(subject)}`} />;
}
