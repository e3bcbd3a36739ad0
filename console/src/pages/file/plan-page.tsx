import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Input, Select } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import type { StoredPlanView } from '../../../../src/company/plan/stored-plans-contract.ts';
import { companyPlanQuery, STEP_ACTIONS, type StepSearch } from '../../api/company-plan-queries.ts';
import { chosenFilters } from '../../ui/chosen-filters.ts';
import { CopyButton } from '../../ui/copy/copy-button.tsx';
import { Page } from '../../ui/page/page.tsx';
import { useSettled } from '../../ui/settled.ts';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { MoreRows } from '../../ui/table/more-rows.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { forgetDraft } from './drafts.ts';
import { Mistakes } from './mistakes.tsx';
import { PlanApply } from './plan-apply.tsx';
import { PlanStep } from './plan-step.tsx';
import { wordOf } from '../../ui/record/field-values.tsx';
import { THING_WORDS } from '../../ui/record/record-words.ts';
import { CompanyPlanState } from './plan-state.tsx';
import { fileWords } from './words.ts';
import './file.css';

/** A stored plan of a company file: each step with its values, found and filtered, and applied exactly so. */
export function CompanyPlanPage(): ReactNode {
  const say = useWords(fileWords);
  const { company, id } = useParams({ from: '/c/$company/file/plans/$id' });
  const search = useSearch({ from: '/c/$company/file/plans/$id' });
  const queries = useQueryClient();
  const pages = useInfiniteQuery(companyPlanQuery(company, id, search));
  const { data, error, refetch } = pages;
  const plan = data?.pages[0];
  const state = plan?.state;
  useEffect(() => {
    if (state !== 'applied') return;
    forgetDraft(company, id);
    void queries.invalidateQueries({ queryKey: ['c', company, 'record'] });
  }, [state, company, id, queries]);
  return (
    <Page
      title={
        <span className="row wrap">
          {say('planTitle')} {plan !== undefined && <CompanyPlanState state={plan.state} />}
        </span>
      }
      document={say('planTitle')}
      actions={<CopyButton text={window.location.href} label={say('copyLink')} />}
    >
      <p>
        <Link to="/c/$company/file" params={{ company }}>
          ← {say('back')}
        </Link>
      </p>
      {error !== null && <Failure what={say('planGone')} error={error} retry={() => void refetch()} />}
      {plan === undefined ? (
        error === null && <Loading rows={12} />
      ) : (
        <>
          <Facts company={company} plan={plan} />
          <PlanApply company={company} plan={plan} />
          {plan.warnings.length > 0 && <Mistakes mistakes={plan.warnings} title={say('warnings')} />}
          {plan.faults.length > 0 && <Mistakes mistakes={plan.faults} title={say('notApplied')} />}
          <Filters company={company} plan={plan} search={search} />
          {plan.found === 0 ? (
            <Empty>{say(Object.keys(search).length > 0 ? 'noneFound' : 'nothing')}</Empty>
          ) : (
            <section className="card file-steps" aria-label={say('steps')} tabIndex={0}>
              <table>
                <thead>
                  <tr>
                    {(['what', 'who', 'fields'] as const).map((column) => (
                      <th key={column} scope="col">
                        {say(column)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {data?.pages.flatMap(({ steps }, page) =>
                    steps.map((step, at) => (
                      <PlanStep key={`${String(page)} ${String(at)}`} company={company} step={step} />
                    )),
                  )}
                </tbody>
              </table>
            </section>
          )}
          <MoreRows pages={pages}>{say('more')}</MoreRows>
        </>
      )}
    </Page>
  );
}

function Facts({ company, plan }: { readonly company: string; readonly plan: StoredPlanView }): ReactNode {
  const say = useWords(fileWords);
  const zone = useZone(company);
  return (
    <dl className="row wrap file-facts">
      {STEP_ACTIONS.map((action) => (
        <div key={action}>
          <dt className="quiet small">{say(action)}</dt>
          <dd className="file-number">{plan.counts[action].toLocaleString('en-US')}</dd>
        </div>
      ))}
      <div>
        <dt className="quiet small">{say('made')}</dt>
        <dd>
          <Time at={plan.made_at} zone={zone} />
        </dd>
      </div>
      <div>
        <dt className="quiet small">{say(plan.applied_at === null ? 'keptUntil' : 'appliedAt')}</dt>
        <dd>
          <Time at={plan.applied_at ?? plan.expires_at} zone={zone} />
        </dd>
      </div>
      <div>
        <dt className="quiet small">{say('planId')}</dt>
        <dd className="code">{plan.id}</dd>
      </div>
    </dl>
  );
}

/** What of the steps is looked at; it is in the address, so a link shows the same. */
function Filters({
  company,
  plan,
  search,
}: {
  readonly company: string;
  readonly plan: StoredPlanView;
  readonly search: StepSearch;
}): ReactNode {
  const { language } = useLanguage();
  const say = useWords(fileWords);
  const navigate = useNavigate();
  const [typed, setTyped] = useState(search.q ?? '');
  const settled = useSettled(typed);
  const choose = (chosen: Readonly<Partial<Record<keyof StepSearch, string>>>): void =>
    void navigate({
      to: '/c/$company/file/plans/$id',
      params: { company, id: plan.id },
      search: chosenFilters(search, chosen),
      replace: true,
      resetScroll: false,
    });
  useEffect(() => {
    if (settled !== (search.q ?? '')) choose({ q: settled });
    // Only what was typed leads to another address.
  }, [settled]);
  const total = plan.counts.add + plan.counts.change + plan.counts.remove;
  return (
    <div className="row wrap" role="search">
      <Input
        className="file-find"
        allowClear
        aria-label={say('find')}
        placeholder={say('find')}
        maxLength={200}
        value={typed}
        onChange={({ target: { value } }) => {
          setTyped(value);
        }}
      />
      <Select
        className="file-choice"
        aria-label={say('what')}
        value={search.action ?? ''}
        options={[
          { value: '', label: say('allActions') },
          ...STEP_ACTIONS.map((action) => ({ value: action, label: `${say(action)} ${String(plan.counts[action])}` })),
        ]}
        onChange={(action) => {
          choose({ action });
        }}
      />
      <Select
        className="file-choice"
        aria-label={say('who')}
        value={search.kind ?? ''}
        options={[
          { value: '', label: say('allKinds') },
          ...Object.entries(plan.kinds).map(([kind, { add, change, remove }]) => ({
            value: kind,
            label: `${wordOf(THING_WORDS, kind, language)} ${String(add + change + remove)}`,
          })),
        ]}
        onChange={(kind) => {
          choose({ kind });
        }}
      />
      <span className="quiet" role="status">
        {say('found', { n: plan.found, of: total })}
      </span>
    </div>
  );
}
