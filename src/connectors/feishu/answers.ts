import type { Answered, LiveToken, Verdict, VerdictKind, Words } from '../connector.ts';
import { serverTrouble, tooManyRequests } from '../no-answer.ts';
import { askedWait, limitWait } from '../retry-after.ts';
import { listOf, member, parsed, textOf } from '../texts.ts';

/** What a code is, where it is more than a refusal (contract feishu 1.2, 1.6; feishu-contact 7.5). */
const KINDS: Readonly<Record<number, VerdictKind>> = {
  99991400: 'limit',
  99991663: 'token',
  99991664: 'token',
  99991668: 'token',
  99991677: 'token',
  2221300: 'trouble',
};

const REMEDIES: Readonly<Record<number, Words>> = {
  10003: { en: 'Check app_id: it begins with cli_.', zh: '请核对 app_id（以 cli_ 开头）。' },
  10014: {
    en: 'Check app_secret on the page 凭证与基础信息, and that the app is enabled in this company.',
    zh: '请在“凭证与基础信息”核对 app_secret，并确认应用已在企业启用。',
  },
  99991401: {
    en: 'Add the address of this machine to the IP allow list of the app (安全设置).',
    zh: '请将本机出口地址加入应用“安全设置”的 IP 白名单。',
  },
  99991403: { en: "The company's calls of this month are used up.", zh: '企业本月 API 调用量已用尽。' },
  99991662: { en: 'The app is disabled in this company; enable it.', zh: '应用已停用，请在企业管理后台启用。' },
  99991673: { en: 'The app is not installed in this company.', zh: '应用未安装到该企业。' },
  40004: {
    en: 'The contact range of the app has none of it; widen 通讯录权限范围.',
    zh: '请扩大应用的“通讯录权限范围”。',
  },
  41050: {
    en: 'The contact range of the app has none of it; widen 通讯录权限范围.',
    zh: '请扩大应用的“通讯录权限范围”。',
  },
  2224001: {
    en: 'The contact range of the app has none of it; widen 通讯录权限范围.',
    zh: '请扩大应用的“通讯录权限范围”。',
  },
};

/** Judges an answer of Feishu (contract feishu 1.4, 1.6). */
export function judge(answer: Answered): Verdict {
  const { status, headers, body } = answer;
  const json = parsed(body);
  const code = codeIn(answer, json);
  if (code === null) {
    if (status === 429) return tooManyRequests(answer);
    return status >= 500 ? serverTrouble(answer) : foreign(status);
  }
  if (code === 0) return { kind: 'ok', code: null, message: '' };
  // What follows are a link and advice for a person on a page.
  const message = textOf(member(json, 'msg')).replace(/应用尚未开通.*$/s, '');
  const kind = KINDS[code] ?? (status >= 500 ? 'trouble' : 'refused');
  const remedy = code === 99991672 ? scopeRemedy(json) : REMEDIES[code];
  return {
    kind,
    code: String(code),
    message,
    ...(remedy === undefined ? {} : { remedy }),
    ...(kind === 'trouble' ? askedWait(answer) : {}),
    ...(kind === 'limit' ? limitWait(answer, headers['x-ogw-ratelimit-reset']) : {}),
  };
}

/** The smallest code of Feishu (contract feishu 1.4): a gateway that has `code` and `msg` as well puts the status there. */
const SMALLEST = 1_000;

/**
 * Returns the code of an answer; null where Feishu did not give it. A failure has `code` and `msg` (contract feishu 1.4), success is
 * HTTP 200; a gateway in between has `message`, or the status as its code.
 */
function codeIn({ status }: Answered, json: unknown): number | null {
  const code = member(json, 'code');
  if (code === 0) return status < 300 ? code : null;
  const isOwn = typeof code === 'number' && Math.abs(code) >= SMALLEST && typeof member(json, 'msg') === 'string';
  return isOwn ? code : null;
}

/** Lists the scopes that an answer says are missing. */
export function missingScopes(json: unknown): readonly string[] {
  return listOf(member(json, 'error', 'permission_violations'))
    .map((one) => textOf(member(one, 'subject')))
    .filter((scope) => scope !== '');
}

/** Reads the token out of an answer; a new one is given only in the last half hour of the old (contract feishu 1.1). */
export function tokenOf({ body }: Answered, now: number): LiveToken | Verdict {
  const json = parsed(body);
  const token = textOf(member(json, 'tenant_access_token'));
  if (token === '') return foreign(200);
  const seconds = Number(member(json, 'expire')) || 0;
  return { token, until: now + Math.max(1, seconds > 1_200 ? seconds - 600 : seconds - 10) * 1_000 };
}

function scopeRemedy(json: unknown): Words {
  const scopes = missingScopes(json).join(', ');
  return {
    en: `Add one of these scopes on 权限管理 and release a version of the app: ${scopes}`,
    zh: `请在“权限管理”开通以下任一权限并发布应用版本：${scopes}`,
  };
}

/** Returns the judgement of an answer that another server gave. */
export function foreign(status: number): Verdict {
  return {
    kind: 'foreign',
    code: String(status),
    message: 'not an answer of Feishu',
    remedy: {
      en: 'Another server answered, or there is no such call: check base_url, and any proxy or portal in between.',
      zh: '应答并非来自飞书，或无此接口，请检查 base_url 以及中间的代理或登录页。',
    },
  };
}
