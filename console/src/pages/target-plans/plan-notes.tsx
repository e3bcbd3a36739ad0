import type { ReactNode } from 'react';
import type { TargetPlanView } from '../../../../src/http/admin/targets/plan-contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { useLanguage, useWords } from '../../words/language.tsx';
import { planWords } from './words.ts';

/** What to know before a plan is applied: messages, what cannot be taken back, and what it leaves out. */
export function PlanNotes({ plan }: { readonly plan: TargetPlanView }): ReactNode {
  const say = useWords(planWords);
  const { language } = useLanguage();
  const notes = [
    ['messages', plan.messages.map(({ n, name, effect }) => `${name} · ${say('messageOf', { n, effect })}`)],
    ['cannotUndo', plan.cannot_undo.map(({ n, why }) => `${say('stepOf', { n })}: ${why[language]}`)],
    ['refused', plan.refused.map(({ name, field, words }) => `${name} ${field ?? ''}: ${words[language]}`)],
    ['rings', plan.rings.map(({ field, subjects }) => `${field}: ${subjects.join(' → ')}`)],
    ['reports', plan.reports.map(({ name, field, why }) => `${name} ${field ?? ''}: ${why}`)],
    ['assumed', plan.assumed],
  ] as const;
  const there = notes.filter(([, lines]) => lines.length > 0);
  if (there.length === 0) return null;
  return (
    <section className="card stack-tight">
      {there.map(([name, lines]) => (
        <details key={name}>
          <summary>
            {say(name)} {lines.length}
          </summary>
          <ul className="target-notes">
            {[...new Set(lines)].map((line) => (
              <li key={line}>{visible(line)}</li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}
