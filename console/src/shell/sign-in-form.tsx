import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { api } from '../api/client.ts';
import { sessionQuery } from '../api/session.ts';
import { Failure } from '../ui/state/states.tsx';
import './shell.css';
import { useWords } from '../words/language.tsx';

const words = {
  key: { zh: '管理密钥', en: 'Admin key' },
  hint: {
    zh: '启动时的 MINGCE_ADMIN_KEY，或只读的 MINGCE_READ_KEY。',
    en: 'The MINGCE_ADMIN_KEY of the server, or the read-only MINGCE_READ_KEY.',
  },
  enter: { zh: '登录', en: 'Sign in' },
  demo: { zh: '进入演示公司', en: 'Enter the demo company' },
  demoHint: { zh: '只在本机，不需要密钥。', en: 'On this machine only; no key needed.' },
  or: { zh: '或用密钥登录', en: 'or sign in with a key' },
  failed: { zh: '登录失败。', en: 'Not signed in.' },
} as const;

/**
 * Begins a session: with a key, or on the machine itself with the demo company. `begun` hears whether its role is another
 * than that of the session before, as far as this page knows.
 */
export function SignInForm({
  hasDemo,
  begun,
}: {
  readonly hasDemo: boolean;
  readonly begun: (isAnother: boolean) => void;
}): ReactNode {
  const say = useWords(words);
  const queries = useQueryClient();
  const id = useId();
  const [key, setKey] = useState('');
  const [error, setError] = useState<unknown>(null);
  const begin = async (body: { readonly key: string } | { readonly demo: true }): Promise<void> => {
    try {
      const session = await api('session.begin', { body });
      const before = queries.getQueryData(sessionQuery.queryKey);
      queries.setQueryData(sessionQuery.queryKey, session);
      begun(before?.role !== session.role);
    } catch (refused) {
      setError(refused);
    }
  };
  return (
    <>
      {hasDemo && (
        <div className="stack-tight">
          <Button type="primary" size="large" autoFocus onClick={() => void begin({ demo: true })}>
            {say('demo')}
          </Button>
          <p className="small quiet">{say('demoHint')}</p>
          <p className="sign-in-or small quiet">{say('or')}</p>
        </div>
      )}
      <form
        className="stack-tight"
        onSubmit={(event) => {
          event.preventDefault();
          void begin({ key });
        }}
      >
        <label htmlFor={id}>{say('key')}</label>
        <Input
          id={id}
          type="password"
          autoComplete="current-password"
          // Where the demo can be entered, its button has the focus.
          autoFocus={!hasDemo}
          value={key}
          onChange={(event) => {
            setKey(event.target.value);
          }}
        />
        <p className="small quiet">{say('hint')}</p>
        <Button type={hasDemo ? 'default' : 'primary'} htmlType="submit" disabled={key === ''}>
          {say('enter')}
        </Button>
      </form>
      {error !== null && <Failure what={say('failed')} error={error} />}
    </>
  );
}
