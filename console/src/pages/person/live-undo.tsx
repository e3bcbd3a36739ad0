import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { api } from '../../api/client.ts';
import { useMayWrite } from '../../api/session.ts';
import { Failure } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { liveWords } from './live-words.ts';

const HOUR_MS = 60 * 60 * 1_000;
const WITHIN = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS, month: 30 * 24 * HOUR_MS } as const;
type Within = keyof typeof WITHIN;

/** Makes a plan that takes back what was written of a person to one platform lately. */
export function LiveUndo({
  company,
  platform,
  person,
}: {
  readonly company: string;
  readonly platform: string;
  readonly person: string;
}): ReactNode {
  const say = useWords(liveWords);
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const [within, setWithin] = useState<Within>('day');
  const undo = useMutation({
    mutationFn: () => {
      const since = new Date(Date.now() - WITHIN[within]).toISOString();
      return api('employees.undo', { params: { key: company, target: platform, id: person }, query: { since } });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['c', company] }),
  });
  return (
    <>
      <div className="row wrap">
        <Select<Within>
          aria-label={say('undoSince')}
          value={within}
          onChange={setWithin}
          options={(['hour', 'day', 'week', 'month'] as const).map((value) => ({ value, label: say(value) }))}
        />
        <Button
          disabled={!mayWrite}
          loading={undo.isPending}
          onClick={() => {
            undo.mutate();
          }}
        >
          {say('undo')}
        </Button>
        <span className="small quiet">{say('undoHow')}</span>
      </div>
      <div role="status">
        {undo.error !== null && <Failure what={say('tryFailed')} error={undo.error} />}
        {undo.data !== undefined && (
          <p>
            ✓ {say('undone')}
            <Link to="/c/$company/targets/$target/plans/$id" params={{ company, target: platform, id: undo.data.id }}>
              {undo.data.id}
            </Link>
          </p>
        )}
      </div>
    </>
  );
}
