import type { ClientProfile, Dialect } from '../../dialects/dialect.ts';
import type { App } from '../../directory/auth/app.ts';
import { parseJson } from '../../lib/json.ts';
import { isObject } from '../../lib/json-equal.ts';
import type { CapturedCall } from './har.ts';

/** Where the calls of a platform carry an app's token. */
interface TokenPlace {
  readonly headers: readonly string[];
  readonly query: readonly string[];
}

/** A token as a call carries it. */
export interface CarriedToken {
  readonly token: string;
  /**
   * The key of the app of ours that is used instead; null: any. Undefined where no token call of the capture got the token, so
   * that it is not valid for all that is known.
   */
  readonly app: string | null | undefined;
  readonly header: { readonly name: string; readonly value: string; readonly prefix: string } | null;
  readonly parameter: string | null;
}

/** Finds the tokens of captured calls. Their secrets and tokens are used nowhere. */
export class CapturedTokens {
  readonly #places = new Map<string, TokenPlace>();
  /** The app of ours whose token is used instead of a captured one. */
  readonly #apps = new Map<string, string | null>();
  readonly #hasTokenCall = new Set<string>();

  /** Returns whether a call gets an app's token; the token that it got is noted with the app of ours. */
  isTokenCall(call: CapturedCall, { name, client }: Dialect, appOf: (call: CapturedCall) => string | null): boolean {
    const [path] = client.tokenCall({ key: 'k', secret: 's' }).path.split('?', 1);
    if (call.url.pathname !== path) return false;
    this.#hasTokenCall.add(name);
    const answer = parseJson(Buffer.from(call.response.body ?? ''));
    const token = client.tokenAt.reduce<unknown>(
      (value, member) => (isObject(value) ? value[member] : undefined),
      answer.ok ? answer.value : undefined,
    );
    if (typeof token !== 'string' || token === '') return false;
    this.#apps.set(token, appOf(call));
    return true;
  }

  /** Returns the token that a call carries, and where; null where it carries none. */
  of(call: CapturedCall, dialect: Dialect, anyApp: App): CarriedToken | null {
    const { headers, query } = this.#placeOf(dialect, anyApp);
    const name = headers.find((one) => (call.headers[one] ?? '') !== '');
    const parameter = query.find((one) => call.url.searchParams.has(one));
    if (name !== undefined) {
      const value = call.headers[name] ?? '';
      const [prefix = ''] = /^Bearer +/.exec(value) ?? [];
      const token = value.slice(prefix.length);
      // Without the scheme it is no token for the platform.
      const app = prefix === '' ? undefined : this.#appFor(token, dialect.name);
      return { token, app, header: { name, value, prefix }, parameter: null };
    }
    if (parameter === undefined) return null;
    const token = call.url.searchParams.get(parameter) ?? '';
    return { token, app: this.#appFor(token, dialect.name), header: null, parameter };
  }

  /** Until a capture has a token call, its tokens are of one that was made before. */
  #appFor(token: string, platform: string): string | null | undefined {
    if (!this.#apps.has(token) && !this.#hasTokenCall.has(platform) && token !== '') this.#apps.set(token, null);
    return this.#apps.get(token);
  }

  #placeOf({ name, client }: Dialect, app: App): TokenPlace {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    // Only the names matter, which are the same for every app.
    const { headers, query } = client.grant(app, '0'.repeat(32));
    const place = { headers: Object.keys(headers), query: Object.keys(query) };
    this.#places.set(name, place);
    return place;
  }
}

/** Returns the keys of the apps with which a captured token call may have been made: its secret apart, they make it so. */
export function appsOfTokenCall(call: CapturedCall, client: ClientProfile, keys: readonly string[]): readonly string[] {
  const sent = valuesOf(call.url.search, call.body);
  return keys.filter((key) => {
    const { path, body } = client.tokenCall({ key, secret: 'SECRET' });
    const wanted = valuesOf(path.slice(path.indexOf('?')), body === undefined ? '' : JSON.stringify(body));
    return [...wanted].every(([name, value]) => value === 'SECRET' || sent.get(name) === value);
  });
}

function valuesOf(search: string, body: string): ReadonlyMap<string, string> {
  const values = new Map(search.startsWith('?') ? new URLSearchParams(search) : []);
  const json = parseJson(Buffer.from(body));
  if (json.ok && isObject(json.value))
    for (const [name, value] of Object.entries(json.value)) if (typeof value === 'string') values.set(name, value);
  return values;
}
