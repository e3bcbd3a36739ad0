import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { StoredPlanView } from '../../../../src/company/plan/stored-plans-contract.ts';
import { api } from '../../api/client.ts';
import { useMayWrite } from '../../api/session.ts';
import { ConfirmButton } from '../../ui/confirm/confirm-button.tsx';
import { Failure } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { fileWords } from './words.ts';

/** Applies a stored plan exactly as it is shown; where people are removed after their number was typed, never by one key. */
export function PlanApply({ company, plan }: { readonly company: string; readonly plan: StoredPlanView }): ReactNode {
  const say = useWords(fileWords);
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const { removes, present, tripped } = plan.brake;
  const params = { key: company, id: plan.id };
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: ['c', company, 'file-plans'] });
  const apply = useMutation({
    mutationFn: () => api('plans.apply', { params, body: removes > 0 ? { confirm: removes } : {} }),
    onSettled: again,
  });
  const erase = useMutation({
    mutationFn: () => api('plans.erase', { params }),
    onSuccess: async () => {
      await navigate({ to: '/c/$company/file', params: { company } });
      await again();
    },
  });
  const steps = plan.counts.add + plan.counts.change + plan.counts.remove;
  const isReady = plan.state === 'ready' && steps > 0;
  return (
    <section className="stack-tight" aria-label={say('apply')}>
      {plan.state === 'applying' && (
        <p className="row wrap">
          <progress
            className="file-progress"
            aria-label={say('state_applying')}
            {...(plan.progress.of === 0 ? {} : { max: plan.progress.of, value: plan.progress.done })}
          />
          <span className="quiet">{say('applyingNow')}</span>
        </p>
      )}
      <div role="status">
        {plan.state === 'applied' && <p className="band verdict-good">✓ {say('applied', { n: steps })}</p>}
        {plan.state === 'moved' && <p className="band verdict-warn">⚠ {say('moved')}</p>}
        {plan.state === 'failed' && <p className="band verdict-bad">✕ {say('applyFailed')}</p>}
        {plan.state === 'ready' && plan.changed_since && <p className="band verdict-warn">⚠ {say('changedSince')}</p>}
      </div>
      {plan.state === 'ready' && removes > 0 && (
        <p className="band verdict-warn">⚠ {say(tripped ? 'brake' : 'removes', { n: removes, of: present })}</p>
      )}
      <div className="row wrap">
        {isReady && removes > 0 && (
          <Input
            className="file-confirm"
            aria-label={say('confirm', { n: removes })}
            placeholder={say('confirm', { n: removes })}
            disabled={!mayWrite}
            value={typed}
            onChange={({ target: { value } }) => {
              setTyped(value.trim());
            }}
          />
        )}
        {isReady && (
          <Button
            type="primary"
            danger={removes > 0}
            loading={apply.isPending}
            disabled={!mayWrite || (removes > 0 && typed !== String(removes))}
            title={mayWrite ? undefined : say('onlyLooks')}
            onClick={() => {
              apply.mutate();
            }}
          >
            {say('apply')}
          </Button>
        )}
        {plan.state !== 'applying' && (
          <ConfirmButton
            ask={say('eraseAsk')}
            confirm={say('erase')}
            disabled={!mayWrite || erase.isPending}
            act={async () => {
              await erase.mutateAsync().catch(() => undefined);
            }}
          >
            {say('erase')}
          </ConfirmButton>
        )}
        {!mayWrite && <span className="quiet">{say('onlyLooks')}</span>}
      </div>
      {[apply.error, erase.error].map(
        (error) => error !== null && <Failure key={error.message} what={say('notDone')} error={error} />,
      )}
    </section>
  );
}
