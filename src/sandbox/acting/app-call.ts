import type { Call, Dialect, DialectContext, Reply, Route } from '../../dialects/dialect.ts';
import type { App } from '../../directory/auth/app.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { RateLimiter } from '../../lib/rate-limiter.ts';
import { grantTo, type Granted } from './app-grant.ts';

/** Who calls, and where. */
export interface Acting {
  readonly dialect: Dialect;
  readonly tenant: Tenant;
  readonly app: App;
  readonly context: DialectContext;
  /** This server's own address. */
  readonly origin: string;
}

/** One call of an operation. */
export interface OwnCall {
  readonly operation: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** A text is sent as it is. */
  readonly body?: object | string;
}

/** A call with what it is answered with. */
export interface MadeCall {
  readonly route: Route;
  readonly call: Call;
  /** The context, with a store that knows the token of the call. */
  readonly context: DialectContext;
  /** In clear, as the call carries it. */
  readonly token: string;
}

/**
 * Calls an operation of a platform on behalf of an app, whose secret is not needed: with a token that only this call
 * knows. Nothing of it is kept or counted: neither the token, nor the call in the journal or towards a limit, and no rule
 * makes it fail. Null where the platform has no such operation.
 */
export async function callAs(acting: Acting, asked: OwnCall): Promise<Reply | null> {
  const made = madeCall(acting, asked);
  if (made === null) return null;
  const { identified: _noRules, ...rest } = made.context;
  return made.route.answer(made.call, { ...rest, rateLimiter: new RateLimiter() });
}

/**
 * Makes a call of an operation as an app would send it, with a token that only its own context knows. Null where the
 * platform has no such operation.
 */
export function madeCall({ dialect, tenant, app, context, origin }: Acting, asked: OwnCall): MadeCall | null {
  const route = dialect.routes.find(({ operation }) => operation === asked.operation);
  if (route === undefined) return null;
  const granted = grantTo(dialect, tenant, app, context);
  const call = callWith(granted, route, asked, context, origin);
  return { route, call, token: granted.token, context: granted.context };
}

/** Makes a call of a route that carries a token. */
export function callWith(
  granted: Pick<Granted, 'headers' | 'query'>,
  route: Route,
  asked: OwnCall,
  { ids, now }: Pick<DialectContext, 'ids' | 'now'>,
  origin: string,
): Call {
  const params = asked.params ?? {};
  return {
    method: route.method,
    path: pathOf(route.path, params),
    routePath: route.path,
    params,
    query: new URLSearchParams({ ...asked.query, ...granted.query }),
    headers: {
      ...granted.headers,
      'content-type': 'application/json; charset=utf-8',
      host: origin.replace(/^https?:\/\//, ''),
    },
    body: bytesOf(asked.body),
    peer: '127.0.0.1',
    receivedAt: now(null),
    requestId: ids.uuid(),
    origin,
    isLocal: true,
  };
}

/** Fills in the parameters of a path. */
function pathOf(pattern: string, params: Readonly<Record<string, string>>): string {
  const segment = (value: string): string =>
    // What ids of Hose have, and what a path may have as it is.
    encodeURIComponent(value).replaceAll('%24', '$').replaceAll('%3A', ':');
  return pattern.replaceAll(/:([A-Za-z_]+)/g, (_all, name: string) => segment(params[name] ?? ''));
}

/** Returns a body as it is sent. */
export function bytesOf(body: OwnCall['body']): Uint8Array {
  if (body === undefined) return new Uint8Array(0);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
