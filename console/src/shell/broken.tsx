import { useQueryClient } from '@tanstack/react-query';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem.ts';
import { CopyButton } from '../ui/copy/copy-button.tsx';
import { Failure } from '../ui/state/states.tsx';
import { useWords } from '../words/language.tsx';
import { PageNotLoaded } from './page-not-loaded.ts';

const words = {
  failed: { zh: '页面打开失败。', en: 'The page did not open.' },
  broken: { zh: '这一页出错了', en: 'This page failed' },
  brokenWhy: {
    zh: '这是控制台的缺陷，服务器和数据不受影响。重试；如果再次出错，复制详情并报告。',
    en: 'It is a defect of the console; the server and its data are not affected. Try again; if it fails again, copy the details and report them.',
  },
  notLoaded: { zh: '这一页没有加载', en: 'This page was not loaded' },
  notLoadedWhy: {
    zh: '名册可能已更新，或与服务器的连接中断。重新载入。',
    en: 'Mingce may have been updated, or the server cannot be reached. Load the console again.',
  },
  missing: { zh: '没有这一页', en: 'There is no such page' },
  missingWhy: { zh: '地址可能写错，或来自另一个版本。', en: 'The address may be mistyped, or of another version.' },
  again: { zh: '重试', en: 'Try again' },
  reload: { zh: '重新载入', en: 'Load again' },
  details: { zh: '详情', en: 'details' },
  start: { zh: '回到首页', en: 'Go to the start' },
} as const;

/** What is shown instead of a page that failed: why, and what to do next. Nothing of a record is in the details. */
export function Broken({ error, reset }: ErrorComponentProps): ReactNode {
  const say = useWords(words);
  const router = useRouter();
  const queries = useQueryClient();
  const again = (): void => {
    // What the page failed with is asked for again.
    queries.removeQueries({ type: 'inactive' });
    reset();
    void router.invalidate();
  };
  if (error instanceof ApiProblem)
    return (
      <div className="page">
        <Failure what={say('failed')} error={error} retry={again} />
      </div>
    );
  const isNotLoaded = error instanceof PageNotLoaded;
  return (
    <div className="page" role="alert">
      <h1>{say(isNotLoaded ? 'notLoaded' : 'broken')}</h1>
      <p>{say(isNotLoaded ? 'notLoadedWhy' : 'brokenWhy')}</p>
      <div className="row wrap">
        <Button
          type="primary"
          onClick={
            isNotLoaded
              ? () => {
                  window.location.reload();
                }
              : again
          }
        >
          {say(isNotLoaded ? 'reload' : 'again')}
        </Button>
        <CopyButton label={say('details')} text={() => Promise.resolve(detailsOf(error))} />
      </div>
    </div>
  );
}

/** What is shown where the address leads to no page. */
export function Missing(): ReactNode {
  const say = useWords(words);
  return (
    <main className="page">
      <h1>{say('missing')}</h1>
      <p>{say('missingWhy')}</p>
      <p>
        <a href="/console/">{say('start')}</a>
      </p>
    </main>
  );
}

/** The place in the program and the page, without what was searched for. */
function detailsOf(error: unknown): string {
  const { pathname } = window.location;
  return [
    pathname.replace(/(\/people\/|\/calls\/).*/, '$1…'),
    navigator.userAgent,
    error instanceof Error ? (error.stack ?? error.name) : '',
  ].join('\n');
}
