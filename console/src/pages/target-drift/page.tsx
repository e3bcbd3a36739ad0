import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import type { ReactNode } from 'react';
import { api } from '../../api/client.ts';
import { useMayWrite } from '../../api/session.ts';
import { driftRunsQuery } from '../../api/target-queries.ts';
import { Page } from '../../ui/page/page.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { TargetHead } from '../../ui/target/target-head.tsx';
import { textOf, useZone } from '../../ui/time/time.tsx';
import { useWords } from '../../words/language.tsx';
import { Run } from './run.tsx';
import { driftWords } from './words.ts';

/** What differs between the directory and a live tenant, and what is done about it. */
export function TargetDriftPage(): ReactNode {
  const say = useWords(driftWords);
  const { company, target } = useParams({ from: '/c/$company/targets/$target/drift' });
  const search = useSearch({ from: '/c/$company/targets/$target/drift' });
  const navigate = useNavigate({ from: '/c/$company/targets/$target/drift' });
  const mayWrite = useMayWrite();
  const zone = useZone(company);
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(driftRunsQuery(company, target));
  const read = useMutation({
    mutationFn: () => api('targets.read-drift', { params: { key: company, target } }),
    onSuccess: async () => {
      await navigate({ search: {} });
      await queries.invalidateQueries({ queryKey: ['c', company, 'targets', target, 'drift'] });
    },
  });
  const runs = data?.runs ?? [];
  const run = runs.find(({ id }) => id === search.run) ?? runs[0];
  return (
    <Page
      title={say('title')}
      document={say('title')}
      actions={
        <Button
          type="primary"
          disabled={!mayWrite}
          loading={read.isPending || run?.state === 'reading'}
          onClick={() => {
            read.mutate();
          }}
        >
          {say(run?.state === 'reading' ? 'reading' : 'readNow')}
        </Button>
      }
    >
      <TargetHead company={company} target={target} />
      <p className="quiet">{say(mayWrite ? 'how' : 'readOnly')}</p>
      <div role="status">{read.error !== null && <Failure what={say('readFailed')} error={read.error} />}</div>
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Loading rows={10} />
      ) : run === undefined ? (
        <Empty>{say('none')}</Empty>
      ) : (
        <>
          {runs.length > 1 && (
            <Select
              className="target-run"
              aria-label={say('run')}
              value={run.id}
              options={runs.map(({ id, read_at: at }) => ({
                value: id,
                label: textOf(new Date(at), zone, false, new Date()),
              }))}
              onChange={(id) => void navigate({ search: { run: id } })}
            />
          )}
          <Run key={run.id} company={company} target={target} run={run} of={search.class} />
        </>
      )}
    </Page>
  );
}
