import type { ReactNode } from 'react';
import type { TargetPlanState } from '../../../../src/http/admin/targets/plan-contract.ts';
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

/** Where a plan is, as a sign and a word. */
export function PlanState({ state }: { readonly state: TargetPlanState }): ReactNode {
  const say = useWords(planWords);
  return (
    <span className={`verdict verdict-${KIND[state]}`}>
      <span aria-hidden="true">{SIGN[state]}</span> {say(state === 'failed' ? 'state_failed' : state)}
    </span>
  );
}

/** Returns counts by kind in one line, e.g. `update 3 · leave 1`. */
export function countsText(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([what, count]) => `${what} ${String(count)}`);
  return parts.length === 0 ? '–' : parts.join(' · ');
}
