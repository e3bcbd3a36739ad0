import { Button } from 'antd';
import type { ReactNode } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { useWords } from '../../words/language.tsx';
import './states.css';

const words = {
  unreached: { zh: '与服务器的连接中断。', en: 'The server cannot be reached.' },
  noReason: { zh: '服务器没有说明原因 (HTTP {status})。', en: 'The server gave no reason (HTTP {status}).' },
  answered: { zh: '服务器答：{detail}', en: 'The server answered: {detail}' },
  signedOut: { zh: '会话已结束，请重新登录。', en: 'The session ended; sign in again.' },
  request: { zh: '请求号 {id}', en: 'Request {id}' },
  again: { zh: '重试', en: 'Try again' },
  loading: { zh: '正在读取', en: 'Loading' },
} as const;

/** What failed, why in the server's words, and what to do. */
export function Failure({
  what,
  error,
  retry,
}: {
  /** What did not happen, as a sentence. */
  readonly what: string;
  readonly error: unknown;
  readonly retry?: () => void;
}): ReactNode {
  const say = useWords(words);
  const problem = error instanceof ApiProblem ? error : null;
  const why =
    problem === null || problem.status === 0
      ? say('unreached')
      : problem.details.code === 'no-key'
        ? // The server names the header that a program sends; a page has lost its cookie.
          say('signedOut')
        : problem.details.detail === undefined
          ? say('noReason', { status: problem.status })
          : say('answered', { detail: problem.details.detail });
  return (
    <div className="failure" role="alert">
      <span aria-hidden="true">✕</span>
      <div className="grow">
        <p>
          <strong>{what}</strong> {why}
        </p>
        {problem?.request !== null && problem?.request !== undefined && (
          <p className="small quiet">{say('request', { id: problem.request })}</p>
        )}
      </div>
      {retry !== undefined && (
        <Button size="small" onClick={retry}>
          {say('again')}
        </Button>
      )}
    </div>
  );
}

/** What would be here, and the one thing to do. */
export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }): ReactNode {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  );
}

/** Bars of the height of the rows that are being read. */
export function Loading({ rows = 4 }: { readonly rows?: number }): ReactNode {
  const say = useWords(words);
  return (
    <div className="loading" role="status" aria-label={say('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className="loading-bar" />
      ))}
    </div>
  );
}
