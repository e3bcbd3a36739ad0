import type { SessionView } from '../contract.ts';
import { reads, writes } from './operation.ts';

/** What the console needs besides: its session. */
export const consoleOperations = {
  /** Needs the header `X-Mingce: console`; answers the cookie of the session. */
  'session.begin': writes<{ readonly key: string } | { readonly demo: true }, SessionView>()('POST', '/session'),
  'session.show': reads<SessionView>()('/session'),
  'session.end': writes<undefined, undefined>()('DELETE', '/session', ['all']),
} as const;
