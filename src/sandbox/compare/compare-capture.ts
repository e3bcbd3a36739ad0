import type { Dialect } from '../../dialects/dialect.ts';
import type { App } from '../../directory/auth/app.ts';
import { parseJson } from '../../lib/json.ts';
import { BoundIds } from './bound-ids.ts';
import { appsOfTokenCall, CapturedTokens } from './captured-tokens.ts';
import type { CaptureReport, ComparedCall, Difference } from './contract.ts';
import { differencesOf } from './differences.ts';
import { CaptureError, type CapturedCall } from './har.ts';
import { reportMasks } from './report-mask.ts';
import { allowanceFor } from './volatile.ts';

/** A directory in memory with a company of the user, to which captured calls are sent. */
export interface CaptureDirectory {
  readonly dialects: readonly Dialect[];
  /** The apps of its companies. */
  readonly apps: readonly App[];
  /** Moves its clock to an instant, never back. */
  at(instant: number): void;
  /** Gets a token of an app, as it is valid now. */
  token(app: App): Promise<string>;
  send(call: SentCapture): Promise<AnsweredCapture>;
}

/** A captured call as it is sent. */
export interface SentCapture {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the directory answered; `operation` is null where it is not served. */
export interface AnsweredCapture {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly operation: string | null;
}

/** How a capture is compared. */
export interface CompareOptions {
  /** Keys of the apps that stand in for those of the capture, where the platform has several. */
  readonly apps?: readonly string[];
  /** Captured ids, and those of the company that answer to them. */
  readonly ids?: Readonly<Record<string, string>>;
  /** Whether people are shown in the report. */
  readonly show?: boolean;
}

/** Sends captured calls in their order to a directory, and says where it answers otherwise. Throws {@link CaptureError}. */
export async function compareCalls(
  calls: readonly CapturedCall[],
  directory: CaptureDirectory,
  options: CompareOptions = {},
): Promise<CaptureReport> {
  const comparing = new Comparing(calls, directory, options);
  const entries: ComparedCall[] = [];
  for (const call of calls) entries.push(await comparing.entry(call));
  const count = (verdict: ComparedCall['verdict']): number => entries.filter((one) => one.verdict === verdict).length;
  if (entries.every(({ platform }) => platform === null)) {
    const hosts = [...new Set(calls.map(({ url }) => url.host))].join(', ');
    throw new CaptureError(`The capture has no call of a platform; its hosts are ${hosts === '' ? 'none' : hosts}.`);
  }
  return {
    totals: {
      same: count('same'),
      different: count('different'),
      not_served: count('not-served'),
      skipped: count('skipped'),
    },
    entries,
  };
}

/** Headers of one connection, and those that carry who calls. */
const NOT_SENT =
  /^(?::|(?:authorization|connection|content-encoding|content-length|cookie|host|te|transfer-encoding)$)/;

class Comparing {
  readonly #directory: CaptureDirectory;
  readonly #chosen: readonly string[];
  readonly #ids: BoundIds;
  readonly #tokens = new CapturedTokens();
  readonly #masks: ReturnType<typeof reportMasks>;
  /** The calls that were answered otherwise, by what they were about. */
  readonly #differing = new Map<string, number>();

  constructor(calls: readonly CapturedCall[], directory: CaptureDirectory, { apps, ids, show }: CompareOptions) {
    this.#directory = directory;
    this.#chosen = apps ?? [];
    this.#ids = new BoundIds(ids);
    this.#masks = reportMasks(directory.dialects, calls, show === true);
  }

