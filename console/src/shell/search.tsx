import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { searchQuery } from '../api/search-query.ts';
import { useSettled } from '../ui/settled.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { foundOf, type Found } from './search-found.ts';
import './search.css';

const words = {
  search: { zh: '搜索员工、部门、调用、错误码', en: 'Search people, departments, calls, codes' },
  found: { zh: '找到的', en: 'What was found' },
  employees: { zh: '员工', en: 'People' },
  departments: { zh: '部门', en: 'Departments' },
  requests: { zh: '调用', en: 'Calls' },
  errors: { zh: '错误码', en: 'Codes' },
  indexing: { zh: '正在建立员工搜索索引：{percent}%', en: 'The search index of people is being made: {percent}%' },
  nothing: { zh: '没有找到。', en: 'Nothing was found.' },
} as const;

/** Finds people, departments, calls and codes from any page; Enter opens what is chosen. */
export function Search({ company }: { readonly company: string }): ReactNode {
  const say = useWords(words);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  /** What had the focus before. */
  const cameFrom = useRef<HTMLElement | null>(null);
  /** Enter was pressed before what is asked for had come: it is opened then. */
  const [isEntered, setEntered] = useState(false);
  const text = useSettled(typed.trim());
  const { data, isPlaceholderData } = useQuery({ ...searchQuery(company, text), enabled: text !== '' });
  const isAsked = text !== '' && text === typed.trim() && !isPlaceholderData;
  const found = data === undefined || text === '' ? [] : foundOf(data, company, language);
  const open = (one: Found | undefined): void => {
    if (one === undefined) return;
    setOpen(false);
    setTyped('');
    void navigate(one.to);
  };
  const isAnswered = isAsked && data !== undefined;
  useEffect(() => {
    if (!isEntered || !isAnswered) return;
    setEntered(false);
    open(found[at]);
  });
  const isShown = isOpen && typed.trim() !== '' && data !== undefined;
  return (
    <div
      className="search"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (currentTarget.contains(relatedTarget)) return;
        setOpen(false);
        setEntered(false);
      }}
    >
      <input
        type="search"
        role="combobox"
        aria-label={say('search')}
        aria-expanded={isShown}
        aria-controls="search-found"
        aria-autocomplete="list"
        {...(isShown && found[at] !== undefined ? { 'aria-activedescendant': `search-found-${String(at)}` } : {})}
        data-search-all
        className="search-field"
        placeholder={`/ ${say('search')}`}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setAt(0);
          setEntered(false);
          setOpen(true);
        }}
        onFocus={({ relatedTarget }) => {
          cameFrom.current = relatedTarget instanceof HTMLElement ? relatedTarget : null;
          setOpen(true);
        }}
        onKeyDown={(event) => {
          // The Enter that ends a word of an input method is not for the list.
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            const step = event.key === 'ArrowDown' ? 1 : found.length - 1;
            if (found.length > 0) setAt((at + step) % found.length);
          } else if (event.key === 'Enter') {
            // What is shown may still be for fewer letters.
            if (isAnswered) open(found[at]);
            else setEntered(true);
          } else if (event.key === 'Escape') {
            // Back to where `/` was pressed; that may be gone by now.
            event.currentTarget.blur();
            cameFrom.current?.focus({ preventScroll: true });
          } else return;
          event.preventDefault();
        }}
      />
      <ul id="search-found" role="listbox" aria-label={say('found')} className="search-found" hidden={!isShown}>
        {data !== undefined && data.index < 1 && (
          <Said>{say('indexing', { percent: Math.floor(data.index * 100) })}</Said>
        )}
        {data?.index === 1 && found.length === 0 && isAsked && <Said>{say('nothing')}</Said>}
        {found.map((one, index) => (
          <li
            key={one.key}
            id={`search-found-${String(index)}`}
            role="option"
            aria-selected={index === at}
            className={index === at ? 'search-line search-line-at' : 'search-line'}
            onPointerDown={(event) => {
              // The field keeps the focus until what is pressed has opened.
              event.preventDefault();
            }}
            onClick={() => {
              open(one);
            }}
          >
            <span className="small quiet search-kind">{say(one.kind)}</span>
            <span className="clip grow">{one.name}</span>
            <span className="small quiet clip">{one.more}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A line of the list that cannot be chosen. */
function Said({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <li role="option" aria-disabled="true" aria-selected="false" className="quiet search-line">
      {children}
    </li>
  );
}
