import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { EventLine } from '../../../../src/http/admin/contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { SubjectLink, useSubjectName } from '../../ui/people/person-name.tsx';
import { wordOf } from '../../ui/record/field-values.tsx';
import { THING_WORDS } from '../../ui/record/record-words.ts';
import { Platform } from '../../ui/platform/platform.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { eventWords } from './words.ts';

const KIND = { waiting: 'quiet', taken: 'good', dead: 'bad' } as const;
const SIGN = { waiting: '…', taken: '✓', dead: '✕' } as const;

/** One event: to which app, about what, what became of it, and each try. */
export function EventRow({
  company,
  event,
  canSend,
  resend,
}: {
  readonly company: string;
  readonly event: EventLine;
  readonly canSend: boolean;
  readonly resend: () => void;
}): ReactNode {
  const say = useWords(eventWords);
  const zone = useZone(company);
  const { language } = useLanguage();
  const { id, at, platform, app, type, state, subject, kind, change, next_try: nextTry } = event;
  const about = { company, kind, id: subject };
  const name = useSubjectName(about);
  return (
    <tr>
      <td>
        <Time at={at} zone={zone} />
      </td>
      <td>
        <span className="row">
          <Platform name={platform} letterOnly /> <span className="code clip">{visible(app ?? '–')}</span>
        </span>
      </td>
      <td className="events-type">
        <code>{visible(type)}</code>
      </td>
      <td>
        <SubjectLink subject={about} name={subject === '' ? wordOf(THING_WORDS, kind, language) : name} />
        <p className="small quiet">{say('change', { n: change })}</p>
      </td>
      <td>
        <span className={`verdict verdict-${KIND[state]}`}>
          <span aria-hidden="true">{SIGN[state]}</span> {say(state)}
        </span>
        {nextTry !== null && (
          <p className="small quiet">
            {say('nextTry')} <Time at={nextTry} zone={zone} />
          </p>
        )}
      </td>
      <td>
        <Tries tries={event.tries} zone={zone} />
      </td>
      <td className="events-act">
        <Button size="small" disabled={!canSend} aria-label={say('resendOf', { id })} onClick={resend}>
          {say('resend')}
        </Button>
      </td>
    </tr>
  );
}

function Tries({ tries, zone }: { readonly tries: EventLine['tries']; readonly zone: string }): ReactNode {
  const say = useWords(eventWords);
  const last = tries.at(-1);
  if (last === undefined) return <span className="quiet">{say('noTry')}</span>;
  const answer = (status: number | null): string => (status === null ? say('noAnswer') : String(status));
  return (
    <details>
      <summary>
        {say('tried', { n: tries.length })} · {answer(last.status)}
      </summary>
      <ol className="stack-tight small">
        {tries.map(({ at, status, ms, reason }) => (
          <li key={at}>
            <Time at={at} zone={zone} /> · {answer(status)} · {ms} ms
            {reason !== null && <p className="quiet">{visible(reason)}</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}
