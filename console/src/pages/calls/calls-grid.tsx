import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef, useState, type ReactNode } from 'react';
import { isTyping } from '../../ui/keys/typing.ts';
import { CallResult } from '../../ui/calls/call-result.tsx';
import type { ListedCall } from '../../ui/calls/listed-call.ts';
import { usePointed } from '../../ui/calls/use-pointed.ts';
import type { StillCalls } from '../../ui/calls/use-still-calls.ts';
import { PersonName } from '../../ui/people/person-name.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { VerdictCounts } from '../../ui/verdict/verdict-mark.tsx';
import { useWords } from '../../words/language.tsx';
import { callsWords } from './words.ts';

const ROW_PX = 40;
/** So many calls are taken together at most, as the server has it. */
export const MAX_MARKED = 200;

/** The calls as a grid of which only the visible rows exist; j and k step, Enter opens. */
export function CallsGrid({
  still,
  company,
  marked,
  mark,
}: {
  readonly still: StillCalls;
  readonly company: string;
  /** Ids of the calls that something is to be done with. */
  readonly marked: ReadonlySet<string>;
  readonly mark: (ids: readonly string[], isMarked: boolean) => void;
}): ReactNode {
  const { calls, hold, takenIn } = still;
  const say = useWords(callsWords);
  const zone = useZone(company);
  const navigate = useNavigate();
  const scroller = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  // By place, as each call that comes moves all others on: other texts in the same rows take less time than new rows.
  const rows = useVirtualizer({
    count: calls.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 4,
  });
  useEffect(() => {
    hold('stepped', chosen !== null);
  }, [hold, chosen]);
  const pointed = usePointed((isPointed) => {
    hold('pointed', isPointed);
  });
  useEffect(() => {
    setChosen(null);
    scroller.current?.scrollTo({ top: 0 });
  }, [takenIn]);
  const open = (id: string): void => {
    void navigate({ to: '/c/$company/calls/$id', params: { company, id } });
  };
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (isTyping(event)) return;
      const at = calls.findIndex(({ id }) => id === chosen);
      const step =
        event.key === 'j' || event.key === 'ArrowDown' ? 1 : event.key === 'k' || event.key === 'ArrowUp' ? -1 : 0;
      if (step !== 0) {
        const to = Math.min(Math.max(at + step, 0), calls.length - 1);
        setChosen(calls[to]?.id ?? null);
        rows.scrollToIndex(to);
        event.preventDefault();
      } else if (event.key === 'Escape') setChosen(null);
      else if (event.key === 'x' && chosen !== null) mark([chosen], !marked.has(chosen));
      else if (event.key === 'Enter' && chosen !== null && document.activeElement?.tagName !== 'A') open(chosen);
    };
    window.addEventListener('keydown', pressed);
    return () => {
      window.removeEventListener('keydown', pressed);
    };
  });
  return (
    <div className="calls-grid card" role="grid" aria-label={say('list')} aria-rowcount={calls.length + 1}>
      <div role="row" aria-rowindex={1} className="calls-row calls-head">
        <span role="columnheader">
          <input
            type="checkbox"
            className="calls-box"
            aria-label={say('markAll')}
            checked={marked.size > 0 && marked.size >= Math.min(calls.length, MAX_MARKED)}
            onChange={({ target }) => {
              mark(
                calls.slice(0, MAX_MARKED).map(({ id }) => id),
                target.checked,
              );
            }}
          />
        </span>
        {(['time', 'platform', 'operation', 'employee', 'result', 'verdicts', 'took', 'app'] as const).map((name) => (
          <span key={name} role="columnheader">
            {say(name)}
          </span>
        ))}
      </div>
      <div
        ref={scroller}
        className="calls-scroll"
        role="rowgroup"
        tabIndex={0}
        aria-label={say('list')}
        onScroll={({ currentTarget }) => {
          hold('scrolled', currentTarget.scrollTop >= ROW_PX / 2);
        }}
        {...pointed}
      >
        <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="presentation">
          {rows.getVirtualItems().map((item) => {
            const call = calls[item.index];
            if (call === undefined) return null;
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={call.id === chosen}
                className={call.id === chosen ? 'calls-row calls-row-chosen' : 'calls-row'}
                style={{ position: 'absolute', insetInline: 0, top: item.start, height: ROW_PX }}
                onClick={() => {
                  open(call.id);
                }}
              >
                <span
                  role="gridcell"
                  onClick={(event) => {
                    event.stopPropagation();
                  }}
                >
                  <input
                    type="checkbox"
                    className="calls-box"
                    aria-label={say('mark', { what: call.operation ?? call.path })}
                    checked={marked.has(call.id)}
                    onChange={({ target }) => {
                      mark([call.id], target.checked);
                    }}
                  />
                </span>
                <CallCells call={call} company={company} zone={zone} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** What a row shows; made again only where it is another call, as the list moves several times a second. */
const CallCells = memo(function CallCells({
  call,
  company,
  zone,
}: {
  readonly call: ListedCall;
  readonly company: string;
  readonly zone: string;
}): ReactNode {
  return (
    <>
      <span role="gridcell">
        <Time at={call.at} zone={zone} precise />
      </span>
      <span role="gridcell">
        <Platform name={call.platform} letterOnly />
      </span>
      <span role="gridcell" className="clip">
        <a
          href={`/console/c/${encodeURIComponent(company)}/calls/${call.id}`}
          onClick={(event) => {
            event.preventDefault();
          }}
        >
          {call.operation ?? `${call.method} ${call.path}`}
        </a>
      </span>
      <span role="gridcell" className="clip">
        {call.employee === null ? '–' : <PersonName company={company} id={call.employee} />}
      </span>
      <span role="gridcell">
        <CallResult call={call} />
      </span>
      <span role="gridcell" className="clip">
        <VerdictCounts counts={call.verdicts} silent={call.silent} />
      </span>
      <span role="gridcell" className="code">
        {call.duration_ms.toFixed(1)} ms
      </span>
      <span role="gridcell" className="clip code" title={call.app ?? undefined}>
        {call.app ?? '–'}
      </span>
    </>
  );
});
