import type { Employee } from '../../../directory/employees/employee.ts';
import type { PageError } from './oauth-errors.ts';

/** These pages run and fetch nothing, and cannot be framed. */
export const PAGE_HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
} as const;

/** What a user is asked. */
export interface Question {
  readonly company: string;
  readonly appId: string;
  readonly scopes: readonly string[];
  /** The employees that can be chosen with one click. */
  readonly people: readonly { readonly employeeId: string; readonly name: Employee['name'] }[];
  /** The parameters of the request that are repeated with the choice. */
  readonly query: URLSearchParams;
  /** Where a user who refuses is sent. */
  readonly refused: string;
}

/** Renders the page that asks which user the app shall call for, in Chinese and English. */
export function questionPage({ company, appId, scopes, people, query, refused }: Question): string {
  const asked =
    scopes.length === 0 ? '<li>—</li>' : scopes.map((scope) => `<li><code>${escape(scope)}</code></li>`).join('');
  const links = people.map(({ employeeId, name }) => {
    const chosen = new URLSearchParams(query);
    chosen.set('login_hint', employeeId);
    return `<li><a href="?${escape(chosen.toString())}">${escape(name.value)}</a> <code>${escape(employeeId)}</code></li>`;
  });
  const kept = [...query]
    .filter(([name]) => name !== 'login_hint')
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`);
  return page(
    '以谁的身份授权？ · Who agrees?',
    `<p>${escape(company)} · <code>${escape(appId)}</code></p>
<p>这里没有登录：请选择应用以谁的身份调用。<br>Nobody is logged in here: choose for whom the app shall call.</p>
<p>应用请求的权限 · The app asks for</p><ul>${asked}</ul>
${links.length === 0 ? '' : `<p>管理员 · Administrators</p><ul>${links.join('')}</ul>`}
<form method="get">${kept.join('')}
<label>其他在职员工的 employee_id · employee_id of anyone else in service<br><input name="login_hint" required maxlength="64"></label>
<button>授权 · Agree</button></form>
<p><a href="${escape(refused)}">拒绝 · Refuse</a></p>`,
  );
}

/** Says why there is nothing to agree to. */
export function errorPage({ code, zh, en }: PageError): string {
  return page(`错误码：${String(code)}`, `<p>${escape(zh)}<br>${escape(en)}</p>`);
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
