import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { DriftAccepted } from '../../../../src/http/admin/targets/drift-contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { Failure } from '../../ui/state/states.tsx';
import { useLiveValues } from '../../ui/target/live-values.tsx';
import { DONE_WORDS } from '../../ui/target/live-words.ts';
import { useWords } from '../../words/language.tsx';
import type { Remedies } from './remedies.ts';
import { driftWords } from './words.ts';

/** What came of a remedy: what was taken over, what was left and why, or what the brake holds back. */
export function Outcome({
  company,
  target,
  remedies,
}: {
  readonly company: string;
  readonly target: string;
  readonly remedies: Remedies;
}): ReactNode {
  const say = useWords(driftWords);
  const { accepted, repaired, acceptError, repairError, asked } = remedies;
  return (
    <div role="status" className="stack-tight">
      {acceptError !== null && <Failure what={say('acceptFailed')} error={acceptError} />}
      {repairError !== null && <Failure what={say('repairFailed')} error={repairError} />}
      {repaired?.plan === null && <p>{say('nothingToRepair')}</p>}
      {repaired !== undefined && repaired.plan !== null && (
        <p>
          ✓{' '}
          <Link to="/c/$company/targets/$target/plans/$id" params={{ company, target, id: repaired.plan }}>
            {say('planned', { id: repaired.plan })}
          </Link>
        </p>
      )}
      {accepted !== undefined && accepted.staged.length === 0 && <Accepted company={company} accepted={accepted} />}
      {accepted !== undefined && accepted.staged.length > 0 && (
        <Held
          company={company}
          staged={accepted.staged}
          isBusy={remedies.isBusy}
          allow={(counts) => remedies.accept({ ...asked, allow: counts })}
        />
      )}
    </div>
  );
}

function Accepted({
  company,
  accepted: { accepted, left },
}: {
  readonly company: string;
  readonly accepted: DriftAccepted;
}): ReactNode {
  const say = useWords(driftWords);
  const live = useLiveValues(company);
  const fields = accepted.reduce((sum, one) => sum + one.fields.length, 0);
  return (
    <>
      <p>✓ {say('accepted', { people: accepted.length, fields })}</p>
      {left.length > 0 && (
        <details>
          <summary>{say('left', { n: left.length })}</summary>
          <ul>
            {left.map(({ employee, field, why, detail }) => (
              <li key={`${employee ?? ''} ${field ?? ''} ${why}`}>
                <span className="code">{visible(employee ?? '–')}</span> {field !== null && live.field(field)}{' '}
                {say(why === 'only-there' ? 'only-there-left' : why)} {detail !== undefined && visible(detail)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** The brake is passed by typing each count, never by one key. */
function Held({
  company,
  staged,
  isBusy,
  allow,
}: {
  readonly company: string;
  readonly staged: DriftAccepted['staged'];
  readonly isBusy: boolean;
  readonly allow: (counts: Readonly<Record<string, number>>) => Promise<void>;
}): ReactNode {
  const say = useWords(driftWords);
  const live = useLiveValues(company);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const isAllowed = staged.every(({ what, count }) => typed[what] === String(count));
  return (
    <div className="card stack-tight">
      {staged.map(({ what, count, limit }) => (
        <p key={what} className="row wrap">
          <span className="verdict verdict-warn">
            ⚠ {say('staged', { what: live.named(DONE_WORDS, what), count, limit })}
          </span>
          <Input
            className="target-number"
            aria-label={say('allow', { n: count })}
            placeholder={say('allow', { n: count })}
            value={typed[what] ?? ''}
            onChange={({ target }) => {
              setTyped({ ...typed, [what]: target.value });
            }}
          />
        </p>
      ))}
      <div>
        <Button
          danger
          type="primary"
          disabled={!isAllowed || isBusy}
          onClick={() => void allow(Object.fromEntries(staged.map(({ what, count }) => [what, count])))}
        >
          {say('allowed')}
        </Button>
      </div>
    </div>
  );
}
