import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Switch } from 'antd';
import type { ReactNode } from 'react';
import type { AppLine } from '../../../../src/http/admin/contract.ts';
import { api } from '../../api/client.ts';
import { useMayWrite } from '../../api/session.ts';
import { visible } from '../../ui/code/visible.ts';
import { ConfirmButton } from '../../ui/confirm/confirm-button.tsx';
import { CopyButton } from '../../ui/copy/copy-button.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { Failure } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { AppSettings } from './settings.tsx';
import { appWords } from './words.ts';

/** One app: switched on and off, and given a new secret, which is shown once. */
export function AppCard({ company, line }: { readonly company: string; readonly line: AppLine }): ReactNode {
  const say = useWords(appWords);
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const { platform, app, enabled, settings } = line;
  const params = { key: company, platform, app };
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: ['c', company] });
  const change = useMutation({
    mutationFn: (on: boolean) => api('apps.edit', { params, body: { enabled: on } }),
    onSettled: again,
  });
  // The answer is forgotten with the page: nothing of it is kept.
  const rotate = useMutation({ mutationFn: () => api('apps.rotate', { params }), onSettled: again, gcTime: 0 });
  const error = change.error ?? rotate.error;
  const name = visible(app);
  return (
    <article className="card stack-tight" aria-label={name}>
      <header className="row wrap">
        <Platform name={platform} />
        <h2 className="grow apps-name">
          <span className="code">{name}</span>
        </h2>
        <span className={`verdict verdict-${enabled ? 'good' : 'quiet'}`}>
          <span aria-hidden="true">{enabled ? '✓' : '–'}</span> {say(enabled ? 'on' : 'off')}
        </span>
        <Switch
          aria-label={say('switchOf', { app: name })}
          checked={enabled}
          disabled={!mayWrite}
          loading={change.isPending}
          onChange={(on) => {
            change.mutate(on);
          }}
        />
      </header>
      <AppSettings company={company} settings={settings} />
      <div role="status">
        {error !== null && <Failure what={say('changeFailed')} error={error} />}
        {rotate.data !== undefined && (
          <div className="apps-secret stack-tight">
            <p>{say('once', { app: name })}</p>
            <p className="row wrap">
              <code className="apps-secret-text">{rotate.data.secret}</code>
              <CopyButton text={rotate.data.secret} label={say('secret')} />
              <Button
                size="small"
                onClick={() => {
                  rotate.reset();
                }}
              >
                {say('done')}
              </Button>
            </p>
          </div>
        )}
      </div>
      <div className="row wrap">
        <ConfirmButton
          ask={say('rotateAsk', { app: name })}
          confirm={say('rotate')}
          disabled={!mayWrite || rotate.isPending}
          act={async () => {
            await rotate.mutateAsync().catch(() => undefined);
          }}
        >
          {say('rotate')}
        </ConfirmButton>
        <Link to="/c/$company/calls" params={{ company }} search={{ q: `app:${app}` }}>
          {say('calls')}
        </Link>
      </div>
    </article>
  );
}
