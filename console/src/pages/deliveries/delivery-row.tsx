import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DeliveryLine } from '../../../../src/http/admin/targets/plan-contract.ts';
import { ChangeFields } from '../../ui/changes/change-fields.tsx';
import { visible } from '../../ui/code/visible.ts';
import { ConfirmButton } from '../../ui/confirm/confirm-button.tsx';
import { SubjectLink, useSubjectName } from '../../ui/people/person-name.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { useLiveValues } from '../../ui/target/live-values.tsx';
import { DONE_WORDS, FATE_WORDS, REASON_WORDS } from '../../ui/target/live-words.ts';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useWords } from '../../words/language.tsx';
import { WaitsFor } from './waits-for.tsx';
import { deliveryWords } from './words.ts';

const KIND = {
  waiting: 'quiet',
  staged: 'warn',
  held: 'warn',
  sending: 'changed',
  doubt: 'warn',
  written: 'good',
  verified: 'good',
  partial: 'warn',
  equal: 'quiet',
  dead: 'bad',
} as const satisfies Readonly<Record<DeliveryLine['state'], string>>;
const SIGN = {
  waiting: '…',
  staged: '⚠',
  held: '‖',
  sending: '▶',
  doubt: '?',
  written: '✓',
  verified: '✓',
  partial: '◐',
  equal: '=',
  dead: '✕',
} as const satisfies Readonly<Record<DeliveryLine['state'], string>>;
/** So many calls of one delivery are linked, the last ones. */
const MOST_CALLS = 3;
/** Of these something arrived, which can be taken back. */
const ARRIVED: ReadonlySet<string> = new Set(['written', 'verified', 'partial']);

/** One delivery: to which platform, the fields before and after, and what it came to. */
export function DeliveryRow({
  company,
  delivery,
  canChange,
  act,
}: {
  readonly company: string;
  readonly delivery: DeliveryLine;
  readonly canChange: boolean;
  readonly act: (action: 'retry' | 'undo') => Promise<void>;
}): ReactNode {
  const say = useWords(deliveryWords);
  const zone = useZone(company);
  const live = useLiveValues(company);
  const { target, kind, subject, state, plan, before, sent, reason, items } = delivery;
  const about = { company, kind, id: subject };
  const name = useSubjectName(about);
  const calls = delivery.attempts.flatMap(({ request }) => request ?? []);
  const fields = Object.fromEntries(
    Object.entries(sent).map(([field, after]) => [field, { before: before[field] ?? null, after }]),
  );
  return (
    <tr>
      <td>
        <Time at={delivery.updated_at} zone={zone} />
        {plan !== null && delivery.plan_kept && (
          <p className="small">
            <Link to="/c/$company/targets/$target/plans/$id" params={{ company, target, id: plan }}>
              {say('plan')}
            </Link>
          </p>
        )}
      </td>
      <td className="target-value">
        <span className="row">
          <Platform name={target} letterOnly />
          <SubjectLink subject={about} name={name} isLive />
        </span>
      </td>
      <td className="target-word">{live.named(DONE_WORDS, delivery.operation)}</td>
      <td>
        <ChangeFields fields={fields} shown={live} />
      </td>
      <td>
        <span className={`verdict verdict-${KIND[state]}`}>
          <span aria-hidden="true">{SIGN[state]}</span> {say(state)}
        </span>
        {delivery.tries > 1 && <p className="small quiet">{say('tries', { n: delivery.tries })}</p>}
        {calls.slice(-MOST_CALLS).map((id, n, shown) => (
          <p className="small" key={id}>
            <Link to="/c/$company/calls/$id" params={{ company, id }}>
              {shown.length === 1 ? say('call') : say('callN', { n: n + 1 })}
            </Link>
          </p>
        ))}
      </td>
      <td className="target-value">
        {reason !== null && <p>{live.named(REASON_WORDS, reason)}</p>}
        <ul className="small">
          {items.map(({ field, fate, code }) => (
            <li key={field ?? ''}>
              {field !== null && live.field(field)} {live.named(FATE_WORDS, fate)} {code !== null && visible(code)}
            </li>
          ))}
        </ul>
        <WaitsFor company={company} fields={delivery.waits_for} />
      </td>
      <td className="target-act">
        {state === 'dead' && (
          <ConfirmButton
            ask={say('retryAsk', { name })}
            confirm={say('retry')}
            disabled={!canChange}
            act={() => act('retry')}
          >
            {say('retry')}
          </ConfirmButton>
        )}
        {ARRIVED.has(state) && (
          <ConfirmButton ask={say('undoAsk')} confirm={say('undo')} disabled={!canChange} act={() => act('undo')}>
            {say('undo')}
          </ConfirmButton>
        )}
      </td>
    </tr>
  );
}
