import type { PageError } from './sign-in-request.ts';

/** These pages run and fetch nothing, and cannot be framed. */
export const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
} as const;

/** A member that one may choose with one click. */
export interface Choice {
  readonly userid: string;
  readonly name: string;
}

/** What a page shows of the request, and repeats of it. */
export interface PageRequest {
  readonly company: string;
  readonly app: string;
  /** What of the request is repeated with what was chosen. */
  readonly query: URLSearchParams;
  /** Where a person who refuses is sent. */
  readonly refused: string;
}

/** Asks who signs in, in Chinese and English. */
export function choicePage({ company, app, query, refused }: PageRequest, people: readonly Choice[]): string {
  const links = people.map(
    ({ userid, name }) =>
      `<li><a href="?${escape(withMember(query, 'member', userid))}">${escape(name)}</a> <code>${escape(userid)}</code></li>`,
  );
  return page(
    '以谁的身份登录？ · Who signs in?',
    `<p>${escape(company)} · ${escape(app)}</p>
<p>这里没有登录：请选择以谁的身份登录。<br>Nobody is logged in here: choose who signs in.</p>
${links.length === 0 ? '' : `<ul>${links.join('')}</ul>`}
<form method="get">${hiddenOf(query, ['q', 'member'])}
<label>搜索 · Search<br><input name="q" maxlength="64" value="${escape(query.get('q') ?? '')}"></label> <button>搜索 · Search</button></form>
<form method="get">${hiddenOf(query, ['q', 'member'])}
<label>成员的 userid · userid of a member<br><input name="member" required maxlength="64"></label> <button>登录 · Sign in</button></form>
<p><a href="?${escape(withMember(query, 'login_hint', '!openid'))}">不是成员 · Not a member</a></p>
<p><a href="${escape(refused)}">取消 · Cancel</a></p>`,
  );
}

/** Asks a member which fields the app is given. (wecom-more 9.2) */
export function consentPage(
  { company, app, query, refused }: PageRequest,
  member: Choice,
  fields: readonly string[],
): string {
  const boxes = fields.map(
    (field) =>
      `<li><label><input type="checkbox" name="consent" value="${escape(field)}" checked> ${escape(field)}</label></li>`,
  );
  return page(
    '授权 · Consent',
    `<p>${escape(company)} · ${escape(app)} · ${escape(member.name)} <code>${escape(member.userid)}</code></p>
<form method="get">${hiddenOf(query, ['q', 'member', 'consent', 'remember', 'login_hint'])}
<input type="hidden" name="login_hint" value="${escape(member.userid)}"><input type="hidden" name="remember" value="1">
<input type="hidden" name="consent" value="">
<ul>${boxes.join('')}</ul><button>同意 · Agree</button></form>
<p><a href="${escape(refused)}">取消 · Cancel</a></p>`,
  );
}

/** Says why there is nothing to sign in to. */
export function errorPage({ zh, en }: PageError): string {
  return page('出错了 · Error', `<p>${escape(zh)}<br>${escape(en)}</p>`);
}

function withMember(query: URLSearchParams, key: string, value: string): string {
  const chosen = new URLSearchParams(query);
  for (const gone of ['q', 'member']) chosen.delete(gone);
  chosen.set(key, value);
  return chosen.toString();
}

function hiddenOf(query: URLSearchParams, but: readonly string[]): string {
  return [...query]
    .filter(([name]) => !but.includes(name))
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('');
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:40em;margin:3em auto;padding:0 1em}</style></head>
<body><h1>${title}</h1>
${content}
</body></html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
