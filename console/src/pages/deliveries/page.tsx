import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import type { ReactNode } from 'react';
import { api } from '../../api/client.ts';
import { DELIVERY_STATES, deliveriesQuery, type DeliverySearch } from '../../api/plan-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { Page } from '../../ui/page/page.tsx';
import { EmployeeChoice } from '../../ui/people/employee-choice.tsx';
import { usePlatformName } from '../../ui/platform/platform.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { chosenFilters } from '../../ui/chosen-filters.ts';
import { Headings } from '../../ui/table/headings.tsx';
import { MoreRows } from '../../ui/table/more-rows.tsx';
import { REASON_WORDS } from '../../ui/target/live-words.ts';
import { useLanguage, useWords } from '../../words/language.tsx';
import { DeliveryRow } from './delivery-row.tsx';
import { DepartmentsWaiting } from './departments-waiting.tsx';
import { deliveryWords } from './words.ts';
import '../../ui/target/target.css';

const PLATFORMS = ['feishu', 'wecom', 'hose'] as const;

/** What a retry or an undo came to. */
interface Sent {
  readonly target: string;
  readonly plan: string | null;
}

/** Every step that was written to a live tenant: what it came to, why, retried or taken back. */
export function DeliveriesPage(): ReactNode {
  const say = useWords(deliveryWords);
  const { company } = useParams({ from: '/c/$company' });
  const search = useSearch({ from: '/c/$company/deliveries' });
  const navigate = useNavigate({ from: '/c/$company/deliveries' });
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const pages = useInfiniteQuery(deliveriesQuery(company, search));
  const { data, error, refetch } = pages;
  const act = useMutation({
    mutationFn: async ({ id, action }: { readonly id: string; readonly action: 'retry' | 'undo' }): Promise<Sent> => {
      const params = { key: company, id };
      if (action === 'retry') return api('deliveries.retry', { params });
      const plan = await api('deliveries.undo', { params });
      return { target: plan.target, plan: plan.id };
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['c', company] }),
  });
  const deliveries = data?.pages.flatMap((page) => page.deliveries) ?? [];
  const isFiltered = Object.keys(search).length > 0;
  return (
    <Page title={say('title')} document={say('title')}>
      <p className="quiet">{say(mayWrite ? 'how' : 'readOnly')}</p>
      <Filters company={company} search={search} />
      <DepartmentsWaiting company={company} only={search.target} />
      <div role="status">
        {act.error !== null && <Failure what={say('changeFailed')} error={act.error} />}
        {act.data !== undefined &&
          (act.data.plan === null ? (
            <p>✓ {say('queued')}</p>
          ) : (
            <p>
              ✓ {say('planned')}
              <Link
                to="/c/$company/targets/$target/plans/$id"
                params={{ company, target: act.data.target, id: act.data.plan }}
              >
                {act.data.plan}
              </Link>
            </p>
          ))}
      </div>
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Loading rows={8} />
      ) : deliveries.length === 0 ? (
        <Empty
          action={
            isFiltered ? (
              <Button onClick={() => void navigate({ search: {} })}>{say('clear')}</Button>
            ) : (
              <Link to="/c/$company/targets" params={{ company }}>
                {say('toTargets')}
              </Link>
            )
          }
        >
          {say(isFiltered ? 'none' : 'noneYet')}
        </Empty>
      ) : (
        <section className="card target-wide" aria-label={say('title')}>
          <table>
            <Headings
              names={(['at', 'who', 'operation', 'change', 'state', 'why'] as const).map((column) => say(column))}
              buttons={say('actions')}
            />
            <tbody>
              {deliveries.map((delivery) => (
                <DeliveryRow
                  key={delivery.id}
                  company={company}
                  delivery={delivery}
                  canChange={mayWrite && !act.isPending}
                  act={async (action) => {
                    await act.mutateAsync({ id: delivery.id, action }).catch(() => undefined);
                  }}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <MoreRows pages={pages}>{say('more')}</MoreRows>
    </Page>
  );
}

function Filters({ company, search }: { readonly company: string; readonly search: DeliverySearch }): ReactNode {
  const say = useWords(deliveryWords);
  const { language } = useLanguage();
  const platformName = usePlatformName();
  const navigate = useNavigate({ from: '/c/$company/deliveries' });
  const choose = (chosen: Readonly<Partial<Record<keyof DeliverySearch, string>>>): void => {
    void navigate({ search: chosenFilters(search, chosen) });
  };
  return (
    <div className="row wrap">
      <Select
        className="target-filter"
        aria-label={say('state')}
        value={search.state ?? ''}
        options={[
          { value: '', label: say('anyState') },
          ...DELIVERY_STATES.map((state) => ({ value: state, label: say(state) })),
        ]}
        onChange={(state) => {
          choose({ state });
        }}
      />
      <Select
        className="target-filter"
        aria-label={say('target')}
        value={search.target ?? ''}
        options={[
          { value: '', label: say('anyTarget') },
          ...PLATFORMS.map((platform) => ({ value: platform, label: platformName(platform) })),
        ]}
        onChange={(target) => {
          choose({ target });
        }}
      />
      <Select
        className="target-filter"
        aria-label={say('reason')}
        value={search.reason ?? ''}
        options={[
          { value: '', label: say('anyReason') },
          ...Object.entries(REASON_WORDS).map(([reason, words]) => ({ value: reason, label: words[language] })),
        ]}
        onChange={(reason) => {
          choose({ reason });
        }}
      />
      <span className="target-run">
        <EmployeeChoice
          company={company}
          employee={search.employee}
          label={say('employee')}
          placeholder={say('anyEmployee')}
          choose={(employee) => {
            choose({ employee: employee ?? '' });
          }}
        />
      </span>
    </div>
  );
}
