import type { ReactNode } from 'react';
import type { PersonDelivery, TargetPlanView } from '../../../../src/http/admin/targets/plan-contract.ts';
import { ChangeFields } from '../../ui/changes/change-fields.tsx';
import { visible } from '../../ui/code/visible.ts';
import { useLiveValues, type LiveValues } from '../../ui/target/live-values.tsx';
import { DONE_WORDS, FATE_WORDS, PERSON_WORDS, REPORT_WORDS } from '../../ui/target/live-words.ts';
import { useLanguage, useWords, type Language } from '../../words/language.tsx';
import { liveWords } from './live-words.ts';

type Step = PersonDelivery['steps'][number];

/** What the steps show, each in its `data`; the contract calls it unknown, as each release may show more. */
interface Shown {
  readonly people?: unknown;
  readonly departments?: unknown;
  readonly state?: string;
  readonly live_id?: string | null;
  readonly fields?: Readonly<Record<string, { readonly ours: unknown; readonly theirs?: unknown }>>;
  readonly steps?: TargetPlanView['page'];
  readonly brake?: TargetPlanView['brake'];
  readonly refused?: TargetPlanView['refused'];
  readonly reports?: TargetPlanView['reports'];
  readonly sent?: number;
  readonly as_predicted?: number;
}

/** The steps in which a person is delivered, each with how long it took and what it found. */
export function LiveSteps({
  company,
  steps,
}: {
  readonly company: string;
  readonly steps: PersonDelivery['steps'];
}): ReactNode {
  const say = useWords(liveWords);
  const { language } = useLanguage();
  const live = useLiveValues(company);
  return (
    <ol className="stack-tight" aria-label={say('steps')}>
      {steps.map((one) => (
        <li key={one.step}>
          <span className={`verdict verdict-${one.goes_on ? 'good' : 'warn'}`}>
            <span aria-hidden="true">{one.goes_on ? '✓' : '!'}</span>{' '}
            {say(one.step === 'write' ? 'write_step' : one.step)}
          </span>{' '}
          <span className="quiet">{one.ms} ms</span> {whyOf(one, live, language)}
          <Found step={one} live={live} language={language} />
        </li>
      ))}
    </ol>
  );
}

/** Says why a step was the last; what waits for approval is named by the counts. */
function whyOf({ why, data }: Step, live: LiveValues, language: Language): string {
  if (why === null) return '';
  const { brake = [] } = data as Shown;
  const waits = brake.filter(({ what }) => what !== 'headcount');
  if (!why.startsWith(WAITS) || waits.length === 0) return live.named(PERSON_WORDS, why);
  const counts = waits.map(({ what, count }) => `${live.named(DONE_WORDS, what)} ${String(count)}`).join(' · ');
  return ASKED[language].replace('{counts}', counts);
}

const WAITS = 'It waits for approval';
const ASKED = {
  zh: '等待确认（{counts}）：请生成计划，允许后应用。',
  en: 'It waits for approval ({counts}): make a plan, allow it, and apply it.',
} as const;

function Found({
  step: { step, data },
  live,
  language,
}: {
  readonly step: Step;
  readonly live: LiveValues;
  readonly language: Language;
}): ReactNode {
  const say = useWords(liveWords);
  const { people, departments, state, live_id: liveId, fields = {}, ...shown } = data as Shown;
  const { steps = [], refused = [], reports = [], sent, as_predicted: hits = 0 } = shown;
  switch (step) {
    case 'read':
      return (
        <p className="small quiet">{say('readFound', { people: Number(people), departments: Number(departments) })}</p>
      );
    case 'match': {
      const unlike = Object.entries(fields).filter(
        ([, { ours, theirs }]) => theirs !== undefined && JSON.stringify(ours) !== JSON.stringify(theirs),
      );
      return (
        <div className="small">
          <p className="quiet">
            {live.named(PERSON_WORDS, state ?? '')} <span className="code">{visible(liveId ?? '')}</span>
          </p>
          {unlike.length > 0 && (
            <>
              <p className="quiet">{say('unlike')}</p>
              <ChangeFields
                shown={live}
                fields={Object.fromEntries(
                  unlike.map(([field, { ours, theirs }]) => [field, { before: theirs, after: ours }]),
                )}
              />
            </>
          )}
        </div>
      );
    }
    case 'plan':
      return (
        <ul className="small">
          {steps.map(({ n, operation, subjects, predicted, is_refused: isRefused }) => (
            <li key={n}>
              <strong>{live.named(DONE_WORDS, operation)}</strong> {isRefused && live.named(FATE_WORDS, 'refused')}
              {subjects.map(({ subject, changes }) => (
                <ChangeFields
                  key={subject}
                  shown={live}
                  fields={Object.fromEntries(
                    Object.entries(changes).map(([field, { from, to }]) => [
                      field,
                      { before: from ?? null, after: to },
                    ]),
                  )}
                />
              ))}
              {predicted.map(({ field, fate, code, remedy }) =>
                fate === 'written' ? null : (
                  <p key={field ?? ''}>
                    ✕ {field !== null && live.field(field)} {live.named(FATE_WORDS, fate)} {visible(code ?? '')}{' '}
                    {remedy !== undefined && visible(remedy[language])}
                  </p>
                ),
              )}
            </li>
          ))}
          {refused.map(({ field, words }) => (
            <li key={`refused ${field ?? ''}`}>
              ✕ {field !== null && live.field(field)} {visible(words[language])}
            </li>
          ))}
          {reports.map(({ field, why }) => (
            <li key={`${field ?? ''} ${why}`} className="quiet">
              = {field !== null && live.field(field)} {live.named(REPORT_WORDS, why)}
            </li>
          ))}
        </ul>
      );
    case 'write':
      return sent === undefined ? null : <p className="small quiet">{say('wrote', { sent, hits })}</p>;
    default:
      return null;
  }
}
