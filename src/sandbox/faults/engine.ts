import { setTimeout } from 'node:timers/promises';
import { companyTime } from '../../directory/company-clock.ts';
import type { FaultRule } from '../../directory/faults/fault.ts';
import { load, type Decision, type Effect, type Store, type StoreTask } from '../../directory/store.ts';
import type { TenantData } from '../../directory/tenant.ts';
import {
  ReplyInstead,
  type Call,
  type Dialect,
  type IdentifiedCaller,
  type Injection,
  type Reply,
} from '../../dialects/dialect.ts';
import type { CodeBook } from './code-book.ts';
import type { FaultCounters } from './counters.ts';
import { delayOf, fires } from './decision.ts';
import { cutReply, foreignReply, spoiled } from './effects.ts';
import { matcherOf, type MatchedCall } from './match.ts';
import { kindOf } from './rule.ts';

/** So many calls are held up at one time; further ones go on at once. */
const MAX_WAITING = 1_000;
/** Of an app so many tokens end together. */
const MAX_TOKENS = 1_000;

/** What the engine is made of. */
export interface FaultEngineOptions {
  readonly store: () => Store;
  readonly dialects: readonly Dialect[];
  readonly counters: FaultCounters;
  readonly codeBook: CodeBook;
  /** The system's time, in epoch milliseconds. */
  readonly now: () => number;
}

interface CompiledRule {
  readonly rule: FaultRule;
  readonly matches: (asked: MatchedCall) => boolean;
}

/** A call that a rule meets. */
interface Met extends MatchedCall {
  readonly caller: IdentifiedCaller;
  readonly rule: FaultRule;
  readonly n: number;
}

/** Makes calls fail as the rules of their companies say. */
export class FaultEngine {
  readonly #options: FaultEngineOptions;
  readonly #facts: ReadonlyMap<string, Dialect['facts']>;
  readonly #operations: ReadonlyMap<string, string>;
  readonly #closed = new AbortController();
  #waiting = 0;

