import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { LinkLine } from '../../../../src/http/admin/targets/contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { ConfirmButton } from '../../ui/confirm/confirm-button.tsx';
import { SubjectLink, useSubjectName } from '../../ui/people/person-name.tsx';
import { wordOf } from '../../ui/record/field-values.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import type { LinkWork } from './work.ts';
import { linkWords, MATCHED_WORDS } from './words.ts';

const KIND = { linked: 'good', ignored: 'quiet', ambiguous: 'warn', lost: 'bad' } as const;
const SIGN = { linked: '✓', ignored: '–', ambiguous: '?', lost: '✕' } as const;

/** One link: by what it was matched, when both sides last agreed, and what is decided of it. */
export function LinkRow({
  company,
  target,
  link,
  canChange,
  act,
}: {
  readonly company: string;
  readonly target: string;
  readonly link: LinkLine;
  readonly canChange: boolean;
  readonly act: (work: LinkWork) => Promise<void>;
}): ReactNode {
  const say = useWords(linkWords);
  const zone = useZone(company);
  const [liveId, setLiveId] = useState(link.live_id ?? '');
  const { kind, state } = link;
  const about = { company, kind, id: link.subject };
  const subject = useSubjectName(about);
  const { language } = useLanguage();
  return (
    <tr>
      <td className="target-value">
        <SubjectLink subject={about} name={subject} isLive />
        {subject !== link.subject && <p className="small quiet code">{visible(link.subject)}</p>}
      </td>
      <td className="target-word">{say(kind)}</td>
      <td>
        <span className={`verdict verdict-${KIND[state]}`}>
          <span aria-hidden="true">{SIGN[state]}</span> {say(state)}
        </span>
      </td>
      <td>
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            if (liveId !== '' && liveId !== link.live_id) void act({ kind: 'link', liveId });
          }}
        >
          <Input
            className="code target-filter"
            aria-label={say('linkOf', { subject })}
            placeholder={say('liveId')}
            disabled={!canChange}
            value={liveId}
            onChange={(event) => {
              setLiveId(event.target.value);
            }}
          />
          <Button htmlType="submit" disabled={!canChange || liveId === '' || liveId === link.live_id}>
            {say('save')}
          </Button>
        </form>
        {state === 'ambiguous' && (
          <Link
            className="small"
            to="/c/$company/targets/$target/drift"
            params={{ company, target }}
            search={{ class: 'undecided' }}
          >
            {say('candidates')}
          </Link>
        )}
      </td>
      <td className="target-word">{wordOf(MATCHED_WORDS, link.matched_by, language)}</td>
      <td>{link.base_at === null ? say('never') : <Time at={link.base_at} zone={zone} />}</td>
      <td className="target-act">
        <span className="row wrap">
          {state !== 'ignored' && (
            <ConfirmButton
              ask={say('ignoreAsk', { subject })}
              confirm={say('ignore')}
              disabled={!canChange}
              act={() => act({ kind: 'ignore' })}
            >
              {say('ignore')}
            </ConfirmButton>
          )}
          <ConfirmButton
            ask={say('removeAsk', { subject })}
            confirm={say('remove')}
            disabled={!canChange}
            act={() => act({ kind: 'remove' })}
          >
            {say('remove')}
          </ConfirmButton>
        </span>
      </td>
    </tr>
  );
}
