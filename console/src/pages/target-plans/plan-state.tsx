import type { ReactNode } from 'react';
import type { TargetPlanLine, TargetPlanState } from '../../../../src/http/admin/targets/plan-contract.ts';
import { useWords } from '../../words/language.tsx';
import { planWords } from './words.ts';

const KIND = {
  making: 'quiet',
  failed: 'bad',
  ready: 'good',
  staged: 'warn',
  running: 'changed',
  stopping: 'changed',
  stopped: 'warn',
  done: 'good',
  expired: 'quiet',
} as const satisfies Readonly<Record<TargetPlanState, string>>;
const SIGN = {
  making: '…',
  failed: '✕',
  ready: '○',
  staged: '⚠',
  running: '▶',
  stopping: '‖',
  stopped: '‖',
  done: '✓',
  expired: '–',
} as const satisfies Readonly<Record<TargetPlanState, string>>;

/** Where a plan is, as a sign and a word; one without a step has nothing to do. */
export function PlanState({
  plan: { state, steps },
}: {
  readonly plan: Pick<TargetPlanLine, 'state' | 'steps'>;
}): ReactNode {
  const say = useWords(planWords);
  const isNothing = steps === 0 && (state === 'ready' || state === 'done');
  return (
    <span className={`verdict verdict-${isNothing ? 'quiet' : KIND[state]}`}>
      <span aria-hidden="true">{isNothing ? '=' : SIGN[state]}</span>{' '}
      {say(isNothing ? 'nothingToDo' : state === 'failed' ? 'state_failed' : state)}
    </span>
  );
}
