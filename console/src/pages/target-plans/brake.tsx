import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { TargetPlanView } from '../../../../src/http/admin/targets/plan-contract.ts';
import { api } from '../../api/client.ts';
import { useMayWrite } from '../../api/session.ts';
import { Failure } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { useLiveValues } from '../../ui/target/live-values.tsx';
import { DONE_WORDS } from '../../ui/target/live-words.ts';
import { planWords } from './words.ts';

type Braked = TargetPlanView['brake'][number];

/** What of a plan is over a limit; it is allowed by typing the very number, never by one key. */
export function Brake({
  company,
  target,
  plan,
}: {
  readonly company: string;
  readonly target: string;
  readonly plan: TargetPlanView;
}): ReactNode {
  const say = useWords(planWords);
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const live = useLiveValues(company);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const held = plan.brake.filter(({ allowed }) => !allowed);
  const allow = useMutation({
    mutationFn: () =>
      api('target-plans.allow', {
        params: { key: company, target, id: plan.id },
        body: { counts: Object.fromEntries(held.map(({ what, count }) => [what, count])) },
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['c', company, 'targets'] }),
  });
  const overOf = (what: string, { count, limit, today }: Pick<Braked, 'count' | 'limit' | 'today'>): string => {
    if (today !== undefined) return say('overDay', { what, count, limit, today });
    // A limit of none is a question each time.
    return limit === 0 ? say('asked', { what, count }) : say('over', { what, count, limit });
  };
  const isAllowed = held.every(({ what, count }) => typed[what] === String(count));
  return (
    <section className="card stack-tight" aria-label={say('brake')}>
      <h2>⚠ {say('brake')}</h2>
      {plan.brake.map(({ what, count, limit, today, allowed }) => (
        <p key={what} className="row wrap">
          <span>{overOf(live.named(DONE_WORDS, what), { count, limit, today })}</span>
          {allowed ? (
            <span className="verdict verdict-good">✓ {say('isAllowed')}</span>
          ) : (
            <Input
              className="target-run"
              aria-label={say('allowNumber', { n: count, what: live.named(DONE_WORDS, what) })}
              placeholder={say('allowNumber', { n: count, what: live.named(DONE_WORDS, what) })}
              disabled={!mayWrite}
              value={typed[what] ?? ''}
              onChange={({ target: { value } }) => {
                setTyped({ ...typed, [what]: value });
              }}
            />
          )}
        </p>
      ))}
      {held.length > 0 && (
        <div>
          <Button
            danger
            disabled={!mayWrite || !isAllowed}
            loading={allow.isPending}
            onClick={() => {
              allow.mutate();
            }}
          >
            {say('allow')}
          </Button>
        </div>
      )}
      {allow.error !== null && <Failure what={say('changeFailed')} error={allow.error} />}
    </section>
  );
}
