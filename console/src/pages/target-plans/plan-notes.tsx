import type { ReactNode } from 'react';
import type { TargetPlanView } from '../../../../src/http/admin/targets/plan-contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { useLiveValues } from '../../ui/target/live-values.tsx';
import { EFFECT_WORDS, REPORT_WORDS } from '../../ui/target/live-words.ts';
import { useLanguage, useWords } from '../../words/language.tsx';
import { planWords } from './words.ts';

/** Reports about people who left there. */
const LEFT: ReadonlySet<string> = new Set(['comes-back', 'left-alike', 'maybe-left']);

/** What to know before a plan is applied: messages, what cannot be taken back, and what it leaves out. */
export function PlanNotes({ company, plan }: { readonly company: string; readonly plan: TargetPlanView }): ReactNode {
  const say = useWords(planWords);
  const { language } = useLanguage();
  const live = useLiveValues(company);
  const of = (name: string, field: string | null, words: string): string =>
    `${[name, field === null ? '' : live.field(field)].join(' ').trim()}: ${words}`;
  const reports = plan.reports.map(({ name, field, why, detail }) => {
    const more = detail === undefined ? '' : ` ${detail[language]}`;
    return { isOfLeft: LEFT.has(why), line: of(name, field, `${live.named(REPORT_WORDS, why)}${more}`) };
  });
  const effect = (given: { readonly effect: string; readonly when: string }): string =>
    `${live.named(EFFECT_WORDS, given.effect)}, ${live.named(EFFECT_WORDS, given.when)}`;
  const notes = [
    ['left', reports.flatMap(({ isOfLeft, line }) => (isOfLeft ? [line] : []))],
    ['messages', plan.messages.map((one) => `${one.name} · ${say('messageOf', { n: one.n, effect: effect(one) })}`)],
    ['cannotUndo', plan.cannot_undo.map(({ n, why }) => `${say('stepOf', { n })}: ${why[language]}`)],
    ['lasting', plan.lasting.map(({ name, why }) => of(name, null, why[language]))],
    ['refused', plan.refused.map(({ name, field, words }) => of(name, field, words[language]))],
    ['rings', plan.rings.map(({ field, subjects }) => `${live.field(field)}: ${subjects.join(' → ')}`)],
    ['reports', reports.flatMap(({ isOfLeft, line }) => (isOfLeft ? [] : [line]))],
    ['assumed', plan.assumed],
  ] as const;
  const there = notes.filter(([, lines]) => lines.length > 0);
  if (there.length === 0) return null;
  return (
    <section className="card stack-tight">
      {there.map(([name, lines]) => (
        <details key={name} open={name === 'left' || name === 'lasting' || name === 'refused'}>
          <summary>{say('noted', { what: say(name), n: lines.length })}</summary>
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
