import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import type { FileError } from '../../../../src/company/contract.ts';
import type { StoredPlanLine } from '../../../../src/company/plan/stored-plans-contract.ts';
import { api } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useMayWrite } from '../../api/session.ts';
import { CopyButton } from '../../ui/copy/copy-button.tsx';
import { Page } from '../../ui/page/page.tsx';
import { Failure, Loading } from '../../ui/state/states.tsx';
import { useSettled } from '../../ui/settled.ts';
import { useLanguage, useWords, type Language } from '../../words/language.tsx';
import type { Schema } from './editor/schema-choices.ts';
import { Mistakes } from './mistakes.tsx';
import { draftOf, forgetDraft, keepDraft } from './drafts.ts';
import { PlanList } from './plan-list.tsx';
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
      <PlanList company={company} />
    </Page>
  );
}

function Editor({ company, file }: { readonly company: string; readonly file: string }): ReactNode {
  const say = useWords(fileWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  // Null: nothing was typed, and the file is shown as it is.
  const [typed, setTyped] = useState(() => draftOf(company));
  const text = typed ?? file;
  // Another number begins the editor again, with another text in it.
  const [begun, setBegun] = useState(0);
  const [seen, setSeen] = useState(file);
  if (seen !== file) {
    // The file was read again, and is another one now: what was typed stays.
    setSeen(file);
    if (typed === null) setBegun(begun + 1);
  }
  const plan = useMutation({
    mutationFn: (planned: string) => api('plans.make', { params: { key: company }, body: planned }),
    onSuccess: async (made, planned) => {
      const { id } = made;
      keepDraft(company, planned, id);
      await queries.invalidateQueries({ queryKey: ['c', company, 'file-plans'] });
      if (!isEmpty(made)) await navigate({ to: '/c/$company/file/plans/$id', params: { company, id }, search: {} });
    },
  });
  const makePlan = (planned: string): void => {
    if (!plan.isPending) plan.mutate(planned);
  };
  const write = (next: string): void => {
    setTyped(next === file ? null : next);
    if (next === file) forgetDraft(company);
    else keepDraft(company, next);
    plan.reset();
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
  const { data: schema } = useQuery(schemaQuery(language));
  return (
    <div className="stack">
      <p className="quiet">{say('how')}</p>
      <Suspense fallback={<Loading rows={20} />}>
        <CodeEditor
          key={begun}
          text={text}
          label={say('title')}
          language={language}
          schema={schema}
          mistakes={marks}
          change={write}
          run={makePlan}
        />
      </Suspense>
      <p className="quiet small">{say('keys')}</p>
      <div className="row wrap">
        <Button
          type="primary"
          loading={plan.isPending}
          onClick={() => {
            makePlan(text);
          }}
        >
          {say('plan')}
        </Button>
        {text !== file && (
          <>
            <Button
              onClick={() => {
                write(file);
                setBegun(begun + 1);
              }}
            >
              {say('discard')}
            </Button>
            <span className="quiet">{say('kept')}</span>
          </>
        )}
      </div>
      {mistakes.length > 0 && <Mistakes mistakes={mistakes} title={say('mistakes', { n: mistakes.length })} />}
      {plan.error !== null && mistakes.length === 0 && <Failure what={say('planFailed')} error={plan.error} />}
      <div role="status">{plan.data !== undefined && isEmpty(plan.data) && <p>{say('nothing')}</p>}</div>
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

/** The schema with its sentences in the language of the page. */
const schemaQuery = (language: Language) =>
  queryOptions({
    queryKey: ['company-schema', language],
    queryFn: async ({ signal }) => (await api('companies.schema', { signal })) as Schema,
    staleTime: Number.POSITIVE_INFINITY,
  });

function isEmpty({ counts }: StoredPlanLine): boolean {
  return counts.add + counts.change + counts.remove === 0;
}
