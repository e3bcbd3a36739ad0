import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { WholeRequestView } from '../../../../src/sandbox/journal/contract.ts';
import { callsQuery } from '../../api/company-queries.ts';
import { useWords } from '../../words/language.tsx';
import { callWords } from './words.ts';

/** The call that this one repeats, and those that repeat it; nothing where there are none. */
export function Resent({ call, company }: { readonly call: WholeRequestView; readonly company: string }): ReactNode {
  // Asked at each visit: one that was sent just now is there, too.
  const { data } = useQuery({ ...callsQuery(company, `repeats:${call.id}`), staleTime: 0 });
  const from = call.resent_from === undefined ? [] : [call.resent_from];
  return (
    <>
      <Calls word="resentFrom" ids={from} company={company} />
      <Calls word="resentAs" ids={data?.requests.map(({ id }) => id) ?? []} company={company} />
    </>
  );
}

function Calls({
  word,
  ids,
  company,
}: {
  readonly word: 'resentFrom' | 'resentAs';
  readonly ids: readonly string[];
  readonly company: string;
}): ReactNode {
  const say = useWords(callWords);
  if (ids.length === 0) return null;
  return (
    <p className="row wrap small">
      <span className="quiet">{say(word)}</span>
      {ids.map((id) => (
        <Link key={id} className="code" to="/c/$company/calls/$id" params={{ company, id }}>
          {id}
        </Link>
      ))}
    </p>
  );
}
