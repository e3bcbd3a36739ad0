import { isObject } from '../../lib/json-equal.ts';
import type { MemberResult } from '../journal/contract.ts';
import { at, isAnswer, isSuccess } from './answers.ts';
import type { CaseChange, CaseRequest, CaseStep, CatalogueCase, CatalogueEntry, Fragment } from './entry.ts';
import { merged } from './merge.ts';
import type { PlatformCatalogue } from './read.ts';
import type { Answered, OpenThrowaway, Sent, Throwaway } from './throwaway.ts';

/** One request and its answer. */
export interface Exchange {
  readonly request: Sent;
  readonly response: Pick<Answered, 'status' | 'body'>;
}

/** What trying a case came to. */
export interface Tried {
  /** The company file that the request met. */
  readonly company: Fragment;
  /** What was sent before, e.g. for a token. */
  readonly before: readonly Exchange[];
  readonly exchange: Exchange;
  readonly verdicts: readonly MemberResult[];
  /** Whether the answer was the one of the entry. */
  readonly isProvoked: boolean;
  /** Whether the company is now as it was before the request. */
  readonly isUnwritten: boolean;
  /** The same with what is mended; null where the case does not say. */
  readonly mended: { readonly company: Fragment; readonly exchange: Exchange; readonly isAccepted: boolean } | null;
}

/** The first Monday of 2026, 08:00 in China. */
const START = '2026-01-05T00:00:00Z';

/** Makes a company, sends the request of a case, and then the mended one. */
export async function tryCase(
  entry: CatalogueEntry,
  one: CatalogueCase,
  platform: PlatformCatalogue,
  open: OpenThrowaway,
): Promise<Tried> {
  const about = { entry, one, platform };
  const { mended } = one;
  const response = one.response ?? entry.response;
  const hasSteps = one.first !== undefined || mended?.first !== undefined;
  let directory = await open(Date.parse(one.at ?? START));
  try {
    const ready = await prepareIn(directory, about, {});
    const before = await directory.state();
    const refused = await ready.send();
    const after = await directory.state();
    const tried = {
      company: ready.company,
      before: ready.before,
      exchange: refused.exchange,
      verdicts: refused.answered.fields,
      isProvoked: response !== undefined && isAnswer(refused.answered, response),
      isUnwritten: before.join('\n') === after.join('\n'),
    };
    if (mended === undefined) return { ...tried, mended: null };
    // Steps change more than the company file says.
    if (hasSteps) {
      await directory.close();
      directory = await open(Date.parse(mended.at ?? one.at ?? START));
    }
    const again = await prepareIn(directory, about, mended);
    const { exchange, answered } = await again.send();
    const isAccepted =
      mended.response === undefined
        ? isSuccess(answered, platform.client.success)
        : isAnswer(answered, mended.response);
    return { ...tried, mended: { company: again.company, exchange, isAccepted } };
  } finally {
    await directory.close();
  }
}

/** A request that can be sent: its company is there, and so is its token. */
interface Prepared {
  readonly company: Fragment;
  readonly before: readonly Exchange[];
  send(): Promise<{ readonly exchange: Exchange; readonly answered: Answered }>;
}

/** What is tried. */
interface TrialCase {
  readonly entry: CatalogueEntry;
  readonly one: CatalogueCase;
  readonly platform: PlatformCatalogue;
}

async function prepareIn(
  directory: Throwaway,
  { entry, one, platform }: TrialCase,
  change: CaseChange,
): Promise<Prepared> {
  const [company = {}, ...others] = companiesOf(platform, one, change);
  for (const each of [...others, company]) await directory.apply(String(each['key']), JSON.stringify(each));
  const caller = new Caller(platform, directory, company);
  for (const step of change.first ?? one.first ?? []) await caller.step(step);
  const sent = await caller.prepare({ ...entry.request, ...requestIn(one), ...requestIn(change) });
  return {
    company,
    before: caller.exchanges,
    send: async () => {
      const answered = await directory.send(sent);
      return { exchange: toExchange(sent, answered), answered };
    },
  };
}

/** What a case, or its mending, says of the request: in `request`, or beside the company. */
function requestIn({ method, path, headers, body, app, token, address, request }: CaseChange): CaseRequest {
  const own = { method, path, headers, body, app, token, address };
  return { ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)), ...request };
}

/** The company of a case first, then the others of its platform. */
function companiesOf(platform: PlatformCatalogue, one: CatalogueCase, change: CaseChange): readonly Fragment[] {
  const names = Object.keys(platform.companies).filter((name) => name.startsWith('company') && name !== 'company');
  const main = platform.companies[one.base ?? 'company'] ?? {};
  const others = names.map((name) => {
    const other = platform.companies[name] ?? {};
    const key = String(other['key']);
    return merged(other, one.others?.[key], change.others?.[key]);
  });
  const further = (one.also ?? []).map((name) => merged(platform.companies[name] ?? {}, one.others?.[name]));
  return [merged(main, one.company, change.company), ...others, ...further];
}

