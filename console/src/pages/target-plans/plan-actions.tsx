import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { TargetPlanState, TargetPlanView } from '../../../../src/http/admin/targets/plan-contract.ts';
import { api } from '../../api/client.ts';
import { useMayWrite } from '../../api/session.ts';
import { ConfirmButton } from '../../ui/confirm/confirm-button.tsx';
import { Failure } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { planWords } from './words.ts';

type Action = 'apply' | 'stop' | 'undo' | 'erase';

/** What may be done to a plan, by where it is. */
const ACTIONS: Readonly<Record<TargetPlanState, readonly Action[]>> = {
  making: ['erase'],
  failed: ['erase'],
  ready: ['apply', 'erase'],
  staged: ['erase'],
  running: ['stop'],
  stopping: [],
  stopped: ['apply', 'undo', 'erase'],
  done: ['undo', 'erase'],
  expired: ['erase'],
};

/** Applies a plan, stops it, takes it back or erases it, each after saying what that does. */
export function PlanActions({
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
  const navigate = useNavigate();
  const queries = useQueryClient();
  const params = { key: company, target, id: plan.id };
  const act = useMutation({
    mutationFn: async (action: Action): Promise<void> => {
      if (action === 'apply') await api('target-plans.apply', { params, body: {} });
      else if (action === 'stop') await api('target-plans.stop', { params });
      else if (action === 'erase') {
        await api('target-plans.erase', { params });
        await navigate({ to: '/c/$company/targets/$target/plans', params: { company, target } });
      } else {
        const { id } = await api('target-plans.undo', { params });
        await navigate({ to: '/c/$company/targets/$target/plans/$id', params: { company, target, id } });
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['c', company, 'targets'] }),
  });
  const ask = (action: Exclude<Action, 'stop'>): string =>
    action === 'apply' ? say('applyAsk', { n: plan.steps - plan.done, m: plan.messages.length }) : say(`${action}Ask`);
  return (
    <div className="stack-tight">
      <div className="row wrap">
        {ACTIONS[plan.state]
          .filter((action) => action !== 'apply' || plan.steps > 0)
          .map((action) =>
            action === 'stop' ? (
              <Button
                key={action}
                danger
                disabled={!mayWrite || act.isPending}
                onClick={() => {
                  act.mutate(action);
                }}
              >
                {say(action)}
              </Button>
            ) : (
              <ConfirmButton
                key={action}
                ask={ask(action)}
                confirm={say(action)}
                isMain={action === 'apply'}
                disabled={!mayWrite || act.isPending}
                act={async () => {
                  await act.mutateAsync(action).catch(() => undefined);
                }}
              >
                {say(action)}
              </ConfirmButton>
            ),
          )}
      </div>
      <div role="status">{act.error !== null && <Failure what={say('changeFailed')} error={act.error} />}</div>
    </div>
  );
}
