import type { SentCall } from '../directory/targets/sent-call.ts';
import type { Clock } from '../lib/time/clock.ts';
import { Semaphore } from '../lib/semaphore.ts';
import type { Connector, LiveTarget, LiveTask, LiveToken, OutboundRequest, Reply, Verdict } from './connector.ts';
import type { HttpClient, Outcome } from './http-client.ts';
import { isWorthAnother, unanswered } from './no-answer.ts';
import { CallWindows } from './call-windows.ts';
import type { RecentLists } from './recent-lists.ts';
import { unusedLimits, type TenantLimits } from './tenant-limits.ts';
import { bounded, parsed } from './texts.ts';
import type { SendOutcome, WriteRequest } from './writing.ts';

/** How often a read is sent that got no answer, or that the platform had trouble with. */
const TRIES = 3;
/** How often the platform may ask to wait for one request. */
const WAITS = 6;
/** The longest wait that a command waits out. */
const MAX_WAIT_MS = 120_000;
/** The longest time for which a platform that is away is waited for here: what takes longer is to be seen as no answer meanwhile. */
const MAX_AWAY_MS = 30_000;
/** Requests under way at one time, where the platform's limits say nothing. */
const CONCURRENCY = 8;
/** So long is a token that could not be had asked for no more: what is read at the same time meets it once. */
const FAILED_TOKEN_MS = 1_000;
/** Why a write was not begun: its time was over. */
export const TOO_LATE = 'TOO_LATE';

/** How many calls of a tenant may be under way at one time. */
export function sideBySide({ limits }: Pick<Connector, 'limits'>): number {
  return limits.find(({ call }) => call === '*')?.concurrency ?? CONCURRENCY;
}

/** Why there is no token, and until when none is asked for. */
interface FailedToken {
  readonly verdict: Verdict;
  readonly until: number;
}

/** What was sent and what stood in the way, for the report. */
export interface Tally {
  readonly call: string;
  readonly sent: number;
  /** How often the platform answered that its limit was reached. */
  readonly limited: number;
  /** How long requests waited so as not to reach it. */
  readonly waitedMs: number;
}

/** A call as a session knows it: whose it is, and where the platform lives, is known to what opened it. */
export type ObservedCall = Omit<SentCall, 'company' | 'platform' | 'host'>;

/** Waits; rejects once the signal is aborted. */
export type Sleep = (ms: number, value?: undefined, options?: { readonly signal?: AbortSignal }) => Promise<void>;

