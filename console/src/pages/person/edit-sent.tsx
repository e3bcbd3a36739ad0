import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { callQuery } from '../../api/company-queries.ts';
import { CallResult } from '../../ui/calls/call-result.tsx';
import { takeLostFocus } from '../../ui/keys/lost-focus.ts';
import { useWords } from '../../words/language.tsx';
import { editWords } from './edit-words.ts';

/** What the call came to that saved a person, with the way to it. */
export function EditSent({ company, request }: { readonly company: string; readonly request: string }): ReactNode {
  const say = useWords(editWords);
  const { data } = useQuery(callQuery(request));
  if (data === undefined) return null;
  return (
    <p key={request} className="row wrap" role="status" tabIndex={-1} ref={takeLostFocus}>
      {say('saved')} <CallResult call={data} />
      <Link to="/c/$company/calls/$id" params={{ company, id: data.id }}>
        {say('see')}
      </Link>
    </p>
  );
}
