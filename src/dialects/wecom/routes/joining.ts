import { createHmac } from 'node:crypto';
import type { Tenant } from '../../../directory/tenant.ts';
import { CORPID } from '../model/ids.ts';
import type { DialectContext, Reply, Route, Call } from '../../dialect.ts';
import { dayInChina, isDay, startOfDayInChina } from '../../../lib/time/day.ts';
import { activeDays } from '../auth/active-days.ts';
import { confirmMember } from '../members/confirm.ts';
import { settingsIn } from '../model/settings.ts';
import { missingField, refusalOf } from '../protocol/errors.ts';
import { wrongParameter } from '../protocol/value-errors.ts';
import { originOf, posted, queried, type Answer, type PostedRequest, type Request } from './operation.ts';
import { svg } from './pictures.ts';

const DAY_MS = 86_400_000;
/** The picture is good for seven days. [public: 91714] */
const PICTURE_MS = 7 * DAY_MS;
const PICTURE_PATH = '/wwopen/join_qrcode';
/** Pixels of each `size_type`. [public: 91714] */
const SIZES: Readonly<Record<string, number>> = { 1: 171, 2: 399, 3: 741, 4: 2052 };
/** So many days back may be asked for. [public: 92714] */
const MAX_DAYS_BACK = 30;

/** Joining the company, and how many members are active. (wecom-more 5) */
export const joiningRoutes: readonly Route[] = [
  ...queried({ operation: 'user.authsucc', path: '/cgi-bin/user/authsucc', permission: 'assistant', answer: confirm }),
  ...queried({
    operation: 'corp.get_join_qrcode',
    path: '/cgi-bin/corp/get_join_qrcode',
    permission: 'assistant',
    answer: (request) => Promise.resolve(joinPicture(request)),
  }),
  { operation: 'picture.join', method: 'GET', path: PICTURE_PATH, answer: showPicture },
  ...posted({
    operation: 'user.get_active_stat',
    path: '/cgi-bin/user/get_active_stat',
    permission: 'assistant',
    fields: { date: 'text' },
    needsField: true,
    answer: (request) => Promise.resolve(countActive(request)),
  }),
];

/** 二次验证成功: who joins for the first time becomes a member that is activated. https://developer.work.weixin.qq.com/document/path/90203 */
async function confirm(request: Request): Promise<Answer> {
  const { call, caller, context, at } = request;
  const userid = call.query.get('userid') ?? '';
  if (userid === '') return { refusal: refusalOf({ kind: 'missing', subject: 'query.userid' }) };
  const origin = originOf(request, 'user.authsucc');
  const confirmed = await context.store.write(() => confirmMember(caller, userid, origin));
  if ('refusal' in confirmed) return confirmed;
  const { employee, verdicts } = confirmed;
  activeDays(context.store).note(caller.tenant.number, employee, at);
  return { done: 'ok', outcome: { records: [{ employee, verdicts }] } };
}

/** https://developer.work.weixin.qq.com/document/path/91714 */
function joinPicture({ call, caller, at }: Request): Answer {
  const size = SIZES[call.query.get('size_type') ?? '1'];
  if (size === undefined) return { refusal: wrongParameter('size_type', 'invalid size_type') };
  const corp = caller.tenant.parts.names[CORPID] ?? '';
  const until = String(at + PICTURE_MS);
  const query = new URLSearchParams({ corp, size: String(size), until, sig: signatureOf(caller.tenant, size, until) });
  return { done: 'ok', body: { join_qrcode: `${call.origin}${PICTURE_PATH}?${query.toString()}` } };
}

/** The picture names the company; its address needs no token, as on the platform. */
async function showPicture({ query }: Call, { store, now }: DialectContext): Promise<Reply> {
  const tenant = await store.tenantByName(CORPID, query.get('corp') ?? '');
  const size = Number(query.get('size'));
  const until = query.get('until') ?? '';
  const isGood =
    tenant !== null && Number(until) > now(tenant) && query.get('sig') === signatureOf(tenant, size, until);
  if (!isGood) return { status: 404, headers: {}, body: '' };
  const name = tenant.parts.name.replaceAll(/[&<>"']/g, ' ');
  return svg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(size)}" height="${String(size)}" viewBox="0 0 100 100"><rect width="100" height="100" fill="#fff"/><text x="50" y="50" font-size="8" text-anchor="middle">${name}</text></svg>`,
  );
}

function signatureOf(tenant: Tenant, size: number, until: string): string {
  const key = tenant.parts.apps.map(({ secret }) => secret).join('\n');
  return createHmac('sha256', `join ${tenant.key} ${key}`)
    .update(`${String(size)} ${until}`)
    .digest('hex')
    .slice(0, 32);
}

/** https://developer.work.weixin.qq.com/document/path/92714: what the company file says of the day, else who signed in. (5.1) */
function countActive({ members, caller, context, at }: PostedRequest): Answer {
  const { date } = members;
  if (typeof date !== 'string' || date === '') return { refusal: missingField('date') };
  const today = dayInChina(at);
  const oldest = startOfDayInChina(today) - MAX_DAYS_BACK * DAY_MS;
  if (!isDay(date) || date > today || startOfDayInChina(date) < oldest) return { refusal: wrongParameter('date', '') };
  const { active_counts: counts = {} } = settingsIn(caller.tenant);
  const active_cnt = counts[date] ?? activeDays(context.store).count(caller.tenant.number, date);
  return { done: 'ok', body: { active_cnt } };
}