  async entry(call: CapturedCall): Promise<ComparedCall> {
    const { dialects } = this.#directory;
    const dialect = dialects.find(
      ({ hosts, prefixes }) =>
        hosts.includes(call.url.host) || prefixes.some((prefix) => call.url.pathname.startsWith(prefix)),
    );
    const mask = this.#masks(dialect?.name ?? null);
    const about = {
      index: call.index,
      at: new Date(call.at).toISOString(),
      platform: dialect?.name ?? null,
      operation: null,
      method: call.method,
      path: mask.target(call.url.pathname + call.url.search),
      differences: [],
    };
    const skipped = (reason: string): ComparedCall => ({ ...about, verdict: 'skipped', reason });
    if (dialect === undefined) return skipped('not a call of a platform');
    if (call.method === 'OPTIONS') return skipped('asked by a browser');
    if (call.response.status === 0) return skipped('it was not answered');
    const anyApp = this.#appsOf(dialect)[0];
    if (anyApp === undefined) return skipped('the company has no app of this platform');
    if (this.#tokens.isTokenCall(call, dialect, (one) => this.#appOf(one, dialect)))
      return skipped('a token of the company is used instead');
    this.#directory.at(call.at);
    const answer = await this.#directory.send(await this.#sent(call, dialect, anyApp));
    if (answer.operation === null) return { ...about, verdict: 'not-served' };
    const differences = this.#differences(call, answer, dialect);
    const subjects = subjectsOf(call);
    const earlier = differences.length === 0 ? undefined : subjects.map((id) => this.#differing.get(id)).find(isGiven);
    if (differences.length > 0 && call.method !== 'GET')
      for (const id of subjects) if (!this.#differing.has(id)) this.#differing.set(id, call.index);
    return {
      ...about,
      operation: answer.operation,
      verdict: differences.length === 0 ? 'same' : 'different',
      ...(earlier === undefined ? {} : { follows: earlier }),
      differences: differences.map((difference) => mask.difference(difference)),
    };
  }

  #appsOf({ name }: Dialect): readonly App[] {
    const all = this.#directory.apps.filter((app) => app.dialect === name && app.enabled);
    const chosen = all.filter(({ key }) => this.#chosen.includes(key));
    return chosen.length > 0 ? chosen : all;
  }

  /** The app of ours for a captured token call: that with the same name, else the first. */
  #appOf(call: CapturedCall, dialect: Dialect): string | null {
    const keys = this.#appsOf(dialect).map(({ key }) => key);
    return appsOfTokenCall(call, dialect.client, keys)[0] ?? null;
  }

  async #sent(call: CapturedCall, dialect: Dialect, anyApp: App): Promise<SentCapture> {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(call.headers)) if (!NOT_SENT.test(name)) headers[name] = value;
    const query = new URLSearchParams();
    for (const [name, value] of call.url.searchParams) query.append(name, String(this.#ids.toOurs(value, name)));
    const own = this.#tokens.of(call, dialect, anyApp);
    if (own !== null) {
      const { header, parameter } = own;
      const app = this.#appsOf(dialect).find(({ key }) => key === own.app) ?? anyApp;
      const token = own.app === undefined ? own.token : await this.#directory.token(app);
      if (header !== null) headers[header.name] = own.app === undefined ? header.value : header.prefix + token;
      if (parameter !== null) query.set(parameter, token);
    }
    const path = call.url.pathname
      .split('/')
      .map((segment) => this.#segment(segment))
      .join('/');
    const search = query.toString();
    return { method: call.method, target: search === '' ? path : `${path}?${search}`, headers, body: this.#body(call) };
  }

  /** A segment of a path may be several ids, as Hose writes them. */
  #segment(segment: string): string {
    const text = decoded(segment);
    const ours = text
      .split(/([:$,[\]])/)
      .map((part) => String(this.#ids.toOurs(part)))
      .join('');
    const whole = String(this.#ids.toOurs(text));
    const found = whole === text ? ours : whole;
    return found === text ? segment : encodeURIComponent(found).replaceAll('%24', '$').replaceAll('%3A', ':');
  }

  #body({ body }: CapturedCall): string {
    const json = parseJson(Buffer.from(body));
    if (!json.ok) return body;
    const ours = this.#ids.toOurs(json.value);
    const [before, after] = [JSON.stringify(json.value), JSON.stringify(ours)];
    return before === after ? body : after;
  }

  #differences({ response }: CapturedCall, answer: AnsweredCapture, { memberNames }: Dialect): readonly Difference[] {
    const found: Difference[] = [];
    if (response.status !== answer.status)
      found.push({ at: 'status', kind: 'status', was: response.status, is: answer.status });
    const type = response.headers['content-type'];
    const ours = answer.headers['content-type'];
    if (type !== undefined && type.replaceAll(' ', '').toLowerCase() !== ours?.replaceAll(' ', '').toLowerCase())
      found.push({ at: 'header:content-type', kind: 'header', was: type, is: ours });
    if (response.body === null) return found;
    const was = parseJson(Buffer.from(response.body));
    const is = parseJson(Buffer.from(answer.body));
    const allowance = allowanceFor(memberNames, this.#ids);
    return [...found, ...differencesOf(was.ok ? was.value : response.body, is.ok ? is.value : answer.body, allowance)];
  }
}

/** What a call is about: the ids in its path, and under the names of ids in its query and body. */
function subjectsOf({ url, body }: CapturedCall): readonly string[] {
  const inBody = [...body.matchAll(/"[A-Za-z_]*ids?"\s*:\s*"([^"\\]+)"/gi)].map(([, id = '']) => id);
  const inQuery = [...url.searchParams].flatMap(([name, value]) => (/ids?$/i.test(name) ? [value] : []));
  return [...new Set([decoded(url.pathname.split('/').at(-1) ?? ''), ...inQuery, ...inBody])];
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function isGiven<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}
