import type { ReactNode } from 'react';
import type { StoredPlanState } from '../../../../src/company/plan/stored-plans-contract.ts';
import { useWords } from '../../words/language.tsx';
import { fileWords } from './words.ts';

const LOOKS = {
  ready: ['○', 'good'],
  applying: ['▶', 'changed'],
  applied: ['✓', 'good'],
  moved: ['⚠', 'warn'],
  failed: ['✕', 'bad'],
} as const satisfies Readonly<Record<StoredPlanState, readonly [sign: string, kind: string]>>;

/** Where a stored plan is, as a sign and a word. */
export function CompanyPlanState({ state }: { readonly state: StoredPlanState }): ReactNode {
  const say = useWords(fileWords);
  const [sign, kind] = LOOKS[state];
  return (
    <span className={`verdict verdict-${kind}`}>
      <span aria-hidden="true">{sign}</span> {say(`state_${state}`)}
    </span>
  );
}
