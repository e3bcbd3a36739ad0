import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { api } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { sessionQuery } from '../../api/session.ts';
import { Failure } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import './sign-in.css';

const words = {
  title: { zh: '登录名册', en: 'Sign in to Mingce' },
  key: { zh: '管理密钥', en: 'Admin key' },
  hint: {
    zh: '启动时的 MINGCE_ADMIN_KEY，或只读的 MINGCE_READ_KEY。',
    en: 'The MINGCE_ADMIN_KEY of the server, or the read-only MINGCE_READ_KEY.',
  },
  enter: { zh: '登录', en: 'Sign in' },
  demo: { zh: '进入演示公司', en: 'Enter the demo company' },
  demoHint: { zh: '只在本机，不需要密钥。', en: 'On this machine only; no key needed.' },
  or: { zh: '或用密钥登录', en: 'or sign in with a key' },
  failed: { zh: '没有登录。', en: 'Not signed in.' },
} as const;

/** Where a session begins: with a key, or on the machine itself with the demo company. */
export function SignInPage(): ReactNode {
  const say = useWords(words);
  const router = useRouter();
  const queries = useQueryClient();
  const { to } = useSearch({ from: '/sign-in' });
  const [key, setKey] = useState('');
  const [hasDemo, setHasDemo] = useState<boolean | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    document.title = `${say('title')} · 名册 Mingce`;
    api('session.show').then(
      () => {
        router.history.replace(`/console${to}`);
      },
      (refused: unknown) => {
        setHasDemo(refused instanceof ApiProblem && refused.details.demo === true);
        if (!(refused instanceof ApiProblem && refused.status === 401)) setError(refused);
      },
    );
  }, [router, to, say]);
  const begin = async (body: { readonly key: string } | { readonly demo: true }): Promise<void> => {
    try {
      queries.setQueryData(sessionQuery.queryKey, await api('session.begin', { body }));
      router.history.replace(`/console${to}`);
    } catch (refused) {
      setError(refused);
    }
  };
  return (
    <main className="sign-in">
      <div className="sign-in-box card stack">
        <h1>{say('title')}</h1>
        {hasDemo === true && (
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
          <label htmlFor="key">{say('key')}</label>
          <Input
            id="key"
            type="password"
            autoComplete="current-password"
            value={key}
            onChange={(event) => {
              setKey(event.target.value);
            }}
          />
          <p className="small quiet">{say('hint')}</p>
          <Button type={hasDemo === true ? 'default' : 'primary'} htmlType="submit" disabled={key === ''}>
            {say('enter')}
          </Button>
        </form>
        {error !== null && <Failure what={say('failed')} error={error} />}
      </div>
    </main>
  );
}
