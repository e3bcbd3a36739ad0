import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { TargetLine } from '../../../../src/http/admin/targets/contract.ts';
import { api } from '../../api/client.ts';
import { useMayWrite } from '../../api/session.ts';
import { DELIVERY_STATES } from '../../api/plan-queries.ts';
import { LINK_STATES } from '../../api/target-words.ts';
import { visible } from '../../ui/code/visible.ts';
import { ConfirmButton } from '../../ui/confirm/confirm-button.tsx';
import { Platform, usePlatformName } from '../../ui/platform/platform.tsx';
import { Failure } from '../../ui/state/states.tsx';
import { useLiveValues } from '../../ui/target/live-values.tsx';
import { DELIVERY_STATE_WORDS, DONE_WORDS } from '../../ui/target/live-words.ts';
import { useLanguage, useWords } from '../../words/language.tsx';
import { ProbeView } from './probe-view.tsx';
import { targetWords, WAYS } from './words.ts';

const KIND = { off: 'quiet', probed: 'quiet', on: 'good', paused: 'warn', quarantined: 'bad' } as const;
const SIGN = { off: '–', probed: '○', on: '✓', paused: '‖', quarantined: '✕' } as const;

/** What may be done to a target, by the state it is in. */
const COMMANDS = {
  off: [],
  probed: ['enable', 'off'],
  on: ['pause', 'off'],
  paused: ['resume', 'enable', 'off'],
  quarantined: ['resume', 'off'],
} as const;
type Command = (typeof COMMANDS)[keyof typeof COMMANDS][number];

/** A reason in words; the cause of a missing answer is the platform's, or the network's, own. */
function reasonWords(reason: string, say: ReturnType<typeof useWords<typeof targetWords>>): string {
  if (Object.hasOwn(targetWords, reason)) return say(reason as keyof typeof targetWords);
  const [, cause] = /^no-answer (.+)$/.exec(reason) ?? [];
  return cause === undefined ? visible(reason) : say('noAnswer', { cause: visible(cause) });
}

/** One live tenant: its state in words, its links and predictions, and what may be done with it. */
export function TargetCard({ company, target }: { readonly company: string; readonly target: TargetLine }): ReactNode {
  const say = useWords(targetWords);
  const { language } = useLanguage();
  const platformName = usePlatformName();
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const { platform, state, reason } = target;
  const params = { key: company, target: platform };
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: ['c', company, 'targets'] });
  const probe = useMutation({
    mutationFn: async () => {
      const done = api('targets.probe', { params });
      // The list says how far it is.
      void again();
      return await done;
    },
    onSettled: again,
  });
  const command = useMutation({
    mutationFn: (name: Command) => api(`targets.${name}`, { params }),
    onSettled: again,
  });
  const name = platformName(platform);
  const error = probe.error ?? command.error;
  const isBusy = probe.isPending || command.isPending;
  return (
    <article className="card stack" aria-label={name}>
      <header className="row wrap">
        <h2 className="row grow">
          <Platform name={platform} />
        </h2>
        <span className="code quiet">{target.base_url === null ? say('usual') : visible(target.base_url)}</span>
        <span className={`verdict verdict-${KIND[state]}`}>
          <span aria-hidden="true">{SIGN[state]}</span> {say(state)}
        </span>
      </header>
      {reason !== null && <p>{reasonWords(reason, say)}</p>}
      {target.way_back !== null && (
        <p className="quiet">
          {state === 'on' ? '' : `${say('wayBack')}: `}
          {WAYS[target.way_back]?.[language] ?? visible(target.way_back)}
        </p>
      )}
      <Facts company={company} target={target} />
      <div className="row wrap">
        <Button
          disabled={!mayWrite || isBusy}
          loading={probe.isPending}
          onClick={() => {
            probe.mutate();
          }}
        >
          {say('probe')}
        </Button>
        {COMMANDS[state].map((one) => (
          <ConfirmButton
            key={one}
            ask={say(`${one}Ask`, { platform: name })}
            confirm={say(one === 'off' ? 'switchOff' : one)}
            disabled={!mayWrite || isBusy}
            act={async () => {
              await command.mutateAsync(one).catch(() => undefined);
            }}
          >
            {say(one === 'off' ? 'switchOff' : one)}
          </ConfirmButton>
        ))}
        <Link to="/c/$company/targets/$target/links" params={{ company, target: platform }}>
          {say('seeLinks')}
        </Link>
        <Link to="/c/$company/targets/$target/drift" params={{ company, target: platform }}>
          {say('drift')}
        </Link>
        <Link to="/c/$company/targets/$target/plans" params={{ company, target: platform }}>
          {say('plans')}
        </Link>
      </div>
      <div role="status">
        {(probe.isPending || target.probing !== null) && <Probing calls={target.probing ?? []} />}
        {error !== null && <Failure what={say('changeFailed')} error={error} />}
      </div>
      <ProbeView company={company} probe={target.probe} />
    </article>
  );
}

/** The calls of a probe that is under way: those that were answered, and the one that is waited for. */
function Probing({ calls }: { readonly calls: readonly string[] }): ReactNode {
  const say = useWords(targetWords);
  return (
    <>
      <p>{say('probing')}</p>
      <ol className="small">
        {calls.map((call, index) => (
          <li key={`${String(index)} ${call}`} className="code">
            <span aria-hidden="true">{index < calls.length - 1 ? '✓' : '…'}</span> {visible(call)}
          </li>
        ))}
      </ol>
    </>
  );
}

function Facts({ company, target }: { readonly company: string; readonly target: TargetLine }): ReactNode {
  const say = useWords(targetWords);
  const sayDelivery = useWords(DELIVERY_STATE_WORDS);
  const live = useLiveValues(company);
  const links = LINK_STATES.flatMap((state) => {
    const count = target.links[state] ?? 0;
    return count === 0 ? [] : [say(state, { n: count })];
  });
  const today = Object.entries(target.today).map(([what, count]) => `${live.named(DONE_WORDS, what)} ${String(count)}`);
  const open = DELIVERY_STATES.flatMap((state) => {
    const count = target.open[state] ?? 0;
    return count === 0 ? [] : [`${sayDelivery(state)} ${String(count)}`];
  });
  return (
    <dl className="target-facts">
      <div>
        <dt className="small quiet">{say('links')}</dt>
        <dd>{links.length === 0 ? say('noLinks') : links.join(' · ')}</dd>
      </div>
      <div>
        <dt className="small quiet">{say('accuracy')}</dt>
        <dd>{say('accuracyOf', target.accuracy)}</dd>
      </div>
      <div>
        <dt className="small quiet">{say('lag')}</dt>
        <dd>
          {[
            target.behind === null
              ? say('notFollowed')
              : target.behind === 0
                ? say('upToDate')
                : say('behind', { n: target.behind }),
            ...open,
          ].join(' · ')}
        </dd>
      </div>
      <div>
        <dt className="small quiet">{say('today')}</dt>
        <dd>{today.length === 0 ? say('nothing') : today.join(' · ')}</dd>
      </div>
    </dl>
  );
}