function toExchange(request: Sent, { status, body }: Answered): Exchange {
  return { request, response: { status, body } };
}

/** Sends the requests of one case, with tokens of its company’s apps and the values that steps saved. */
class Caller {
  readonly exchanges: Exchange[] = [];
  readonly #saved = new Map<string, string>();
  readonly #tokens = new Map<string, string>();
  readonly #platform: PlatformCatalogue;
  readonly #directory: Throwaway;
  #company: Fragment;

  constructor(platform: PlatformCatalogue, directory: Throwaway, company: Fragment) {
    this.#platform = platform;
    this.#directory = directory;
    this.#company = company;
  }

  /** Takes one step before the request. */
  async step({ wait, save = {}, company, ...request }: CaseStep): Promise<void> {
    if (wait !== undefined) this.#directory.wait(wait * 1_000);
    if (company !== undefined) {
      this.#company = merged(this.#company, company);
      await this.#directory.apply(String(this.#company['key']), JSON.stringify(this.#company));
    }
    if (request.path === undefined && request.token === undefined && request.app === undefined) return;
    const sent = await this.prepare(request);
    if (request.path === undefined) return;
    const answered = await this.#directory.send(sent);
    this.exchanges.push(toExchange(sent, answered));
    for (const [name, pointer] of Object.entries(save)) this.#saved.set(name, String(this.#found(answered, pointer)));
  }

  /** Fills in the token and the saved values. */
  async prepare(request: CaseRequest): Promise<Sent> {
    const { query } = this.#platform.client;
    const headers = this.#filled(request.headers ?? {}) as Record<string, string>;
    let path = String(this.#filled(request.path ?? '/'));
    const token = await this.#tokenFor(request);
    if (token !== null) {
      if (query === undefined) headers['authorization'] = `Bearer ${token}`;
      else path += `${path.includes('?') ? '&' : '?'}${query}=${encodeURIComponent(token)}`;
    }
    const body = this.#filled(request.body);
    if (body !== undefined && typeof body !== 'string') headers['content-type'] ??= 'application/json; charset=utf-8';
    return {
      method: request.method ?? 'GET',
      path,
      headers,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(request.address === undefined ? {} : { address: request.address }),
    };
  }

  /** Returns null where the request is sent without a token. */
  async #tokenFor({ token, app }: CaseRequest): Promise<string | null> {
    if (token === false) return null;
    if (typeof token === 'string') return String(this.#filled(token));
    const { apps, name, values = {}, token: call } = this.#platform.client;
    const all = at(this.#company, apps);
    const one: unknown = Array.isArray(all)
      ? all.find((each: unknown) => app === undefined || (isObject(each) && String(each[name]) === app))
      : undefined;
    const key = app ?? '';
    const known = this.#tokens.get(key);
    if (known !== undefined) return known;
    const own = Object.entries(isObject(one) ? one : {}).map(([member, value]) => [member, String(value)] as const);
    const shared = Object.entries(values).map(([member, at_]) => [member, String(at(this.#company, at_))] as const);
    for (const [member, value] of [...own, ...shared]) this.#saved.set(member, value);
    const { at: pointer, ...request } = call;
    const sent = await this.prepare({ ...request, token: false });
    const answered = await this.#directory.send(sent);
    this.exchanges.push(toExchange(sent, answered));
    const found = at(answered.body, pointer);
    const got = typeof found === 'string' ? found : '';
    this.#tokens.set(key, got);
    return got;
  }

  #found({ body, headers }: Answered, pointer: string): unknown {
    return pointer.startsWith('header:') ? savedIn(headers, pointer.slice(7)) : at(body, pointer);
  }

  #filled(value: unknown): unknown {
    if (typeof value === 'string') {
      return value.replaceAll(/\{\{([\w.-]+)\}\}/g, (all, name: string) => this.#saved.get(name) ?? all);
    }
    if (Array.isArray(value)) return value.map((item) => this.#filled(item));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, this.#filled(member)]));
  }
}

/** A header, or with `NAME?PARAMETER` the parameter of an address that it holds. */
function savedIn(headers: Answered['headers'], place: string): string {
  const [name = '', parameter] = place.split('?');
  const value = headers[name] ?? '';
  return parameter === undefined ? value : (new URL(value, 'http://none').searchParams.get(parameter) ?? '');
}
