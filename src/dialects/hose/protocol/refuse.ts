import type { Call, Reply } from '../../dialect.ts';
import type { FaultPreset, RefusalFacts } from '../../dialect-facts.ts';
import { staffErrors, type HoseError } from './codes.ts';
import { fail, refuseCredentials, refuseRefresh } from './errors.ts';
import { further } from './further-codes.ts';
import { roleCodes } from './role-codes.ts';
import { structureErrors } from './structure-codes.ts';

type Failure = HoseError | ((...parts: never[]) => HoseError);

/** Failures by their names with hyphens, as Hose has no codes of its own. */
const FAILURES: ReadonlyMap<string, Failure> = new Map(
  [staffErrors, structureErrors, further, roleCodes].flatMap((table) =>
    Object.entries<Failure>(table).map(([name, failure]) => [hyphened(name), failure] as const),
  ),
);

function hyphened(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Words a failure as the answer to a call; null for one that the platform has not. */
export function refuse(_call: Call, name: string, facts: RefusalFacts): Reply | null {
  const { operation, values = {}, secondsLeft } = facts;
  if (name === 'credentials-wrong' && operation.startsWith('auth.getAccessToken')) return refuseCredentials();
  if (name === 'unauthorised' && operation.startsWith('auth.refreshToken')) return refuseRefresh();
  const failure = FAILURES.get(name) ?? documented(facts);
  if (failure === null) return null;
  // Each of them names texts or one number, which is shown as text.
  const worded =
    typeof failure === 'function'
      ? (failure as (...parts: unknown[]) => HoseError)(...namedIn(values, failure))
      : failure;
  const reply = fail(worded);
  return secondsLeft === undefined
    ? reply
    : { ...reply, headers: { ...reply.headers, 'retry-after': String(Math.max(1, Math.ceil(secondsLeft))) } };
}

/** A failure by its name in the catalogue. */
function documented({ wording, values = {} }: RefusalFacts): HoseError | null {
  const known = wording?.() ?? null;
  if (known === null) return null;
  const given = Object.values(values);
  return { status: known.status ?? 400, message: known.message.replaceAll('{}', () => String(given.shift() ?? '')) };
}

function namedIn(values: NonNullable<RefusalFacts['values']>, { length }: { readonly length: number }) {
  const given = Object.values(values);
  return Array.from({ length }, (_, index) => given[index] ?? '');
}

/** Lists the failures that can be worded. */
export function codes(): readonly string[] {
  return [...FAILURES.keys()];
}

/** What happens to calls of the platform. */
export const presets: Readonly<Record<string, FaultPreset>> = {
  'hose-rate-limit': { effect: { limit: { seconds: 1 } } },
  'hose-unauthorised': { effect: { code: 'unauthorised', token: 'revoke' } },
  // A past defect of the platform: a token was no good for a moment. (contract 1.1) [public: getting-started/auth.md]
  'hose-token-slow': { effect: { code: 'unauthorised' }, match: { token_younger_than: 2 } },
  'hose-internal': { effect: { code: 'internal' } },
  'hose-unlicensed': { effect: { code: 'unlicensed' } },
};
