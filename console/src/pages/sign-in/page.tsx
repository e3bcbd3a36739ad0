import { useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { api } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { SignInForm } from '../../shell/sign-in-form.tsx';
import { Failure } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import './sign-in.css';

const words = {
  title: { zh: '登录名册', en: 'Sign in to Mingce' },
  failed: { zh: '登录失败。', en: 'Not signed in.' },
} as const;

/** Where a session begins. */
export function SignInPage(): ReactNode {
  const say = useWords(words);
  const router = useRouter();
  const { to } = useSearch({ from: '/sign-in' });
  const [hasDemo, setHasDemo] = useState(false);
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
  return (
    <main className="sign-in">
      <div className="sign-in-box card stack">
        <h1>{say('title')}</h1>
        <SignInForm
          hasDemo={hasDemo}
          begun={() => {
            router.history.replace(`/console${to}`);
          }}
        />
        {error !== null && <Failure what={say('failed')} error={error} />}
      </div>
    </main>
  );
}
