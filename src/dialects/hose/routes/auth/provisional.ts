import Type, { type Static } from 'typebox';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../../directory/store.ts';
import type { Call, DialectContext, Reply, Route } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import { issueProvisional, openProvisional, type Opened } from '../../auth/further-tokens.ts';
import { authenticated, readBody } from '../../auth/guarded-route.ts';
import { malformedBody, refusalReply } from '../../auth/structure-refusal.ts';
import { isActive } from '../../employees/view.ts';
import { spaces } from '../../model/ids.ts';
import { settingsOf } from '../../model/settings.ts';
import { formatTime } from '../../model/time-zone.ts';
import { V1, V11 } from '../../protocol/api-paths.ts';
import { OptionalLine, OptionalText } from '../../protocol/bounds.ts';
import { answer } from '../../protocol/errors.ts';
import { provisionalFailures } from '../../protocol/further-codes.ts';
import { compiledOnUse } from '../../protocol/compiled-on-use.ts';

/** Seven days [public: getting-started/temp-auth.md]. */
const MAX_SECONDS = 604_800;

const Body = Type.Object({
  uid: OptionalLine,
  userId: OptionalLine,
  pageType: OptionalLine,
  expireDate: Type.Optional(Type.Union([Type.String({ maxLength: 100 }), Type.Number(), Type.Null()])),
  authType: OptionalLine,
  overdueTokenRedirect: OptionalText,
  flowId: OptionalLine,
  pathname: OptionalLine,
  specificationOriginalId: OptionalLine,
  assistId: OptionalLine,
});
const body = compiledOnUse(Body);

/** What must be said for a page: documents are out of scope, so only that it is there is looked at [proposed]. */
const NEEDED: ReadonlyMap<string, readonly ('flowId' | 'pathname' | 'specificationOriginalId' | 'assistId')[]> =
  new Map([
    ['frontPage', []],
    ['home', []],
    ['approve', []],
    ['payment', []],
    ['form', ['flowId']],
    ['new', ['pathname', 'specificationOriginalId']],
    ['edit', ['flowId']],
    ['mall', []],
    ['backlogDetail', ['flowId']],
    ['assistPlatform', ['assistId']],
  ]);

/** What is wrong with a request for an address: null where nothing is (hose-more 9.2). */
function faultOf(given: Static<typeof Body>): string | null {
  const { uid, userId, pageType, expireDate } = given;
  if (!uid && !userId) return provisionalFailures.nobody;
  const needed = NEEDED.get(pageType ?? '');
  if (needed === undefined) return provisionalFailures.pageUnknown;
  const seconds = secondsOf(expireDate);
  if (seconds === null) return provisionalFailures.timeWrong;
  if (seconds > MAX_SECONDS) return provisionalFailures.tooLong;
  const absent = needed.find((key) => !given[key]);
  if (absent !== undefined) return provisionalFailures.missing(absent);
  return pageType === 'mall' ? provisionalFailures.noMall : null;
}

/** Whole seconds from 1 on, as text or number; null for anything else. */
function secondsOf(given: string | number | null | undefined): number | null {
  const text = String(given ?? '');
  return /^[1-9][0-9]{0,14}$/.test(text) ? Number(text) : null;
}

function failed(message: string, subject = 'provisional'): Reply {
  return answer(
    { value: { code: 'false', message } },
    { records: [{ verdicts: [], problem: { kind: 'invalid', subject } }] },
  );
}

async function getAddress(caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const read = readBody(call);
  if ('reply' in read) return read.reply;
  if (!body.Check(read.value)) return refusalReply(malformedBody);
  const given = read.value;
  const fault = faultOf(given);
  if (fault !== null) return failed(fault);
  const { uid, userId, pageType, authType, expireDate, overdueTokenRedirect } = given;
  const space = uid ? spaces.staff : spaces.user;
  const employee = await context.store.read(() => staffWith(space, uid || userId || '', caller.tenant.number));
  if (employee === null) return failed(provisionalFailures.staffUnknown, 'employee');
  const redirect = overdueTokenRedirect || null;
  const grant = { employee: employee.id, pageType: pageType ?? '', once: authType === 'CODE', redirect };
  const token = await issueProvisional(caller, grant, secondsOf(expireDate) ?? 0, context);
  const { corporationId } = settingsOf(caller.tenant);
  // In this order: one client cuts the token out between the two names [live: link-tool].
  const query = [
    `accessToken=${token}`,
    `ekbCorpId=${encodeURIComponent(corporationId)}`,
    `pageType=${grant.pageType}`,
    ...(redirect === null ? [] : [`overdueTokenRedirect=${readable(redirect)}`]),
  ];
  const message = `${call.origin}${PAGE}?${query.join('&')}`;
  return answer({ value: { message, code: 'true' } });
}

/** Encoded as far as a query needs it, and otherwise as in the page's sample. */
function readable(address: string): string {
  return encodeURIComponent(address).replaceAll('%3A', ':').replaceAll('%2F', '/');
}

function* staffWith(space: string, value: string, tenant: number): StoreTask<Employee | null> {
  const found = yield* load('employees-by', { tenant, space: `id:${space}`, values: [value] });
  return (found.get(value) ?? []).find(isActive) ?? null;
}

const PAGE = '/applet/thirdparty.html';

async function open({ query }: Call, context: DialectContext): Promise<Reply> {
  const opened = await openProvisional(query.get('accessToken') ?? '', context);
  if (opened.kind === 'over') return over(opened.redirect);
  const { tenant, grant } = opened;
  const found = await context.store.read(() =>
    load('employees-by-id', { tenant: tenant.number, ids: [grant.employee] }),
  );
  const employee = found.get(grant.employee);
  return employee === undefined || !isActive(employee) ? over(null) : page(opened, employee);
}

/** Only to a web page: another address could run in the page that leads there. */
function over(redirect: string | null): Reply {
  if (redirect !== null && /^https?:\/\/[^\s]+$/i.test(redirect) && URL.canParse(redirect))
    return { status: 302, headers: { ...NO_STORE, location: new URL(redirect).href }, body: '' };
  const headers = { ...NO_STORE, 'content-type': 'text/plain; charset=utf-8' };
  return { status: 200, headers, body: provisionalFailures.over };
}

const NO_STORE = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } as const;

/** Says who is let in, where and until when; nothing else of Hose lies behind it [proposed]. */
function page({ tenant, grant, until }: Extract<Opened, { kind: 'open' }>, employee: Employee): Reply {
  const rows = [
    ['企业', tenant.parts.name],
    ['员工', employee.name.value],
    ['页面', grant.pageType],
    ['有效期至', formatTime(until, tenant)],
  ].map(([name = '', value = '']) => `<tr><th>${name}</th><td>${escaped(value)}</td></tr>`);
  const headers = {
    ...NO_STORE,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  };
  return {
    status: 200,
    headers,
    body: `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>临时授权</title></head>
<body><h1>临时授权</h1><table>${rows.join('')}</table></body></html>
`,
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** An address that lets one staff in, under both its versions alike [proposed], and the page behind it. */
export const provisionalRoutes: readonly Route[] = [
  ...[V11, V1].map((base): Route => ({
    operation: base === V1 ? 'provisional.getProvisionalAuth.v1' : 'provisional.getProvisionalAuth',
    method: 'POST',
    path: `${base}/provisional/getProvisionalAuth`,
    body: Body,
    answer: authenticated('general-directory', getAddress),
  })),
  { operation: 'provisional.open', method: 'GET', path: PAGE, answer: open },
];
