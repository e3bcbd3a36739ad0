import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../api/client.ts';
import { ChangeFields } from '../../ui/changes/change-fields.tsx';
import { ChangedThing } from '../../ui/changes/changed-thing.tsx';
import { useRecordValues } from '../../ui/record/record-values.tsx';
import { Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { callWords } from './words.ts';

/** What a call changed in the directory. */
export function CallChanges({ company, request }: { readonly company: string; readonly request: string }): ReactNode {
  const say = useWords(callWords);
  const shown = useRecordValues(company);
  const { data, error } = useQuery({
    queryKey: ['c', company, 'record', 'changes', request],
    queryFn: ({ signal }) => api('changes.list', { params: { key: company }, query: { request }, signal }),
  });
  return (
    <section className="card stack-tight">
      <h2>{say('changes')}</h2>
      {error !== null && <Failure what={say('changes')} error={error} />}
      {data === undefined && error === null && <Loading rows={1} />}
      {data?.changes.length === 0 && <p className="quiet">{say('noChange')}</p>}
      {data?.changes.map((change) => (
        <div key={change.number} className="row wrap">
          <span className="quiet">{change.number}</span>
          <strong>
            <ChangedThing company={company} change={change} />
          </strong>
          <ChangeFields fields={change.fields} shown={shown} kind={change.kind} />
        </div>
      ))}
    </section>
  );
}
