import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Plan } from '../../../../src/company/contract.ts';
import { api } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useMayWrite } from '../../api/session.ts';
import { CopyButton } from '../../ui/copy/copy-button.tsx';
import { Page } from '../../ui/page/page.tsx';
import { Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { Mistakes } from './mistakes.tsx';
import { PlanView } from './plan-view.tsx';
import { fileWords } from './words.ts';
import './file.css';

/** The company file: changed, planned, and applied exactly as planned. */
export function FilePage(): ReactNode {
  const say = useWords(fileWords);
  const { company } = useParams({ from: '/c/$company' });
  const mayWrite = useMayWrite();
  const { data, error, refetch } = useQuery({
    queryKey: ['c', company, 'record', 'file'],
    queryFn: ({ signal }) => api('companies.export', { params: { key: company }, signal }),
    enabled: mayWrite,
    refetchOnWindowFocus: false,
  });
  return (
    <Page
      title={say('title')}
      document={say('title')}
      actions={data !== undefined && <CopyButton text={data} label={say('copy')} />}
    >
      {!mayWrite && <p className="quiet">{say('readOnly')}</p>}
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && mayWrite && <Loading rows={16} />}
      {data !== undefined && <Editor key={company} company={company} file={data} />}
    </Page>
  );
}

function Editor({ company, file }: { readonly company: string; readonly file: string }): ReactNode {
  const say = useWords(fileWords);
  const queries = useQueryClient();
  const [text, setText] = useState(file);
  const [confirmed, setConfirmed] = useState('');
  const plan = useMutation({
    mutationFn: () =>
      api('companies.apply', { params: { key: company }, query: { plan: 'true', removals: 'allow' }, body: text }),
  });
  const apply = useMutation({
    mutationFn: (state: string) =>
      api('companies.apply', { params: { key: company }, query: { removals: 'allow', state }, body: text }),
    onSuccess: async () => {
      plan.reset();
      setConfirmed('');
      await queries.invalidateQueries({ queryKey: ['c', company] });
    },
  });
  const mistakes = plan.error instanceof ApiProblem ? (plan.error.details.faults ?? []) : [];
  const removed = removedPeople(plan.data);
  return (
    <div className="stack">
      <p className="quiet">{say('how')}</p>
      <Input.TextArea
        className="code file-text"
        aria-label={say('title')}
        spellCheck={false}
        rows={22}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          plan.reset();
          apply.reset();
        }}
      />
      <div className="row wrap">
        <Button
          type={plan.data === undefined ? 'primary' : 'default'}
          loading={plan.isPending}
          onClick={() => {
            apply.reset();
            plan.mutate();
          }}
        >
          {say('plan')}
        </Button>
        {plan.data !== undefined && plan.data.steps.length > 0 && (
          <>
            {removed > 0 && (
              <Input
                className="file-confirm"
                aria-label={say('confirm', { n: removed })}
                placeholder={say('confirm', { n: removed })}
                value={confirmed}
                onChange={(event) => {
                  setConfirmed(event.target.value);
                }}
              />
            )}
            <Button
              type="primary"
              danger={removed > 0}
              loading={apply.isPending}
              disabled={removed > 0 && confirmed !== String(removed)}
              onClick={() => {
                apply.mutate(plan.data.state);
              }}
            >
              {say('apply')}
            </Button>
          </>
        )}
      </div>
      {mistakes.length > 0 && <Mistakes mistakes={mistakes} title={say('mistakes', { n: mistakes.length })} />}
      {plan.error !== null && mistakes.length === 0 && <Failure what={say('planFailed')} error={plan.error} />}
      {apply.error !== null &&
        (apply.error instanceof ApiProblem && apply.error.details.code === 'company-moved' ? (
          <p className="band verdict-warn" role="alert">
            {say('moved')}
          </p>
        ) : (
          <Failure what={say('applyFailed')} error={apply.error} />
        ))}
      {apply.data !== undefined && <p role="status">✓ {say('applied', { n: apply.data.steps.length })}</p>}
      {plan.data !== undefined && <PlanView plan={plan.data} />}
    </div>
  );
}

function removedPeople(plan: Plan | undefined): number {
  return plan?.steps.filter(({ action, kind }) => action === 'remove' && kind === 'employee').length ?? 0;
}
