import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { LiveEvents, RequestSummary } from '../../../src/sandbox/live/contract.ts';
import { noteWhetherSignedOut, urlOf } from './client.ts';

/** So many calls are remembered by the page; the server keeps more. */
const MAX_CALLS = 2_000;
/** The list is painted so often at most. */
const PAINT_MS = 250;
/** What a change made old is asked again after so long. */
const OLD_MS = 1_000;
/** How long the rate of calls is taken over. */
const RATE_MS = 5_000;
/** Waits between two tries to connect again; the last one stays. */
const WAITS_MS = [1_000, 2_000, 5_000, 10_000];

/** What the page knows of what happens on the server just now. */
export interface LiveState {
  /** The newest first. */
  readonly calls: readonly RequestSummary[];
  /** How many calls came since the page was opened. */
  readonly total: number;
  readonly perSecond: number;
  readonly connection: 'connecting' | 'open' | 'lost';
}

const QUIET: LiveState = { calls: [], total: 0, perSecond: 0, connection: 'connecting' };

/** Follows one company's stream while the page is visible, outside of React: a thousand calls a second paint four times. */
class LiveFeed {
  #state = QUIET;
  #calls: RequestSummary[] = [];
  #arrivals: { readonly at: number; readonly count: number }[] = [];
  #total = 0;
  #source: EventSource | null = null;
  #company = '';
  #tries = 0;
  #painting: ReturnType<typeof setTimeout> | undefined;
  #retrying: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #old = new Set<'record' | 'calls'>();
  #queries: QueryClient | null = null;

  constructor() {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.#close();
      else if (this.#company !== '') this.#open();
    });
  }

  get state(): LiveState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  follow(company: string, queries: QueryClient): void {
    this.#queries = queries;
    if (company === this.#company) return;
    this.#company = company;
    this.#calls = [];
    this.#arrivals = [];
    this.#total = 0;
    this.#state = QUIET;
    this.#close();
    this.#open();
  }

  clear(): void {
    this.#calls = [];
    this.#paintSoon();
  }

  #open(): void {
    if (this.#source !== null || document.visibilityState === 'hidden') return;
    const source = new EventSource(urlOf('stream', { query: { company: this.#company } }));
    this.#source = source;
    source.addEventListener('open', () => {
      this.#tries = 0;
      const wasLost = this.#state.connection === 'lost';
      this.#say('open');
      void this.#queries?.invalidateQueries({ queryKey: ['c', this.#company, 'calls'] });
      if (wasLost) this.#askAgain();
    });
    source.addEventListener('error', () => {
      this.#close();
      this.#say('lost');
      // A stream does not say why it is refused; the session may have ended, which the page then says.
      void noteWhetherSignedOut();
      const wait = WAITS_MS[Math.min(this.#tries++, WAITS_MS.length - 1)] ?? 10_000;
      this.#retrying = setTimeout(() => {
        this.#open();
      }, wait);
    });
    source.addEventListener('requests', (event: MessageEvent<string>) => {
      const { requests } = JSON.parse(event.data) as LiveEvents['requests'];
      this.#take(requests);
    });
    source.addEventListener('changes', () => {
      this.#makeOld('record');
    });
    source.addEventListener('gap', () => {
      this.#makeOld('calls');
    });
  }

  #close(): void {
    clearTimeout(this.#retrying);
    this.#source?.close();
    this.#source = null;
  }

  #take(requests: readonly RequestSummary[]): void {
    this.#total += requests.length;
    this.#arrivals.push({ at: performance.now(), count: requests.length });
    this.#calls = [...requests.toReversed(), ...this.#calls].slice(0, MAX_CALLS);
    this.#paintSoon();
  }

  #say(connection: LiveState['connection']): void {
    this.#state = { ...this.#state, connection };
    this.#tell();
  }

  /** After a lost connection: what failed meanwhile is asked again, and the record may have changed unseen. */
  #askAgain(): void {
    this.#makeOld('record');
    void this.#queries?.invalidateQueries({ predicate: ({ state }) => state.status === 'error' });
  }

  /** Lets what is shown be asked again, once for all that happens in a while. */
  #makeOld(what: 'record' | 'calls'): void {
    if (this.#old.has(what)) return;
    const company = this.#company;
    this.#old.add(what);
    setTimeout(() => {
      this.#old.delete(what);
      void this.#queries?.invalidateQueries({ queryKey: ['c', company, what] });
    }, OLD_MS);
  }

  #paintSoon(): void {
    if (this.#painting !== undefined) return;
    this.#painting = setTimeout(() => {
      requestAnimationFrame(this.#paint);
    }, PAINT_MS);
  }

  /** Changes what is shown, once before a frame is drawn, whatever came since. */
  readonly #paint = (): void => {
    this.#painting = undefined;
    const since = performance.now() - RATE_MS;
    this.#arrivals = this.#arrivals.filter(({ at }) => at >= since);
    const recent = this.#arrivals.reduce((sum, { count }) => sum + count, 0);
    this.#state = {
      ...this.#state,
      calls: this.#calls,
      total: this.#total,
      perSecond: Math.round((recent * 1_000) / RATE_MS),
    };
    this.#tell();
    // Until nothing comes any more, so that the rate goes back to none.
    if (recent > 0) this.#paintSoon();
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const feed = new LiveFeed();

/** Returns what happens in a company just now, and follows it. */
export function useLive(company: string): LiveState {
  const queries = useQueryClient();
  useEffect(() => {
    feed.follow(company, queries);
  }, [company, queries]);
  return useSyncExternalStore(feed.subscribe, () => feed.state);
}

/** Forgets the calls that the page remembers. */
export function clearLive(): void {
  feed.clear();
}
