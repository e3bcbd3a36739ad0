import type { Clock } from '../lib/time/clock.ts';
import type { OutboundRequest, Reply } from './connector.ts';
import type { ClientLimit } from './limits.ts';

/** So long an answer is taken: ten calls a minute are the narrowest limit of a list, so one of them is younger. */
const RECENT_MS = 60_000;
/** Pages kept at one time. */
const PAGES = 200;

/**
 * Answers of lists that a platform lets be read a few times a minute only. One employee after the other can be planned and
 * delivered without a wait of up to a minute each time, for names that change a few times a year.
 */
export class RecentLists {
  readonly #calls: ReadonlySet<string>;
  readonly #clock: Clock;
  readonly #pages = new Map<string, { readonly at: number; readonly reply: Reply }>();

  constructor(limits: readonly ClientLimit[], clock: Clock) {
    this.#calls = new Set(limits.flatMap(({ call, isReusable }) => (isReusable === true ? [call] : [])));
    this.#clock = clock;
  }

  /** Returns what a page of such a list answered less than a minute ago; null where that is not known, or for other calls. */
  of(request: OutboundRequest): Reply | null {
    if (!this.#calls.has(request.call)) return null;
    const page = this.#pages.get(pageOf(request));
    return page === undefined || page.at + RECENT_MS <= this.#clock.now() ? null : page.reply;
  }

  /** Keeps the answer of a page, where it is one of such a list. */
  keep(request: OutboundRequest, reply: Reply): void {
    if (!this.#calls.has(request.call) || reply.verdict.kind !== 'ok') return;
    const at = this.#clock.now();
    const page = pageOf(request);
    this.#pages.delete(page);
    this.#pages.set(page, { at, reply });
    for (const [oldest, kept] of this.#pages) {
      if (this.#pages.size <= PAGES && at < kept.at + RECENT_MS) break;
      this.#pages.delete(oldest);
    }
  }
}

function pageOf({ path, query }: OutboundRequest): string {
  return JSON.stringify([path, query]);
}
