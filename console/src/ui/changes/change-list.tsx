import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { ChangeLine } from '../../../../src/sandbox/history/contract.ts';
import { api } from '../../api/client.ts';
import { useMayWrite } from '../../api/session.ts';
import { useWords } from '../../words/language.tsx';
import { Platform } from '../platform/platform.tsx';
import { Failure } from '../state/states.tsx';
import { Time, useZone } from '../time/time.tsx';
import { ChangeFields } from './change-fields.tsx';
import { changedThing } from './changed-thing.ts';

const words = {
  undo: { zh: '撤销', en: 'Undo' },
  undone: { zh: '已撤销 {n} 处。', en: '{n} {n|change|changes} taken back.' },
  undoFailed: { zh: '没有撤销。', en: 'Not taken back.' },
  takesBack: { zh: '撤销变更 {n}', en: 'takes back {n}' },
  created: { zh: '{n} 个字段', en: '{n} {n|field|fields}' },
} as const;

/** A change of more fields is folded. */
const MAX_FIELDS = 6;

/** Changes, newest first, each with its undo. */
export function ChangeList({
  company,
  changes,
}: {
  readonly company: string;
  readonly changes: readonly ChangeLine[];
}): ReactNode {
  const [said, setSaid] = useState('');
  return (
    <>
      <p role="status" className="quiet">
        {said}
      </p>
      <ol className="card changes">
        {changes.map((change) => (
          <li key={change.number}>
            <Change change={change} company={company} said={setSaid} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Change({
  change,
  company,
  said,
}: {
  readonly change: ChangeLine;
  readonly company: string;
  readonly said: (sentence: string) => void;
}): ReactNode {
  const say = useWords(words);
  const zone = useZone(company);
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const undo = useMutation({
    mutationFn: () => api('changes.undo', { params: { key: company, number: String(change.number) }, body: {} }),
    onSuccess: async ({ undone }) => {
      said(say('undone', { n: undone.length }));
      await queries.invalidateQueries({ queryKey: ['c', company, 'record'] });
    },
  });
  const names = Object.keys(change.fields);
  return (
    <div className="change">
      <Time at={change.at} zone={zone} />
      <span className="change-by">
        <Platform name={change.platform} letterOnly /> <span className="clip">{change.operation}</span>
      </span>
      <div className="grow stack-tight">
        <span className="row wrap">
          <strong>{changedThing(change)}</strong>
          {change.undoes !== null && (
            <span className="verdict verdict-quiet">{say('takesBack', { n: change.undoes })}</span>
          )}
          {change.platform !== 'company-file' && change.platform !== 'admin' && (
            <Link className="code small" to="/c/$company/calls/$id" params={{ company, id: change.request }}>
              {change.request.slice(0, 8)}
            </Link>
          )}
        </span>
        {names.length > MAX_FIELDS ? (
          <details>
            <summary>{say('created', { n: names.length })}</summary>
            <ChangeFields fields={change.fields} />
          </details>
        ) : (
          <ChangeFields fields={change.fields} />
        )}
        {undo.error !== null && <Failure what={say('undoFailed')} error={undo.error} />}
      </div>
      <Button size="small" disabled={!mayWrite} loading={undo.isPending} onClick={() => undo.mutate()}>
        {say('undo')}
        <span className="only-read"> {change.number}</span>
      </Button>
    </div>
  );
}
