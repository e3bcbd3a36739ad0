import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { isTyping } from '../ui/keys/typing.ts';
import { useWords } from '../words/language.tsx';

const words = {
  title: { zh: '快捷键', en: 'Keys' },
  close: { zh: '关闭', en: 'Close' },
  help: { zh: '本页帮助', en: 'This help' },
  search: { zh: '搜索', en: 'Search' },
  go: {
    zh: '概览、调用、错误码、员工、历史、文件、试一试、工作台',
    en: 'Overview, calls, errors, people, history, file, try it, workbench',
  },
  rows: { zh: '下一行、上一行', en: 'Next row, row before' },
  open: { zh: '打开', en: 'Open' },
  look: { zh: '下一处、上一处需要看的判定', en: 'Next, previous verdict that needs a look' },
  mark: { zh: '在调用列表中选择', en: 'Choose in the list of calls' },
  dock: { zh: '打开或收起最近调用', en: 'Open or close the latest calls' },
  pause: { zh: '暂停或继续实时列表', en: 'Pause or resume the live list' },
  came: { zh: '显示新调用，回到列表顶部', en: 'Show the new calls, at the top of the list' },
} as const;

const HELP = [
  ['/', 'search'],
  ['?', 'help'],
  ['g o · g c · g e · g p · g h · g f · g t · g w', 'go'],
  ['j · k', 'rows'],
  ['Enter', 'open'],
  ['n · N', 'look'],
  ['x', 'mark'],
  ['s', 'pause'],
  ['t', 'came'],
  ['`', 'dock'],
] as const;

const GO = {
  o: '/c/$company',
  c: '/c/$company/calls',
  e: '/c/$company/errors',
  p: '/c/$company/people',
  h: '/c/$company/history',
  f: '/c/$company/file',
  t: '/c/$company/try',
  w: '/c/$company/workbench',
} as const;

/** So long after `g` the second key is awaited. */
const SECOND_KEY_MS = 1_500;

/** Keys that work on every page. */
export function useKeys(company: string): void {
  const navigate = useNavigate();
  const goAt = useRef(-Infinity);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (isTyping(event)) return;
      const key = event.key === '／' ? '/' : event.key === '？' ? '?' : event.key;
      if (performance.now() - goAt.current < SECOND_KEY_MS && key in GO) {
        goAt.current = -Infinity;
        void navigate({ to: GO[key as keyof typeof GO], params: { company } });
      } else if (key === 'g') goAt.current = performance.now();
      else if (key === '?') document.querySelector<HTMLDialogElement>('#key-help')?.showModal();
      else if (key === '/') {
        // The field of the page comes first; the one of the frame is on all pages.
        const field =
          document.querySelector<HTMLInputElement>('[data-search] input, input[data-search]') ??
          document.querySelector<HTMLInputElement>('[data-search-all]');
        field?.focus();
      } else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => {
      window.removeEventListener('keydown', pressed);
    };
  }, [company, navigate]);
}

/** The list of keys, opened with `?`. */
export function KeyHelp(): ReactNode {
  const say = useWords(words);
  return (
    <dialog id="key-help" className="key-help" aria-labelledby="key-help-title">
      <form method="dialog" className="stack">
        <h2 id="key-help-title">{say('title')}</h2>
        <dl>
          {HELP.map(([keys, word]) => (
            <div key={keys} className="spread">
              <dt className="code">{keys}</dt>
              <dd>{say(word)}</dd>
            </div>
          ))}
        </dl>
        <button className="plain-button">{say('close')}</button>
      </form>
    </dialog>
  );
}