  constructor(options: FaultEngineOptions) {
    this.#options = options;
    const { dialects } = options;
    this.#facts = new Map(dialects.map(({ name, facts }) => [name, facts]));
    this.#operations = new Map(
      dialects.flatMap(({ name, routes }) =>
        routes.map(({ method, path, operation }) => [`${name} ${method} ${path}`, operation] as const),
      ),
    );
  }

  /** Lets the rules of a company meet a call; undefined, and at once, where there are none. */
  meet(call: Call, caller: IdentifiedCaller): Promise<void> | undefined {
    return caller.tenant.parts.faults === undefined ? undefined : this.#meet(call, caller);
  }

  /** Lets every call go on that is held up. */
  close(): void {
    this.#closed.abort();
  }

  async #meet(call: Call, caller: IdentifiedCaller): Promise<void> {
    const { tenant, app } = caller;
    const platform = app.dialect;
    const operation = this.#operations.get(`${platform} ${call.method} ${call.routePath ?? ''}`) ?? '';
    const at = companyTime(tenant, this.#options.now());
    const asked: MatchedCall = { call, platform, operation, app: app.key, at };
    for (const { rule, matches } of tenant.derived(COMPILED, compiled)) {
      if (rule.enabled === false || !matches(asked)) continue;
      // What ends tokens leaves the calls alone that get new ones.
      if (rule.effect.token !== undefined && caller.token === null) continue;
      const age = rule.match?.token_younger_than;
      if (age !== undefined && !(await this.#hasTokenOf(caller, at - age * 1_000))) continue;
      const counted = this.#options.counters.next(tenant, rule);
      const n = typeof counted === 'number' ? counted : await counted;
      const met: Met = { ...asked, caller, rule, n };
      const held = this.#heldFor(met);
      if (held > 0) throw new ReplyInstead(this.#marked(met, this.#holdReply(met, held)));
      const firings = this.#options.counters.firings(tenant, rule);
      if (!fires(rule, n) || !firings.isWithin(n)) continue;
      await this.#fire(met);
      if (rule.continue !== true) return;
    }
  }

  /** Whether the call's token was issued after an instant. */
  async #hasTokenOf({ token }: IdentifiedCaller, after: number): Promise<boolean> {
    const hash = token?.();
    if (hash === undefined) return false;
    const found = await this.#options.store().read(() => load('token', { hash }));
    return found !== null && found.issuedAt > after;
  }

  async #fire(met: Met): Promise<void> {
    const { rule, n, caller } = met;
    const { effect } = rule;
    if (effect.token !== undefined) await this.#endTokens(met, effect.token);
    switch (kindOf(effect)) {
      case 'code':
        if (effect.when === 'after-commit') {
          this.#mark(met, (reply) => ({ ...this.#worded(met, effect.code ?? ''), ...outcomeOf(reply) }));
          return;
        }
        throw new ReplyInstead(this.#marked(met, this.#worded(met, effect.code ?? '')));
      case 'http':
        if (effect.http === undefined) return;
        throw new ReplyInstead(this.#marked(met, foreignReply(effect.http)));
      case 'delay_ms': {
        const ms = delayOf(rule, effect.delay_ms ?? 0, n);
        if (effect.when !== 'after-commit') {
          this.#mark(met);
          await this.#wait(ms);
          return;
        }
        this.#mark(met, async (reply) => {
          await this.#wait(ms);
          return reply;
        });
        return;
      }
      case 'cut':
        if (effect.cut === 'before-write') throw new ReplyInstead(this.#marked(met, cutReply(effect.how)));
        this.#mark(met, (reply) => spoiled(reply, effect));
        return;
      case 'slow':
      case 'body':
        this.#mark(met, (reply) => spoiled(reply, effect));
        return;
      case 'block':
      case 'limit': {
        const seconds = (effect.block ?? effect.limit)?.seconds ?? 0;
        this.#options.counters.holds(caller.tenant, rule).set(heldBy(met), met.at + seconds * 1_000);
        throw new ReplyInstead(this.#marked(met, this.#holdReply(met, seconds)));
      }
      case 'token':
        this.#mark(met);
        return;
    }
  }

  /** For how many more seconds a block or a limit holds that this rule began. */
  #heldFor(met: Met): number {
    const { effect } = met.rule;
    if (effect.block === undefined && effect.limit === undefined) return 0;
    const holds = this.#options.counters.holds(met.caller.tenant, met.rule);
    return ((holds.get(heldBy(met)) ?? 0) - met.at) / 1_000;
  }

  #holdReply(met: Met, secondsLeft: number): Reply {
    const facts = this.#facts.get(met.platform);
    const code = met.rule.effect.limit === undefined ? facts?.addressCode : facts?.limitCode;
    return this.#worded(met, code ?? '', met.rule.effect.limit === undefined ? undefined : secondsLeft);
  }

  #worded({ call, platform, caller, operation, at, rule }: Met, code: string, secondsLeft?: number): Reply {
    const { tenant, app } = caller;
    const { values } = rule.effect;
    const reply = this.#facts.get(platform)?.refuse(call, code, {
      tenant,
      app,
      operation,
      at,
      wording: () => this.#options.codeBook.wording(platform, code),
      ...(values === undefined ? {} : { values }),
      ...(secondsLeft === undefined ? {} : { secondsLeft }),
    });
    // A rule for all platforms may name a code of another one; then the call is answered as by a busy server.
    return reply ?? foreignReply({ status: 503, body: '' });
  }

  #mark({ call, rule, n }: Met, afterwards?: Injection['afterwards'][number]): void {
    const before = call.injection?.afterwards ?? [];
    call.injection = {
      rule: rule.id,
      preset: rule.preset ?? null,
      effect: kindOf(rule.effect),
      n,
      afterwards: afterwards === undefined ? before : [...before, afterwards],
    };
  }

  #marked(met: Met, reply: Reply): Reply {
    this.#mark(met);
    return reply;
  }

  async #wait(ms: number): Promise<void> {
    if (this.#waiting >= MAX_WAITING) return;
    this.#waiting++;
    try {
      await setTimeout(ms, undefined, { signal: this.#closed.signal, ref: false });
    } catch {
      // The server stops: everyone goes on.
    } finally {
      this.#waiting--;
    }
  }

  async #endTokens({ caller, at, rule }: Met, how: 'expire' | 'revoke'): Promise<void> {
    const { tenant, app, token } = caller;
    const hash = rule.effect.of === 'app' ? null : (token?.() ?? null);
    if (hash === null && rule.effect.of !== 'app') return;
    await this.#options.store().write(() => decideEnd({ tenant: tenant.number, app: app.id, hash, at, how }));
  }
}

const COMPILED = Symbol('compiled faults');

function compiled({ faults = [] }: TenantData): readonly CompiledRule[] {
  return faults.map((rule) => ({ rule, matches: matcherOf(rule) }));
}

/** What a block or a limit is for: limits go by app and operation, blocks by address. */
function heldBy({ rule, app, operation, call }: Met): string {
  return rule.effect.limit === undefined ? call.peer : `${app} ${operation}`;
}

function outcomeOf({ outcome }: Reply): Pick<Reply, 'outcome'> {
  return outcome === undefined ? {} : { outcome };
}

/** Ends or expires one token, or those of an app, so that the next call meets the real state. */
function* decideEnd({
  tenant,
  app,
  hash,
  at,
  how,
}: {
  readonly tenant: number;
  readonly app: string;
  readonly hash: string | null;
  readonly at: number;
  readonly how: 'expire' | 'revoke';
}): StoreTask<Decision<null>> {
  const one = hash === null ? null : yield* load('token', { hash });
  const tokens =
    hash === null
      ? (yield* load('tokens-ending', { tenant, from: at, to: Number.MAX_SAFE_INTEGER, limit: MAX_TOKENS })).tokens
      : one === null
        ? []
        : [one];
  const effects = tokens
    .filter((token) => token.app === app)
    .map((token): Effect =>
      how === 'revoke'
        ? { write: 'token-end', hash: token.hash }
        : { write: 'token', token: { ...token, expiresAt: Math.min(token.expiresAt, at) } },
    );
  return { answer: null, effects };
}
