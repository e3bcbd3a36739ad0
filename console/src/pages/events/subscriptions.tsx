import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { SubscriptionLine } from '../../../../src/http/admin/contract.ts';
import { api } from '../../api/client.ts';
import { useMayWrite } from '../../api/session.ts';
import { visible } from '../../ui/code/visible.ts';
import { Platform } from '../../ui/platform/platform.tsx';
import { Empty, Failure } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { eventWords } from './words.ts';

/** The apps that receive events: whether their address was verified, and a button that checks it again. */
export function Subscriptions({
  company,
  subscriptions,
}: {
  readonly company: string;
  readonly subscriptions: readonly SubscriptionLine[];
}): ReactNode {
  const say = useWords(eventWords);
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const check = useMutation({
    mutationFn: (app: string) => api('subscriptions.check', { params: { key: company, app } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['c', company, 'record', 'events'] }),
  });
  if (subscriptions.length === 0)
    return (
      <Empty
        action={
          <Link to="/c/$company/file" params={{ company }}>
            {say('toFile')}
          </Link>
        }
      >
        {say('noSubscription')}
      </Empty>
    );
  const checked = check.data?.subscriptions ?? [];
  return (
    <div className="stack-tight">
      <div className="events-wide">
        <table>
          <thead>
            <tr>
              <th scope="col">{say('app')}</th>
              <th scope="col">{say('state')}</th>
              <th scope="col">{say('why')}</th>
              <th scope="col">
                <span className="only-read">{say('checkAddress')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {subscriptions.map(({ platform, app, state, reason, cursor }) => (
              <tr key={`${platform} ${app ?? ''}`}>
                <td>
                  <span className="row wrap">
                    <Platform name={platform} /> <span className="code">{visible(app ?? '–')}</span>
                  </span>
                </td>
                <td>
                  <span className={`verdict verdict-${state === 'on' ? 'good' : 'warn'}`}>
                    <span aria-hidden="true">{state === 'on' ? '✓' : '!'}</span> {say(state)}
                  </span>
                  <p className="small quiet">{say('followed', { n: cursor })}</p>
                </td>
                <td className="events-why">{reason === null ? '–' : visible(reason)}</td>
                <td className="events-act">
                  {app !== null && (
                    <Button
                      size="small"
                      disabled={!mayWrite}
                      loading={check.isPending && check.variables === app}
                      aria-label={say('checkOf', { app })}
                      onClick={() => {
                        check.mutate(app);
                      }}
                    >
                      {say('checkAddress')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div role="status">
        {check.error !== null && <Failure what={say('checkFailed')} error={check.error} />}
        {checked.map(({ platform, app, state, reason }) => (
          <p key={`${platform} ${app ?? ''}`}>
            {say(state === 'on' ? 'checkedOn' : 'checkedOff', { app: visible(app ?? ''), why: visible(reason ?? '') })}
          </p>
        ))}
      </div>
    </div>
  );
}
