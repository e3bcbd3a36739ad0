import type { ReactNode } from 'react';
import type { PlatformCheck } from '../../../../src/sandbox/dry-run/contract.ts';
import { Body } from '../../ui/code/json-body.tsx';
import { visible } from '../../ui/code/visible.ts';
import { Platform } from '../../ui/platform/platform.tsx';
import { MemberVerdict } from '../../ui/verdict/member-verdict.tsx';
import { useWords } from '../../words/language.tsx';
import { editWords } from './edit-words.ts';

const KIND = { ok: 'good', partly: 'warn', refused: 'bad' } as const;
const SIGN = { ok: '✓', partly: '◐', refused: '✕' } as const;

/** What one platform would make of the change: as a whole, of each member, and what it has no field for. */
export function PlatformVerdicts({
  check: { platform, call, left, named, checked },
  isChosen,
}: {
  readonly check: PlatformCheck;
  readonly isChosen: boolean;
}): ReactNode {
  const say = useWords(editWords);
  const names = left.map((field) => say(field)).join(say('and'));
  // Parts of a value that has its verdict have none of their own.
  const fields = checked?.fields.filter(({ verdict }) => verdict !== 'used' && verdict !== 'not-mapped') ?? [];
  return (
    <article
      className={isChosen ? 'card stack-tight person-check person-check-chosen' : 'card stack-tight person-check'}
    >
      <header className="row wrap">
        <h3>
          <Platform name={platform} />
        </h3>
        {checked === null ? (
          <span className="verdict verdict-quiet">{say('none')}</span>
        ) : (
          <span className={`verdict verdict-${KIND[checked.outcome]}`}>
            <span aria-hidden="true">{SIGN[checked.outcome]}</span> {say(checked.outcome)}
            {checked.outcome === 'refused' && checked.code !== null ? ` · ${visible(checked.code)}` : ''}
          </span>
        )}
        {call !== null && <span className="code small quiet">{call.operation}</span>}
      </header>
      {fields.length > 0 && (
        <ul className="stack-tight">
          {fields.map((result) => {
            const field = named[result.field];
            return (
              <li key={result.field} className="row wrap">
                {field !== undefined && <strong>{say(field)}</strong>}{' '}
                <code className="small quiet">{visible(result.field)}</code> <MemberVerdict result={result} />
              </li>
            );
          })}
        </ul>
      )}
      {left.length > 0 && checked !== null && <p className="small quiet">{say('left', { names })}</p>}
      {call !== null && (
        <details>
          <summary className="small">{say('request')}</summary>
          <Body body={call.body} label={`${platform} ${say('request')}`} />
        </details>
      )}
    </article>
  );
}
