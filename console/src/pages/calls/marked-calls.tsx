import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, urlOf } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import type { ListedCall } from '../../ui/calls/listed-call.ts';
import { ConfirmButton } from '../../ui/confirm/confirm-button.tsx';
import { useWords } from '../../words/language.tsx';
import { MAX_MARKED } from './calls-grid.tsx';
import type { MarkedCallsState } from './use-marked-calls.ts';
import { callsWords } from './words.ts';

/** How far calls that are sent again are. */
interface Sent {
  readonly of: number;
  readonly done: number;
  readonly same: number;
  readonly failed: number;
}

/** What can be done with the marked calls together; nothing while none is marked. */
export function MarkedCalls({
  company,
  calls,
  marked,
}: {
  readonly company: string;
  readonly calls: readonly ListedCall[];
  readonly marked: MarkedCallsState;
}): ReactNode {
  const say = useWords(callsWords);
  const session = useSession();
  const queries = useQueryClient();
  const [sent, setSent] = useState<Sent | null>(null);
  const { ids: set, mark, letGo } = marked;
  // In the order in which they came: one may need what the one before it made.
  const ids = calls.flatMap(({ id }) => (set.has(id) ? [id] : [])).toReversed();
  const isTooMany = ids.length > MAX_MARKED;
  const replay = async (): Promise<void> => {
    let now: Sent = { of: ids.length, done: 0, same: 0, failed: 0 };
    setSent(now);
    for (const id of ids) {
      try {
        const { comparison } = await api('requests.replay', { params: { id }, body: {} });
        now = { ...now, done: now.done + 1, same: now.same + Number(comparison?.same === true) };
      } catch {
        now = { ...now, done: now.done + 1, failed: now.failed + 1 };
      }
      setSent(now);
    }
    await queries.invalidateQueries({ queryKey: ['c', company, 'calls'] });
    // Only these: another may have been marked meanwhile.
    mark(ids, false);
  };
  const isSending = sent !== null && sent.done < sent.of;
  if (ids.length === 0) {
    return sent === null ? null : (
      <p className="band verdict-quiet" role="status">
        {say('replayed', { n: sent.of - sent.failed, same: sent.same })}
        {sent.failed > 0 && ` ${say('replayFailed', { n: sent.failed })}`}
      </p>
    );
  }
  const list = ids.join(',');
  const download = (as: string, name: string, word: 'exportHar' | 'exportFixtures'): ReactNode => (
    <a href={urlOf('requests.list', { query: { ids: list, as } })} download={name}>
      {say(word)}
    </a>
  );
  return (
    <section className="card row wrap calls-marked" aria-label={say('marked', { n: ids.length })}>
      <strong role="status">
        {isSending ? say('replaying', { done: sent.done, n: sent.of }) : say('marked', { n: ids.length })}
      </strong>
      <span className="grow" />
      {isTooMany ? (
        <span role="alert">{say('markedLimit', { n: MAX_MARKED })}</span>
      ) : (
        <>
          {download('har', `${company}-calls.har`, 'exportHar')}
          {download('fixture', `${company}-fixtures.json`, 'exportFixtures')}
          <Link to="/c/$company/doctor" params={{ company }} search={{ calls: list }}>
            {say('examine')}
          </Link>
          <ConfirmButton
            ask={say('replayAsk', { n: ids.length })}
            confirm={say('replay')}
            disabled={session?.role !== 'full' || session.sandbox !== 'on' || isSending}
            act={replay}
          >
            {say('replay')}
          </ConfirmButton>
          {session?.role === 'full' && session.sandbox !== 'on' && (
            <span className="small quiet">{say('replayOff')}</span>
          )}
        </>
      )}
      <Button type="text" disabled={isSending} onClick={letGo}>
        {say('letGo')}
      </Button>
    </section>
  );
}