/** What a session needs of the world. */
export interface SessionOptions {
  readonly connector: Connector;
  readonly target: LiveTarget;
  readonly secrets: ReadonlyMap<string, string>;
  readonly client: Pick<HttpClient, 'send'>;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** What other sessions of the tenant used of its limits; absent: nothing. */
  readonly limits?: TenantLimits;
  /** Waits before a read where others go first. A write has waited before it was kept that it is sent. */
  readonly turn?: ((calls: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** Is given each call with what came back; returns the id under which it can be looked up. */
  readonly observed?: ((call: ObservedCall) => string | null) | undefined;
}

/**
 * Sends what tasks ask for: keeps the limits, fetches and renews tokens, waits where the platform asks to, and sends reads
 * again that got no answer. The only place where secrets and requests meet.
 */
export class LiveSession {
  /** Requests under way at one time. */
  readonly sideBySide: number;
  readonly #options: SessionOptions;
  /** What was sent, as far as the limits count it. */
  readonly windows: CallWindows;
  readonly #lists: RecentLists;
  readonly #tokens = new Map<string, Promise<LiveToken | FailedToken>>();
  readonly #places: Semaphore;
  readonly #stopped = new AbortController();
  /** Calls that are not made at the same time as many others of the same kind. */
  readonly #gates: ReadonlyMap<string, Semaphore>;
  readonly #tally = new Map<string, { sent: number; limited: number; waitedMs: number }>();
  /** Every secret and token so far: none of them is ever in a message. */
  readonly #known: Set<string>;

  constructor(options: SessionOptions) {
    const { connector, clock, secrets } = options;
    this.#options = options;
    this.#known = new Set(secrets.values());
    const { counts, lists } = options.limits ?? unusedLimits(connector.limits, clock);
    this.windows = new CallWindows(counts);
    this.#lists = lists;
    this.sideBySide = sideBySide(connector);
    this.#places = new Semaphore(this.sideBySide);
    this.#gates = new Map(
      connector.limits.flatMap(({ call, concurrency }) =>
        call === '*' || concurrency === undefined ? [] : [[call, new Semaphore(concurrency)]],
      ),
    );
  }

  /**
   * Has reads that wait for a limit end at once, with an error, as no one needs them any more, and no one wait for a token.
   * Writes themselves wait for seconds only.
   */
  stop(): void {
    this.#stopped.abort();
  }

  /** Runs a task to its end. */
  async run<Result>(task: LiveTask<Result>): Promise<Result> {
    let step = task.next([]);
    while (step.done !== true) step = task.next(await Promise.all(step.value.map((request) => this.#ask(request))));
    return step.value;
  }

  /**
   * Sends a write once. It begins nothing at or after `until`, and never sends a write again of itself, but for one time
   * after the platform refused the token, which it does before it does anything else.
   */
  async write(request: WriteRequest, until: number): Promise<SendOutcome> {
    return await this.#inTurn(request.call, async () => {
      const first = await this.#writeOnce(request, until);
      const isTokenRefused = first.kind === 'answered' && this.#options.connector.judge(first.answer).kind === 'token';
      const secret = tokenIn(request);
      if (!isTokenRefused || secret === null) return first;
      this.#tokens.delete(secret);
      return await this.#writeOnce(request, until);
    });
  }

  async #writeOnce(request: WriteRequest, until: number): Promise<SendOutcome> {
    const { client, clock, connector, secrets } = this.#options;
    const secret = tokenIn(request);
    const token = secret === null ? null : await this.#token(secret);
    if (token !== null && !('token' in token)) return { kind: 'no-token', verdict: token };
    const counts = this.#countsOf(request.call);
    const waited = await this.#waitForPlace(request.call, until);
    counts.waitedMs += waited ?? 0;
    if (waited === null || clock.now() >= until) return { kind: 'not-sent', code: TOO_LATE };
    counts.sent++;
    const at = clock.now();
    const outcome = await client.send(filled(request, secrets, token?.token ?? ''), { isWrite: true });
    if (outcome.kind !== 'answered') {
      const entry = this.#observe(request, at, outcome, outcome.code);
      return { kind: outcome.kind === 'lost' ? 'lost' : 'not-sent', code: outcome.code, ...entry };
    }
    const { kind, code } = connector.judge(outcome.answer);
    if (kind === 'limit') this.#limited(request.call);
    const answer = { ...outcome.answer, body: this.#withoutSecrets(outcome.answer.body) };
    return { kind: 'answered', answer, ...this.#observe(request, at, outcome, code) };
  }

  /** What was sent so far, by call. */
  tally(): readonly Tally[] {
    return Array.from(this.#tally, ([call, counts]) => ({ call, ...counts }));
  }

  async #ask(request: OutboundRequest): Promise<Reply> {
    return await this.#inTurn(request.call, () => this.#askInTurn(request));
  }

  async #inTurn<Result>(call: string, work: () => Promise<Result>): Promise<Result> {
    const gate = this.#gates.get(call);
    const pass = (): Promise<Result> => this.#places.pass(work);
    return await (gate === undefined ? pass() : gate.pass(pass));
  }

  async #askInTurn(request: OutboundRequest): Promise<Reply> {
    const sleep = (ms: number): Promise<void> => this.#sleep(ms);
    const secret = tokenIn(request);
    let renewed = false;
    let waits = 0;
    let tries = 0;
    for (;;) {
      const recent = this.#lists.of(request);
      if (recent !== null && this.windows.of(request.call).some((windows) => windows.wait() > 0)) return recent;
      const token = secret === null ? null : await this.#token(secret);
      if (token !== null && !('token' in token)) return { verdict: token, json: null };
      await this.#options.turn?.(1, this.#stopped.signal);
      const { reply } = await this.#sendOnce(request, token);
      const { verdict } = reply;
      // Another client of the tenant may have used the limit.
      if (verdict.kind === 'limit' && recent !== null) return recent;
      if (verdict.kind === 'limit' && ++waits <= WAITS && canWait(verdict)) {
        await sleep(verdict.waitMs ?? 1_000);
      } else if (verdict.kind === 'token' && secret !== null && !renewed) {
        renewed = true;
        this.#tokens.delete(secret);
      } else if (isWorthAnother(verdict) && ++tries < TRIES && canWait(verdict)) {
        await sleep(againMs(verdict, tries));
      } else {
        this.#lists.keep(request, reply);
        return reply;
      }
    }
  }

  async #sendOnce(
    request: OutboundRequest,
    token: LiveToken | null,
    isForToken = false,
  ): Promise<{ reply: Reply; outcome: Outcome }> {
    const { client, connector, secrets, clock } = this.#options;
    const counts = this.#countsOf(request.call);
    counts.waitedMs += (await this.#waitForPlace(request.call)) ?? 0;
    counts.sent++;
    const at = clock.now();
    const outcome = await client.send(filled(request, secrets, token?.token ?? ''));
    if (outcome.kind !== 'answered') {
      this.#observe(request, at, outcome, outcome.code);
      return { outcome, reply: { verdict: unanswered(outcome.kind, outcome.code), json: null } };
    }
    const judged = connector.judge(outcome.answer);
    if (judged.kind === 'limit') this.#limited(request.call);
    this.#observe(request, at, outcome, judged.code, isForToken);
    const verdict = { ...judged, message: bounded(this.#withoutSecrets(judged.message)) };
    return { outcome, reply: { verdict, json: parsed(outcome.answer.body) } };
  }

  /** Returns the token of a secret; those who need one while it is fetched wait for the same. */
  async #token(secret: string): Promise<LiveToken | Verdict> {
    const { clock } = this.#options;
    const kept = this.#tokens.get(secret);
    if (kept !== undefined) {
      const token = await kept;
      if (clock.now() < token.until) return 'token' in token ? token : token.verdict;
      // Another may have begun to fetch it meanwhile.
      if (this.#tokens.get(secret) === kept) this.#tokens.delete(secret);
      return await this.#token(secret);
    }
    const fetched = this.#fetchToken(secret).then((found): LiveToken | FailedToken =>
      'token' in found ? found : { verdict: found, until: clock.now() + FAILED_TOKEN_MS },
    );
    this.#tokens.set(secret, fetched);
    const token = await fetched;
    return 'token' in token ? token : token.verdict;
  }

  async #fetchToken(secret: string): Promise<LiveToken | Verdict> {
    const { connector, target, clock } = this.#options;
    for (let tries = 1; ; tries++) {
      const { reply, outcome } = await this.#sendOnce(connector.tokenRequest(target, secret), null, true);
      const { verdict } = reply;
      const isAgain = verdict.kind === 'limit' || isWorthAnother(verdict);
      if (isAgain && tries < TRIES && canWait(verdict)) {
        const ms = verdict.kind === 'limit' ? (verdict.waitMs ?? 1_000) : againMs(verdict, tries);
        if (await this.#sleptWhole(ms)) continue;
      }
      // Who is refused a token is refused as such: the secret is another by now, or no longer taken.
      if (reply.verdict.kind === 'refused') return { ...reply.verdict, kind: 'token' };
      if (outcome.kind !== 'answered' || reply.verdict.kind !== 'ok') return reply.verdict;
      const token = connector.tokenOf(outcome.answer, clock.now());
      if ('token' in token) this.#known.add(token.token);
      return token;
    }
  }

  /** Waits until the limits leave a place, and returns how long it took; null where none is left before `until`. */
  async #waitForPlace(call: string, until = Infinity): Promise<number | null> {
    const { clock } = this.#options;
    const began = clock.now();
    for (const windows of this.windows.of(call)) {
      for (let wait = windows.take(); wait > 0; wait = windows.take()) {
        if (clock.now() + wait >= until) return null;
        await this.#sleep(wait, until);
      }
    }
    await this.windows.kept(call);
    return clock.now() - began;
  }

  async #sleep(ms: number, until = Infinity): Promise<void> {
    const { sleep } = this.#options;
    await (until === Infinity ? sleep(ms, undefined, { signal: this.#stopped.signal }) : sleep(ms));
  }

  /** Waits; false where the session was stopped meanwhile: a write that needs the token is then answered, and known not to be sent. */
  async #sleptWhole(ms: number): Promise<boolean> {
    try {
      await this.#sleep(ms);
    } catch (error) {
      if (!this.#stopped.signal.aborted) throw error;
    }
    return !this.#stopped.signal.aborted;
  }

  #limited(call: string): void {
    this.#countsOf(call).limited++;
    for (const windows of this.windows.of(call)) windows.reached();
  }

  #countsOf(call: string): { sent: number; limited: number; waitedMs: number } {
    const kept = this.#tally.get(call);
    if (kept !== undefined) return kept;
    const counts = { sent: 0, limited: 0, waitedMs: 0 };
    this.#tally.set(call, counts);
    return counts;
  }

  /** Has a call kept as it was composed, so without a secret; of an answer that is one, the body is left out. */
  #observe(
    { call, method, path, query, headers, body }: OutboundRequest,
    at: number,
    outcome: Outcome,
    code: string | null,
    isForToken = false,
  ): { readonly entry?: string } {
    const { observed, clock } = this.#options;
    if (observed === undefined) return {};
    const search = query.length === 0 ? '' : `?${query.map((pair) => pair.map(shownInQuery).join('=')).join('&')}`;
    const given = outcome.kind === 'answered' ? outcome.answer : null;
    const entry = observed({
      call,
      at,
      durationMs: clock.now() - at,
      method,
      path: `${path}${search}`,
      headers,
      body,
      answer: given === null ? null : { ...given, body: isForToken ? null : this.#withoutSecrets(given.body) },
      code,
    });
    return entry === null ? {} : { entry };
  }

  #withoutSecrets(message: string): string {
    let text = message;
    for (const secret of this.#known) text = text.replaceAll(secret, '[secret]');
    return text;
  }
}

/** Whether a command waits as long as is asked for. */
function canWait({ kind, waitMs = 0 }: Verdict): boolean {
  return waitMs <= (kind === 'limit' ? MAX_WAIT_MS : MAX_AWAY_MS);
}

/** Returns how long to wait before a try after the `n`-th: longer each time, and no less than was asked for. */
function againMs({ waitMs = 0 }: Verdict, n: number): number {
  return Math.max(waitMs, 500 * 2 ** n);
}

/** A name or value of a query as an address has it; a placeholder stays readable. */
function shownInQuery(text: string): string {
  return /^\{(?:token|secret):[a-z_]+\}$/.test(text) ? text : encodeURIComponent(text);
}

const PLACEHOLDER = /\{(token|secret):([a-z_]+)\}/g;

/** Returns the secret whose token a request needs; null where it needs none. */
function tokenIn({ query, headers }: OutboundRequest): string | null {
  for (const value of [...query.map(([, given]) => given), ...Object.values(headers)]) {
    const found = /\{token:([a-z_]+)\}/.exec(value);
    if (found !== null) return found[1] ?? null;
  }
  return null;
}

function filled(request: OutboundRequest, secrets: ReadonlyMap<string, string>, token: string): OutboundRequest {
  const fill = (text: string, write: (value: string) => string): string =>
    text.replace(PLACEHOLDER, (_, kind: string, name: string) =>
      write(kind === 'token' ? token : (secrets.get(name) ?? '')),
    );
  const asIs = (value: string): string => value;
  return {
    ...request,
    query: request.query.map(([name, value]) => [name, fill(value, asIs)]),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, fill(value, asIs)])),
    // A placeholder is inside a JSON string.
    body: request.body === null ? null : fill(request.body, (value) => JSON.stringify(value).slice(1, -1)),
  };
}
