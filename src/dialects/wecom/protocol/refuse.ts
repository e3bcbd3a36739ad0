import type { Call, Reply } from '../../dialect.ts';
import type { FaultPreset, RefusalFacts } from '../../dialect-facts.ts';
import { errcodes, type Errcode } from './codes.ts';
import { refused } from './envelope.ts';

/** Published, but never the answer to a state of the directory; the sentences are [proposed]. (contract 1.4) */
const FAULT_CODES: Readonly<Record<string, Errcode>> = {
  tooManyAtOnce: { errcode: 45033, errmsg: 'api concurrent out of limit' },
  twoWriters: { errcode: 45035, errmsg: 'contact record is being changed' },
};

const TABLES: readonly Readonly<Record<string, Errcode>>[] = [errcodes, FAULT_CODES];

/** Words a return code as the answer to a call; null for one that the platform has not. */
export function refuse(call: Call, text: string, { values = {}, wording }: RefusalFacts): Reply | null {
  for (const table of TABLES) {
    const found = Object.values(table).find(({ errcode }) => String(errcode) === text);
    if (found === undefined || found.errcode === 0) continue;
    const { errmsg = found.errmsg } = values;
    return refused(call, { ...found, errmsg: String(errmsg) });
  }
  const known = wording?.() ?? null;
  return known === null ? null : refused(call, { errcode: Number(text), errmsg: known.message });
}

/** Lists the codes that can be worded. */
export function codes(): readonly string[] {
  const numbers = TABLES.flatMap((table) => Object.values(table).map(({ errcode }) => errcode));
  return [...new Set(numbers)].filter((code) => code !== 0).map(String);
}

/** The calls that read members and departments. (wecom-more 1.2) */
const READING = [
  'user.get',
  'user.list',
  'user.simplelist',
  'user.list_id',
  'user.getuserid',
  'user.get_userid_by_email',
  'department.list',
  'department.get',
];
const ONCE = { times: 1 } as const;

/** What happens to calls of the platform. */
export const presets: Readonly<Record<string, FaultPreset>> = {
  'wecom-rate-limit': { effect: { limit: { seconds: 60 } } },
  'wecom-busy': { effect: { code: '-1' }, share: 0.1 },
  'wecom-token-expired': { effect: { code: '42001', token: 'expire' } },
  'wecom-token-killed': { effect: { code: '40014', token: 'revoke' } },
  'wecom-contact-read-stopped': { effect: { code: '48009' }, match: { operation: READING } },
  'wecom-address-denied': { effect: { code: '60020' }, match: { operation: '*.*' } },
  'wecom-login-refused': { effect: { code: '50001' }, match: { operation: 'auth.getuserinfo' } },
  'wecom-concurrency': { effect: { code: '45033' }, ...ONCE },
  'wecom-two-writers': { effect: { code: '45035' }, ...ONCE },
};
