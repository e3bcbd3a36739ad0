import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { EmployeeView } from '../../../../src/http/admin/people/contract.ts';
import type { EmployeeTargets } from '../../../../src/http/admin/targets/contract.ts';
import { api } from '../../api/client.ts';
import { personTargetsQuery } from '../../api/plan-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { visible } from '../../ui/code/visible.ts';
import { ConfirmButton } from '../../ui/confirm/confirm-button.tsx';
import { Platform, usePlatformName } from '../../ui/platform/platform.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useLiveValues } from '../../ui/target/live-values.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useWords } from '../../words/language.tsx';
import { LiveSteps } from './live-steps.tsx';
import { LiveUndo } from './live-undo.tsx';
import { liveWords } from './live-words.ts';

const KIND = { linked: 'good', ignored: 'quiet', ambiguous: 'warn', lost: 'bad' } as const;

/** A person on each live tenant: who they are there, what both last agreed on, and what would be written. */
export function Live({ company, person }: { readonly company: string; readonly person: EmployeeView }): ReactNode {
  const say = useWords(liveWords);
  const { data, error, refetch } = useQuery(personTargetsQuery(company, person.id));
  if (error !== null) return <Failure what={say('failed')} error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading rows={6} />;
  if (data.targets.length === 0)
    return (
      <Empty
        action={
          <Link to="/c/$company/targets" params={{ company }}>
            {say('toTargets')}
          </Link>
        }
      >
        {say('none')}
      </Empty>
    );
  return (
    <div className="stack">
      {data.targets.map((one) => (
        <LiveCard key={one.platform} company={company} person={person} one={one} />
      ))}
    </div>
  );
}

function LiveCard({
  company,
  person,
  one: { platform, link, deliveries },
}: {
  readonly company: string;
  readonly person: EmployeeView;
  readonly one: EmployeeTargets['targets'][number];
}): ReactNode {
  const say = useWords(liveWords);
  const platformName = usePlatformName();
  const mayWrite = useMayWrite();
  const zone = useZone(company);
  const queries = useQueryClient();
  const deliver = useMutation({
    mutationFn: (until: 'plan' | 'write') =>
      api('employees.deliver', { params: { key: company, target: platform, id: person.id }, query: { until } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['c', company] }),
  });
  const name = platformName(platform);
  return (
    <article className="card stack-tight" aria-label={name}>
      <header className="row wrap">
        <h2>
          <Platform name={platform} />
        </h2>
        <span className={`verdict verdict-${link === null ? 'quiet' : KIND[link.state]}`}>
          {link === null ? `– ${say('unlinked')}` : say(link.state)}
        </span>
        <Link to="/c/$company/deliveries" params={{ company }} search={{ target: platform, employee: person.id }}>
          {say('deliveries')} {deliveries}
        </Link>
      </header>
      {link !== null && (
        <dl className="person-live">
          <div>
            <dt className="small quiet">{say('liveId')}</dt>
            <dd className="code">{visible(link.live_id ?? '–')}</dd>
          </div>
          <div>
            <dt className="small quiet">{say('matched')}</dt>
            <dd>{visible(link.matched_by)}</dd>
          </div>
          <div>
            <dt className="small quiet">{say('agreed')}</dt>
            <dd>{link.base_at === null ? say('never') : <Time at={link.base_at} zone={zone} />}</dd>
          </div>
        </dl>
      )}
      {link?.base !== undefined && link?.base !== null && (
        <Values company={company} title={say('base')} values={link.base} />
      )}
      <div className="row wrap">
        <Button
          disabled={!mayWrite}
          loading={deliver.isPending}
          onClick={() => {
            deliver.mutate('plan');
          }}
        >
          {say('try')}
        </Button>
        <ConfirmButton
          ask={say('writeAsk', { name: visible(person.name), platform: name })}
          confirm={say('write')}
          disabled={!mayWrite || deliver.isPending}
          act={async () => {
            await deliver.mutateAsync('write').catch(() => undefined);
          }}
        >
          {say('write')}
        </ConfirmButton>
      </div>
      <div role="status">
        {deliver.error !== null && <Failure what={say('tryFailed')} error={deliver.error} />}
        {deliver.data !== undefined && <LiveSteps company={company} steps={deliver.data.steps} />}
      </div>
      {deliveries > 0 && <LiveUndo company={company} platform={platform} person={person.id} />}
    </article>
  );
}

function Values({
  company,
  title,
  values,
}: {
  readonly company: string;
  readonly title: string;
  readonly values: Readonly<Record<string, unknown>>;
}): ReactNode {
  const live = useLiveValues(company);
  return (
    <details>
      <summary className="small">{title}</summary>
      <dl className="person-live small">
        {Object.entries(values).map(([field, value]) => (
          <div key={field}>
            <dt className="quiet">{live.field(field)}</dt>
            <dd>{live.value(field, value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
