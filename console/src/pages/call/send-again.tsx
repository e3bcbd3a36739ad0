import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { WholeRequestView } from '../../../../src/sandbox/journal/contract.ts';
import type { ReplayRequest } from '../../../../src/sandbox/replay/contract.ts';
import { api } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { NearestBand } from '../../ui/calls/nearest.tsx';
import { Failure } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { callWords } from './words.ts';

/** Sends a call again: as it was, edited, or with the nearest change that passes. Then the new call is shown. */
export function SendAgain({ call, company }: { readonly call: WholeRequestView; readonly company: string }): ReactNode {
  const say = useWords(callWords);
  const session = useSession();
  const navigate = useNavigate();
  const [edited, setEdited] = useState<string | null>(null);
  const send = useMutation({
    mutationFn: (edit: ReplayRequest) => api('requests.replay', { params: { id: call.id }, body: edit }),
    onSuccess: ({ request }) => void navigate({ to: '/c/$company/calls/$id', params: { company, id: request } }),
  });
  const nearest = call.nearest?.verified === true ? call.nearest : null;
  // A setting of the company is no part of a call, and to wait is up to the caller.
  const isOfCall = nearest?.steps.every(({ kind }) => kind !== 'setting' && kind !== 'wait') ?? false;
  const hindrance =
    session?.role === 'read' ? say('readOnly') : session !== undefined && session.sandbox !== 'on' ? say('off') : null;
  const isDisabled = hindrance !== null || send.isPending;
  return (
    <section className="stack-tight">
      {nearest !== null && (
        <NearestBand
          text={nearest.text}
          isAccepted={call.outcome === 'ok'}
          send={isOfCall ? () => send.mutate({ with: 'nearest' }) : null}
          disabled={isDisabled}
        />
      )}
      <div className="row wrap">
        <Button disabled={isDisabled} loading={send.isPending} onClick={() => send.mutate({})}>
          {say('again')}
        </Button>
        <Button
          disabled={hindrance !== null}
          aria-expanded={edited !== null}
          onClick={() => setEdited(edited === null ? textOf(call.request.body) : null)}
        >
          {say('edit')}
        </Button>
        {hindrance !== null && <span className="small quiet">{hindrance}</span>}
      </div>
      {edited !== null && (
        <form
          className="stack-tight"
          onSubmit={(event) => {
            event.preventDefault();
            send.mutate({ body: edited });
          }}
        >
          <Input.TextArea
            className="code"
            aria-label={say('body')}
            rows={14}
            spellCheck={false}
            value={edited}
            onChange={({ target }) => setEdited(target.value)}
          />
          <p className="small quiet">{say('masked')}</p>
          <div>
            <Button type="primary" htmlType="submit" disabled={isDisabled}>
              {say('send')}
            </Button>
          </div>
        </form>
      )}
      {send.error !== null && <Failure what={say('notSent')} error={send.error} />}
    </section>
  );
}

function textOf(body: unknown): string {
  if (body === null) return '';
  return typeof body === 'string' ? body : JSON.stringify(body, null, 2);
}
