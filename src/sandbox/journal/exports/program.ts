import type { ClientProfile, CodeLanguage, SdkCode } from '../../../dialects/dialect.ts';
import type { WholeRequestView } from '../contract.ts';
import { isSentByItself } from './own-headers.ts';
import { bodyText, headerText, pathText, type Text } from './text.ts';

/** Calls as a program makes them: a caller for each app, then one call after the other. */
export interface Program {
  /** Where the calls are sent unless the environment says otherwise. */
  readonly origin: string;
  readonly callers: readonly Caller[];
  readonly calls: readonly PlannedCall[];
}

/** An app that calls, and the names that a program has for its credentials. */
export interface Caller {
  readonly platform: string;
  /** Null where the journal does not know who called. */
  readonly app: string | null;
  /** What the names of its variables end in: nothing for the first one, `_2` for the second. */
  readonly suffix: string;
  /** Gets a token with the app's secret; null where the app is not known. */
  readonly tokenCall: TokenCall | null;
  readonly usesToken: boolean;
  /** Null where none of its calls is made with the platform's own client. */
  readonly sdk: SdkCode | null;
}

/** The call that returns a token. */
export interface TokenCall {
  readonly method: string;
  readonly path: Text;
  readonly body: object | null;
  /** The members that lead to the token in its answer. */
  readonly at: readonly string[];
}

/** One call of a program. */
export interface PlannedCall {
  /** One line: what it is and what was answered. */
  readonly title: string;
  readonly caller: Caller;
  /** Made with the platform's own client. */
  readonly viaSdk: boolean;
  readonly method: string;
  readonly path: Text;
  readonly headers: readonly (readonly [name: string, value: Text])[];
  readonly body: Body | null;
}

/** A body: a JSON value, or a text. */
export type Body = { readonly json: object } | { readonly text: Text };

/** Clients of the platforms, by the platform's name. */
export type ClientProfiles = ReadonlyMap<string, ClientProfile>;

/** Takes the place of the secret in the token call; no platform encodes it in a query. */
const SECRET_MARK = 'secret-to-be-filled-in';
const KEPT_MARK = '[secret 00000000]';

/** Plans a program that makes the calls of entries again, in a language. */
export function programOf(
  requests: readonly WholeRequestView[],
  profiles: ClientProfiles,
  origin: string,
  language: CodeLanguage,
): Program {
  const callers = new Map<string, Caller>();
  const drafts = requests.map((request) => draftOf(request, profiles.get(request.platform), language));
  for (const { key, platform, app, viaSdk, hasToken } of drafts) {
    const known = callers.get(key);
    const profile = profiles.get(platform);
    const suffix = known?.suffix ?? (callers.size === 0 ? '' : `_${String(callers.size + 1)}`);
    callers.set(key, {
      platform,
      app,
      suffix,
      tokenCall: app === null || profile === undefined ? null : tokenCallOf(profile, app),
      usesToken: known?.usesToken === true || (hasToken && !viaSdk),
      sdk: known?.sdk ?? (viaSdk ? (profile?.sdk?.code[language] ?? null) : null),
    });
  }
  return {
    origin,
    callers: [...callers.values()],
    calls: drafts.map(({ key, call }) => ({ ...call, caller: callers.get(key) as Caller })),
  };
}

/** Returns what the calls need of the platforms' own clients. */
export function sdkImports(calls: readonly PlannedCall[]): readonly string[] {
  const made = calls.filter(({ viaSdk }) => viaSdk);
  const hasBody = made.some(({ body }) => body !== null);
  return made.flatMap(({ caller }) => caller.sdk?.imports(hasBody) ?? []);
}

interface Draft {
  readonly key: string;
  readonly platform: string;
  readonly app: string | null;
  readonly viaSdk: boolean;
  readonly hasToken: boolean;
  readonly call: Omit<PlannedCall, 'caller'>;
}

function draftOf(request: WholeRequestView, profile: ClientProfile | undefined, language: CodeLanguage): Draft {
  const { method, path, platform, app, request: sent } = request;
  const headers = Object.entries(sent.headers)
    .filter(([name]) => !isSentByItself(name))
    .map(([name, value]) => [name, headerText(name, value)] as const);
  const target = pathText(path);
  const body = bodyOf(request);
  const hasToken = [target, ...headers.map(([, value]) => value)].some((text) =>
    text.some((piece) => typeof piece === 'object' && piece.variable === 'token'),
  );
  const sdk = profile?.sdk;
  const viaSdk =
    sdk?.code[language] !== undefined &&
    app !== null &&
    hasToken &&
    (body === null || 'json' in body) &&
    sdk.takes(method, path);
  const title = titleOf(request);
  return {
    key: `${platform}\n${app ?? ''}`,
    platform,
    app,
    viaSdk,
    hasToken,
    call: { title, viaSdk, method, path: target, headers, body },
  };
}

function titleOf({ operation, at, status, code, request }: WholeRequestView): string {
  const name = operation ?? 'not served';
  // A call that was not sent has no time.
  if (at === '') return name;
  const answer = [status ?? 'no answer', code].filter((part) => part !== null).join(' ');
  const note = isKeptWhole(request) ? '' : '; its body was not kept whole and is left out';
  return `${name}, ${at}: ${answer}${note}`.replaceAll(/[\r\n]/g, ' ');
}

function bodyOf({ request }: WholeRequestView): Body | null {
  const { body } = request;
  if (!isKeptWhole(request)) return null;
  if (typeof body === 'string') return { text: bodyText(body) };
  return typeof body === 'object' && body !== null ? { json: body } : null;
}

/** More of a body is not kept; what is neither JSON nor text is shown by its size only. */
const MAX_KEPT_BYTES = 65_536;

function isKeptWhole({ body, bytes }: WholeRequestView['request']): boolean {
  if (body === null) return bytes === 0;
  return typeof body !== 'string' || (bytes <= MAX_KEPT_BYTES && !/^\[[^\]]*, [0-9]+ bytes\]$/.test(body));
}

function tokenCallOf({ tokenCall, tokenAt }: ClientProfile, key: string): TokenCall {
  const { method, path, body } = tokenCall({ key, secret: SECRET_MARK });
  const filled = JSON.stringify(body ?? null).replaceAll(SECRET_MARK, KEPT_MARK);
  return {
    method,
    path: pathText(path.replaceAll(SECRET_MARK, KEPT_MARK)),
    body: JSON.parse(filled) as object | null,
    at: tokenAt,
  };
}
