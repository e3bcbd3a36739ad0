import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { latestCallsQuery } from '../api/company-queries.ts';
import { useLive } from '../api/live.ts';
import { CallLines } from '../ui/calls/call-lines.tsx';
import { CallResult } from '../ui/calls/call-result.tsx';
import { listed, withLive } from '../ui/calls/listed-call.ts';
import { isTyping } from '../ui/keys/typing.ts';
import { Platform } from '../ui/platform/platform.tsx';
import { useRemembered } from '../ui/remembered.ts';
import { useKeepsCalls } from '../ui/state/sandbox-off.tsx';
import { Failure, Loading } from '../ui/state/states.tsx';
import { Time, useZone } from '../ui/time/time.tsx';
import { useWords } from '../words/language.tsx';
import { shellWords } from './words.ts';

/** So many calls are listed at the foot of a page. */
const MAX_LISTED = 50;

/** The latest calls at the foot of every page: one line, or a list; on the page of an employee those of the employee. */
export function Dock({ company }: { readonly company: string }): ReactNode {
  // A line that is always empty would take the room for nothing.
  return useKeepsCalls() && <KeptCalls company={company} />;
}

function KeptCalls({ company }: { readonly company: string }): ReactNode {
  const say = useWords(shellWords);
  const { id: employee } = useParams({ strict: false });
  const isPerson = useParams({ from: '/c/$company/people/$id', shouldThrow: false }) !== undefined;
  const [isOpen, setOpen] = useRemembered('mingce.dock', false, (kept) => (typeof kept === 'boolean' ? kept : null));
  const line = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent): void => {
      if (isTyping(event) || event.key !== '`') return;
      event.preventDefault();
      setOpen(!isOpen);
      line.current?.focus();
    };
    window.addEventListener('keydown', pressed);
    return () => {
      window.removeEventListener('keydown', pressed);
    };
  }, [isOpen, setOpen]);
  const person = isPerson ? employee : undefined;
  return (
    <aside
      className="dock"
      aria-label={say('dock')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && isOpen) {
          setOpen(false);
          line.current?.focus();
        } else step(event);
      }}
    >
      <button
        ref={line}
        type="button"
        className="dock-line"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {isOpen ? <DownOutlined /> : <UpOutlined />}
        <Latest company={company} person={person} />
      </button>
      {isOpen && <Calls company={company} person={person} />}
    </aside>
  );
}

/** The last call in one line. */
function Latest({ company, person }: { readonly company: string; readonly person: string | undefined }): ReactNode {
  const say = useWords(shellWords);
  const zone = useZone(company);
  const came = useLive(company).calls.find(({ employee }) => person === undefined || employee === person);
  const { data } = useQuery(latestCallsQuery(company, person, 1));
  const last = came ?? data?.requests[0];
  if (last === undefined) return <span className="quiet">{say(person === undefined ? 'dockNone' : 'dockNoneOf')}</span>;
  const call = listed(last);
  return (
    <>
      <span className="quiet">{say('dockLast')}</span>
      <Platform name={call.platform} letterOnly />
      <span className="clip">{call.operation ?? `${call.method} ${call.path}`}</span>
      <CallResult call={call} />
      <Time at={call.at} zone={zone} />
    </>
  );
}

function Calls({ company, person }: { readonly company: string; readonly person: string | undefined }): ReactNode {
  const say = useWords(shellWords);
  const { calls: live } = useLive(company);
  const { data, error, refetch } = useQuery(latestCallsQuery(company, person, MAX_LISTED));
  const kept = data?.requests ?? [];
  const own = live.filter(({ employee }) => person === undefined || employee === person);
  const calls = withLive(own, kept, MAX_LISTED).slice(0, MAX_LISTED);
  return (
    <div className="dock-calls" tabIndex={0} role="region" aria-label={say('dock')}>
      {error !== null && <Failure what={say('dockFailed')} error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading rows={3} />}
      {data !== undefined && calls.length === 0 && (
        <p className="quiet">{say(person === undefined ? 'dockNone' : 'dockNoneOf')}</p>
      )}
      <CallLines calls={calls} company={company} />
    </div>
  );
}

/** Goes to the next or the former call with j and k, while the focus is in the dock; the page does not see these keys. */
function step(event: KeyboardEvent<HTMLElement>): void {
  const by = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('.dock-calls a')];
  if (links.length === 0) return;
  const at = links.findIndex((link) => link === document.activeElement);
  links[Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
  event.preventDefault();
  event.stopPropagation();
}
