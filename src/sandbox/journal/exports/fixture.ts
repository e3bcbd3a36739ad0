import type { MemberNames } from '../../../dialects/dialect.ts';
import type { WholeRequestView } from '../contract.ts';
import { isSentByItself } from './own-headers.ts';

/** An exchange as it is kept beside tests: what was sent, and what must come back. */
export interface ExportedFixture {
  readonly name: string;
  readonly source: string;
  readonly kind: 'recorded';
  /** Key of the company it is sent to; null where the caller was not known. */
  readonly company: string | null;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly response: { readonly status: number | null; readonly body: unknown };
}

/** Returns an exchange as a fixture: tokens by name, and what differs with each call by its type. */
export function fixtureOf(entry: WholeRequestView, { volatile, tokens }: MemberNames, origin: string): ExportedFixture {
  const { operation, code, at, id, method, path, request, response, status } = entry;
  const named = (text: string): string => withNames(text, tokens);
  const headers = Object.entries(request.headers)
    .filter(([name]) => !isSentByItself(name))
    .map(([name, value]) => [name, named(value)] as const);
  return {
    name: `${operation ?? 'not served'}${code === null ? '' : `: ${code}`}`,
    source: `the journal of ${origin}, request ${id}, ${at}`,
    kind: 'recorded',
    company: entry.company,
    request: {
      method,
      path: named(path),
      headers: Object.fromEntries(headers),
      ...(request.body === null ? {} : { body: deepNamed(request.body, named) }),
    },
    response: { status, body: differing(response.body, new Set(volatile)) },
  };
}

function withNames(text: string, tokens: readonly string[]): string {
  return text
    .replaceAll(/Bearer \[secret [0-9a-f]{8}\]/g, 'Bearer {token}')
    .replaceAll(/([?&])(\w+)=\[secret [0-9a-f]{8}\]/g, (all, mark: string, name: string) =>
      tokens.includes(name) ? `${mark}${name}={${name}}` : all,
    )
    .replaceAll(/\[secret [0-9a-f]{8}\]/g, '{secret}');
}

function deepNamed(body: unknown, named: (text: string) => string): unknown {
  return typeof body === 'string' ? named(body) : (JSON.parse(named(JSON.stringify(body))) as unknown);
}

function differing(value: unknown, volatile: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one) => differing(one, volatile));
  if (typeof value === 'string') return /\[secret [0-9a-f]{8}\]/.test(value) ? { $any: 'string' } : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      volatile.has(name) && one !== null ? { $any: typeof one } : differing(one, volatile),
    ]),
  );
}
