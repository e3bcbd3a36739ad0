import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { api } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { noteSession, useSessionEnded } from '../api/session-end.ts';
import { forgetTyped } from '../ui/typed.ts';
import { useWords } from '../words/language.tsx';
import { SignInForm } from './sign-in-form.tsx';

const words = {
  title: { zh: '会话已结束', en: 'The session ended' },
  why: {
    zh: '用同一密钥重新登录后回到原处，未保存的输入还在；换一种密钥登录则会清除。',
    en: 'Sign in again with the same key to go on where you are: what you typed is still there. Another kind of key clears it.',
  },
} as const;

/** Asks for the key in place when the session ended; the page under it stays as it is, unless another role signs in. */
export function SessionEnded(): ReactNode {
  const say = useWords(words);
  const hasEnded = useSessionEnded();
  const queries = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const { data: hasDemo } = useQuery({
    queryKey: ['session', 'demo'],
    enabled: hasEnded,
    gcTime: 0,
    // The refusal says whether a key is needed.
    queryFn: () =>
      api('session.show').then(
        () => false,
        (refused: unknown) => refused instanceof ApiProblem && refused.details.demo === true,
      ),
  });
  useEffect(() => {
    if (hasEnded) dialog.current?.showModal();
    else dialog.current?.close();
  }, [hasEnded]);
  return (
    <dialog
      ref={dialog}
      className="key-help session-ended"
      aria-labelledby="session-ended-title"
      onCancel={(event) => {
        event.preventDefault();
      }}
    >
      <div className="stack">
        <h2 id="session-ended-title">{say('title')}</h2>
        <p className="quiet">{say('why')}</p>
        {hasEnded && hasDemo !== undefined && (
          <SignInForm
            hasDemo={hasDemo}
            begun={(isAnother) => {
              if (isAnother) {
                // Loading the page again also ends what its forms and queries hold.
                forgetTyped();
                window.location.reload();
                return;
              }
              noteSession(false);
              void queries.invalidateQueries();
            }}
          />
        )}
      </div>
    </dialog>
  );
}
