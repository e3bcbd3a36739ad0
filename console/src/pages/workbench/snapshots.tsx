import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { StateDifference } from '../../../../src/sandbox/snapshots/contract.ts';
import { api } from '../../api/client.ts';
import { snapshotsQuery } from '../../api/company-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { ConfirmButton } from '../../ui/confirm/confirm-button.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useWords } from '../../words/language.tsx';
import { workbenchWords } from './words.ts';

/** Kept states of the company: taken, compared, put back, copied into another company. */
export function Snapshots({ company }: { readonly company: string }): ReactNode {
  const say = useWords(workbenchWords);
  const zone = useZone(company);
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(snapshotsQuery(company));
  const [name, setName] = useState('');
  const [to, setTo] = useState('');
  const [said, setSaid] = useState('');
  const params = { key: company };
  const work = useMutation({
    mutationFn: (act: () => Promise<string>) => act(),
    onSuccess: async (sentence) => {
      setSaid(sentence);
      await queries.invalidateQueries({ queryKey: ['c', company] });
      await queries.invalidateQueries({ queryKey: ['session'] });
    },
  });
  const compare = useMutation({
    mutationFn: (from: string) => api('companies.diff', { params, query: { from, to: '@now' } }),
  });
  const restored = async (answer: Promise<{ readonly employees: number }>): Promise<string> =>
    say('restored', { n: (await answer).employees });
  const doWork = (act: () => Promise<string>): Promise<void> =>
    work.mutateAsync(act).then(
      () => undefined,
      () => undefined,
    );
  return (
    <section className="card stack">
      <h2>{say('snapshots')}</h2>
      <form
        className="row wrap"
        onSubmit={(event) => {
          event.preventDefault();
          void doWork(async () => `✓ ${(await api('companies.take-snapshot', { params, body: { name } })).name}`);
          setName('');
        }}
      >
        <Input
          className="workbench-times"
          aria-label={say('name')}
          placeholder={say('name')}
          value={name}
          onChange={(event) => {
            setName(event.target.value.trim());
          }}
        />
        <Button htmlType="submit" disabled={!mayWrite || name === ''}>
          {say('take')}
        </Button>
      </form>
      {error !== null && <Failure what={say('snapshotsFailed')} error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading rows={2} />}
      {data?.snapshots.length === 0 && <Empty>{say('noSnapshots')}</Empty>}
      <ul className="stack-tight">
        {data?.snapshots.map((snapshot) => (
          <li key={snapshot.name} className="row wrap">
            <strong className="grow clip">{snapshot.name}</strong>
            <Time at={snapshot.at} zone={zone} />
            <Button
              onClick={() => {
                compare.mutate(snapshot.name);
              }}
            >
              {say('compare')}
              <span className="only-read"> {snapshot.name}</span>
            </Button>
            <ConfirmButton
              ask={say('restoreAsk', { name: snapshot.name })}
              confirm={say('restore')}
              disabled={!mayWrite}
              act={() =>
                doWork(() =>
                  restored(api('companies.restore-snapshot', { params: { ...params, name: snapshot.name }, body: {} })),
                )
              }
            >
              {say('restore')}
              <span className="only-read"> {snapshot.name}</span>
            </ConfirmButton>
            <ConfirmButton
              ask={`${say('remove')} ${snapshot.name}?`}
              confirm={say('remove')}
              disabled={!mayWrite}
              act={() =>
                doWork(async () => {
                  await api('companies.remove-snapshot', { params: { ...params, name: snapshot.name } });
                  return '✓';
                })
              }
            >
              {say('remove')}
              <span className="only-read"> {snapshot.name}</span>
            </ConfirmButton>
          </li>
        ))}
      </ul>
      <ConfirmButton
        ask={say('resetAsk')}
        confirm={say('reset')}
        disabled={!mayWrite || data?.applied === null}
        act={() => doWork(() => restored(api('companies.reset', { params, body: {} })))}
      >
        {say('reset')}
      </ConfirmButton>
      <form
        className="row wrap"
        onSubmit={(event) => {
          event.preventDefault();
          void doWork(async () =>
            say('forked', { key: (await api('companies.fork', { params, body: { key: to } })).key }),
          );
        }}
      >
        <Input
          className="workbench-times"
          aria-label={say('forkKey')}
          placeholder={say('forkKey')}
          value={to}
          onChange={(event) => {
            setTo(event.target.value.trim());
          }}
        />
        <Button htmlType="submit" disabled={!mayWrite || to === ''}>
          {say('fork')}
        </Button>
      </form>
      <p role="status">{said}</p>
      {(work.error ?? compare.error) !== null && <Failure what={say('failed')} error={work.error ?? compare.error} />}
      {compare.data !== undefined && <Difference difference={compare.data} />}
    </section>
  );
}

function Difference({ difference }: { readonly difference: StateDifference }): ReactNode {
  const say = useWords(workbenchWords);
  const { added, removed, changed } = difference;
  if (added.length + removed.length + changed.length === 0) return <p className="quiet">{say('same')}</p>;
  return (
    <ul className="stack-tight small">
      {added.map(({ kind, id }) => (
        <li key={`+ ${kind} ${id}`}>
          + {say('added')} {kind} <strong>{id}</strong>
        </li>
      ))}
      {removed.map(({ kind, id }) => (
        <li key={`- ${kind} ${id}`}>
          − {say('removed')} {kind} <strong>{id}</strong>
        </li>
      ))}
      {changed.map(({ kind, id, fields }) => (
        <li key={`~ ${kind} ${id}`}>
          ~ {say('changed')} {kind} <strong>{id}</strong> {fields.join(', ')}
        </li>
      ))}
    </ul>
  );
}
