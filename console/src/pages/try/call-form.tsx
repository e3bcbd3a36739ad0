import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { OwnCallBody } from '../../../../src/sandbox/acting/contract.ts';
import type { OperationView } from '../../../../src/sandbox/operations/contract.ts';
import { api } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import type { TrySearch } from '../../api/try-queries.ts';
import { CopyButton } from '../../ui/copy/copy-button.tsx';
import { Empty, Failure } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { Answer } from './answer.tsx';
import { FieldsForm } from './fields-form.tsx';
import { draftOf, jsonOf, linkTo, movedDraft, type Draft } from './draft.ts';
import { Program } from './program.tsx';
import { tryWords } from './words.ts';

/** The fields of a call, its request as it is sent, and what was answered. */
export function CallForm({
  company,
  operation,
  app,
  search,
}: {
  readonly company: string;
  readonly operation: OperationView;
  /** Null where the company has none on the platform. */
  readonly app: string | null;
  readonly search: TrySearch;
}): ReactNode {
  const say = useWords(tryWords);
  const session = useSession();
  const [draft, setDraft] = useState<Draft>(() => draftOf(operation.start, search));
  const [start, setStart] = useState(operation.start);
  if (start !== operation.start) {
    // Another employee was chosen: what was typed stays.
    setStart(operation.start);
    setDraft(movedDraft(draft, operation.start));
  }
  const { platform, operation: name } = operation;
  const body = jsonOf(draft.body);
  const call: OwnCallBody = {
    platform,
    app: app ?? '',
    operation: name,
    params: draft.params,
    query: Object.fromEntries(new URLSearchParams(draft.query)),
    ...(draft.body === '' ? {} : { body: draft.body }),
  };
  const send = useMutation({ mutationFn: () => api('calls.send', { params: { key: company }, body: call }) });
  const hindrance =
    session?.role === 'read'
      ? say('readOnly')
      : session !== undefined && session.sandbox !== 'on'
        ? say('sandboxOff')
        : app === null
          ? say('noApp')
          : null;
  const change = (next: Partial<Draft>): void => {
    setDraft({ ...draft, ...next });
  };
  return (
    <form
      className="try"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && hindrance === null && !send.isPending) {
          event.preventDefault();
          send.mutate();
        }
      }}
    >
      <section className="card stack-tight try-left">
        <h2>{say('fields')}</h2>
        {operation.fields.length === 0 ? (
          <Empty>{say('noFields')}</Empty>
        ) : body === undefined ? (
          <p className="quiet">{say('broken')}</p>
        ) : (
          <FieldsForm
            fields={operation.fields}
            body={body}
            change={(next) => {
              change({ body: JSON.stringify(next, null, 2) });
            }}
          />
        )}
      </section>
      <div className="stack">
        <section className="card stack-tight">
          <div className="spread">
            <h2>{say('request')}</h2>
            <CopyButton text={() => Promise.resolve(linkTo(draft))} label={say('link')} of={say('linkHint')} />
          </div>
          <p className="code try-path">
            {operation.method} {operation.path}
          </p>
          {Object.entries(draft.params).map(([param, value]) => (
            <label key={param} className="try-param">
              <code>{param}</code>
              <Input
                className="code"
                aria-label={param}
                value={value}
                onChange={(event) => {
                  change({ params: { ...draft.params, [param]: event.target.value } });
                }}
              />
            </label>
          ))}
          <label className="try-param">
            <span>{say('query')}</span>
            <Input
              className="code"
              aria-label={say('query')}
              value={draft.query}
              onChange={(event) => {
                change({ query: event.target.value });
              }}
            />
          </label>
          {operation.has_body && (
            <Input.TextArea
              className="code try-body"
              aria-label={say('body')}
              spellCheck={false}
              rows={10}
              value={draft.body}
              onChange={(event) => {
                change({ body: event.target.value });
              }}
            />
          )}
          <div className="row wrap">
            <Button type="primary" htmlType="submit" loading={send.isPending} disabled={hindrance !== null}>
              {say('send')}
            </Button>
            <span className="small quiet">
              {hindrance ?? say('sendHint')} <kbd>Ctrl ↵</kbd>
            </span>
          </div>
          {send.error !== null && <Failure what={say('sendFailed')} error={send.error} />}
        </section>
        <section className="card stack-tight">
          <h2>{say('result')}</h2>
          <Answer company={company} sent={send.data} />
        </section>
        {hindrance === null && (
          <div className="card">
            <Program company={company} call={call} />
          </div>
        )}
      </div>
    </form>
  );
}
