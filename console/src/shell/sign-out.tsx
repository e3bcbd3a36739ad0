import { LogoutOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { api } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { forgetTyped } from '../ui/typed.ts';
import { useWords } from '../words/language.tsx';

const words = {
  signOut: { zh: '退出', en: 'Sign out' },
  failed: { zh: '退出失败：服务器没有响应。', en: 'Not signed out: the server did not answer.' },
} as const;

/** Ends the session, and says so where that was not done: a session that goes on is never left as if it had ended. */
export function SignOut(): ReactNode {
  const say = useWords(words);
  const [hasFailed, setFailed] = useState(false);
  const leave = async (): Promise<void> => {
    try {
      await api('session.end');
    } catch (error) {
      // Without a session there is none to end.
      if (!(error instanceof ApiProblem && error.status === 401)) {
        setFailed(true);
        return;
      }
    }
    forgetTyped();
    window.location.assign('/console/sign-in');
  };
  return (
    <>
      {hasFailed && (
        <span className="small verdict verdict-bad" role="alert">
          {say('failed')}
        </span>
      )}
      <Button type="text" icon={<LogoutOutlined />} aria-label={say('signOut')} onClick={() => void leave()} />
    </>
  );
}
