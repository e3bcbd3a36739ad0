import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import type { FileError, Plan } from '../../../../src/company/contract.ts';
import { api } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useMayWrite } from '../../api/session.ts';
import { CopyButton } from '../../ui/copy/copy-button.tsx';
import { Page } from '../../ui/page/page.tsx';
import { Failure, Loading } from '../../ui/state/states.tsx';
import { useSettled } from '../../ui/settled.ts';
import { useLanguage, useWords } from '../../words/language.tsx';
import type { Schema } from './editor/schema-choices.ts';
import { Mistakes } from './mistakes.tsx';
import { PlanView } from './plan-view.tsx';
import { fileWords } from './words.ts';
import './file.css';

/** The editor is large, and only this page has it. */
const CodeEditor = lazy(async () => ({ default: (await import('./editor/code-editor.tsx')).CodeEditor }));

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
  const { language } = useLanguage();
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
  const makePlan = (): void => {
    apply.reset();
    plan.mutate();
  };
  const planned = plan.error instanceof ApiProblem ? plan.error.details.faults : undefined;
  const checked = useCheck(company, file, text);
  const mistakes = planned ?? checked;
  const marks = useMemo(
    () =>
      mistakes.map(({ line, message, message_zh: zh, did_you_mean: meant }) => {
        const sentence = language === 'zh' ? (zh ?? message) : message;
        return {
          line,
          message: meant === undefined ? sentence : `${sentence} ${say('meant', { names: meant.join(', ') })}`,
        };
      }),
    [mistakes, language, say],
  );
  const { data: schema } = useQuery(schemaQuery);
  const removed = removedPeople(plan.data);
  return (
    <div className="stack">
      <p className="quiet">{say('how')}</p>
      <Suspense fallback={<Loading rows={20} />}>
        <CodeEditor
          text={text}
          label={say('title')}
          language={language}
          schema={schema}
          mistakes={marks}
          change={(next) => {
            setText(next);
            plan.reset();
            apply.reset();
          }}
          run={makePlan}
        />
      </Suspense>
      <p className="quiet small">{say('keys')}</p>
      <div className="row wrap">
        <Button type={plan.data === undefined ? 'primary' : 'default'} loading={plan.isPending} onClick={makePlan}>
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

/** So long after the last key the server reads the file. */
const TYPING_MS = 800;
/** A longer file is checked only with its plan. */
const CHECKED = 500_000;
const NONE: readonly FileError[] = [];

/** What the server finds wrong in the file as it is typed; nothing is planned for by it. */
function useCheck(company: string, file: string, text: string): readonly FileError[] {
  const settled = useSettled(text, TYPING_MS);
  const { error } = useQuery({
    queryKey: ['c', company, 'file-check', settled],
    queryFn: ({ signal }) =>
      api('companies.apply', {
        params: { key: company },
        query: { plan: 'true', removals: 'allow' },
        body: settled,
        signal,
      }),
    enabled: settled !== file && settled.length <= CHECKED,
    retry: false,
    // Each text is asked about once, and forgotten when it is changed.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (settled !== text || !(error instanceof ApiProblem)) return NONE;
  return error.details.faults ?? NONE;
}

const schemaQuery = queryOptions({
  queryKey: ['company-schema'],
  queryFn: async ({ signal }) => (await api('companies.schema', { signal })) as Schema,
  staleTime: Number.POSITIVE_INFINITY,
});

function removedPeople(plan: Plan | undefined): number {
  return plan?.steps.filter(({ action, kind }) => action === 'remove' && kind === 'employee').length ?? 0;
}
