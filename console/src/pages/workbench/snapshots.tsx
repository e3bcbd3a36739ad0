import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { StateDifference } from '../../../../src/sandbox/snapshots/contract.ts';
import { api } from '../../api/client.ts';
import { snapshotsQuery } from '../../api/company-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { ConfirmButton } from '../../ui/confirm/confirm-button.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { SubjectLink, useSubjectName } from '../../ui/people/person-name.tsx';
import { wordOf } from '../../ui/record/field-values.tsx';
import { useRecordValues } from '../../ui/record/record-values.tsx';
import { THING_WORDS } from '../../ui/record/record-words.ts';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
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
          void doWork(async () => {
            const taken = await api('companies.take-snapshot', { params, body: { name } });
            setName('');
            return say('taken', { name: taken.name });
          });
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
                  return say('removedOne', { name: snapshot.name });
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
          void doWork(async () => {
            const { key } = await api('companies.fork', { params, body: { key: to } });
            setTo('');
            return say('forked', { key });
          });
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
      <p role="status">{said === '' ? '' : `✓ ${said}`}</p>
      {(work.error ?? compare.error) !== null && <Failure what={say('failed')} error={work.error ?? compare.error} />}
      {compare.data !== undefined && <Difference company={company} difference={compare.data} />}
    </section>
  );
}

type Changed = StateDifference['changed'][number];
const SIGNS = { added: '+', removed: '−', changed: '~' } as const;

/** What two states of the company differ in: by kind and name, and for what changed the fields. */
function Difference({
  company,
  difference,
}: {
  readonly company: string;
  readonly difference: StateDifference;
}): ReactNode {
  const say = useWords(workbenchWords);
  const { added, removed, changed } = difference;
  if (added.length + removed.length + changed.length === 0) return <p className="quiet">{say('same')}</p>;
  const all = { added, removed, changed };
  return (
    <ul className="stack-tight small">
      {(['added', 'removed', 'changed'] as const).flatMap((how) =>
        all[how].map((one: Changed | Pick<Changed, 'kind' | 'id'>) => (
          <li key={`${how} ${one.kind} ${one.id}`} className="row wrap">
            <span>
              {SIGNS[how]} {say(how)}
            </span>
            <Thing company={company} kind={one.kind} id={one.id} isHere={how !== 'removed'} />
            {'fields' in one && <Fields company={company} fields={one.fields} />}
          </li>
        )),
      )}
    </ul>
  );
}

/** Something by its kind and name; what is no longer there has no page. */
function Thing({
  company,
  kind,
  id,
  isHere,
}: {
  readonly company: string;
  readonly kind: string;
  readonly id: string;
  readonly isHere: boolean;
}): ReactNode {
  const { language } = useLanguage();
  const name = useSubjectName({ company, kind, id });
  return (
    <span>
      {wordOf(THING_WORDS, kind, language)}{' '}
      <strong>{isHere ? <SubjectLink subject={{ company, kind, id }} name={name} /> : name}</strong>
    </span>
  );
}

function Fields({ company, fields }: { readonly company: string; readonly fields: readonly string[] }): ReactNode {
  const { field } = useRecordValues(company);
  const say = useWords(workbenchWords);
  return <span className="quiet">{fields.map(field).join(say('and'))}</span>;
}
