import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { api } from '../../api/client.ts';
import { clockQuery } from '../../api/company-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { Failure, Loading } from '../../ui/state/states.tsx';
import { dayTextOf, useZone } from '../../ui/time/time.tsx';
import { useWords } from '../../words/language.tsx';
import { Due } from './due.tsx';
import { isoDuration } from './duration.ts';
import { workbenchWords } from './words.ts';

/** So far the clock is moved by one click. */
const STEPS = [
  ['hours', 2],
  ['days', 1],
  ['days', 32],
] as const;

/** The company's clock: moved forward, with what comes due listed before and after. */
export function Clock({ company }: { readonly company: string }): ReactNode {
  const say = useWords(workbenchWords);
  const zone = useZone(company);
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(clockQuery(company));
  const [by, setBy] = useState('');
  const params = { key: company };
  const plan = useMutation({
    mutationFn: (advance: string) => api('clock.move', { params, query: { plan: 'true' }, body: { advance } }),
  });
  const move = useMutation({
    mutationFn: (body: { readonly advance?: string; readonly freeze?: true; readonly resume?: true }) =>
      api('clock.move', { params, body }),
    onSuccess: async () => {
      plan.reset();
      await queries.invalidateQueries({ queryKey: ['c', company] });
    },
  });
  const isFrozen = data?.mode === 'frozen';
  return (
    <section className="card stack">
      <h2>{say('clock')}</h2>
      {error !== null && <Failure what={say('clockFailed')} error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading rows={2} />}
      {data !== undefined && (
        <>
          <p>
            <span className="quiet">{say('now')}</span>{' '}
            <strong className="code">{dayTextOf(new Date(data.now), zone)}</strong>{' '}
            <span className="quiet">{say(data.mode)}</span>
          </p>
          <div className="row wrap">
            {STEPS.map(([unit, n]) => (
              <Button
                key={`${unit} ${String(n)}`}
                disabled={!mayWrite}
                onClick={() => {
                  move.mutate({ advance: isoDuration(`${String(n)}${unit.slice(0, 1)}`) });
                }}
              >
                {say(unit, { n })}
              </Button>
            ))}
            <Button
              disabled={!mayWrite}
              onClick={() => {
                move.mutate(isFrozen ? { resume: true } : { freeze: true });
              }}
            >
              {say(isFrozen ? 'resume' : 'freeze')}
            </Button>
          </div>
          <form
            className="row wrap"
            onSubmit={(event) => {
              event.preventDefault();
              move.mutate({ advance: isoDuration(by) });
            }}
          >
            <Input
              className="workbench-times"
              aria-label={say('other')}
              placeholder={say('other')}
              value={by}
              onChange={(event) => {
                setBy(event.target.value.trim());
              }}
            />
            <Button
              disabled={by === ''}
              onClick={() => {
                plan.mutate(isoDuration(by));
              }}
            >
              {say('plan')}
            </Button>
            <Button htmlType="submit" disabled={by === '' || !mayWrite}>
              {say('go')}
            </Button>
          </form>
          <p className="small quiet">{say('forward')}</p>
        </>
      )}
      {(move.error ?? plan.error) !== null && <Failure what={say('moveFailed')} error={move.error ?? plan.error} />}
      {plan.data !== undefined ? (
        <Due company={company} clock={plan.data} title={say('willBeDue', { by })} zone={zone} />
      ) : (
        move.data !== undefined && <Due company={company} clock={move.data} title={say('due')} zone={zone} />
      )}
    </section>
  );
}
