import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CallBucket, CallStats } from '../../../../src/sandbox/live/contract.ts';
import { useWords } from '../../words/language.tsx';
import { overviewWords } from './words.ts';

const OUTCOMES = ['ok', 'partly', 'refused', 'injected'] as const;

/** The calls of the last minutes by outcome: numbers first, bars beside them. */
export function OutcomeBars({ stats, company }: { readonly stats: CallStats; readonly company: string }): ReactNode {
  const say = useWords(overviewWords);
  const sum = (pick: (bucket: CallBucket) => number): number => stats.calls.reduce((all, one) => all + pick(one), 0);
  const steps = stepsOf(stats);
  const most = Math.max(1, ...steps.map((step) => OUTCOMES.reduce((all, outcome) => all + step[outcome], 0)));
  const silent = sum((bucket) => bucket.silent);
  return (
    <section className="card outcome">
      <div className="stack-tight">
        <h2>{say('outcome')}</h2>
        <dl className="outcome-counts">
          {OUTCOMES.map((outcome) => (
            <div key={outcome}>
              <dt className="small quiet">
                <span aria-hidden="true" className={`outcome-key outcome-${outcome}`} /> {say(outcome)}
              </dt>
              <dd>{sum((bucket) => bucket[outcome])}</dd>
            </div>
          ))}
          <div>
            <dt className="small quiet">{say('silent')}</dt>
            <dd>
              {silent}{' '}
              {silent > 0 && (
                <Link className="small" to="/c/$company/calls" params={{ company }} search={{ q: 'silent:yes' }}>
                  {say('seeThem', { n: silent })}
                </Link>
              )}
            </dd>
          </div>
        </dl>
      </div>
      <svg
        className="outcome-bars"
        viewBox={`0 0 ${String(steps.length * 6)} 48`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {steps.map((step, index) => {
          let top = 48;
          return OUTCOMES.map((outcome) => {
            const height = (step[outcome] / most) * 46;
            top -= height;
            return height === 0 ? null : (
              <rect
                key={`${String(index)} ${outcome}`}
                className={`outcome-${outcome}`}
                x={index * 6}
                y={top}
                width={5}
                height={height}
              />
            );
          });
        })}
      </svg>
    </section>
  );
}

type Step = Record<(typeof OUTCOMES)[number], number>;

/** Sums the platforms, and puts in the steps that had no call. */
function stepsOf({ from, step_ms, calls }: CallStats): readonly Step[] {
  const first = Date.parse(from);
  const count = Math.max(1, Math.min(180, Math.ceil((Date.now() - first) / step_ms)));
  const steps = Array.from({ length: count }, (): Step => ({ ok: 0, partly: 0, refused: 0, injected: 0 }));
  for (const bucket of calls) {
    const step = steps[Math.floor((Date.parse(bucket.at) - first) / step_ms)];
    if (step !== undefined) for (const outcome of OUTCOMES) step[outcome] += bucket[outcome];
  }
  return steps;
}
