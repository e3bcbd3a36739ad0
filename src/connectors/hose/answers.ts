import type { Answered, LiveToken, Verdict, Words } from '../connector.ts';
import { serverTrouble, tooManyRequests } from '../no-answer.ts';
import { askedWait, limitWait } from '../retry-after.ts';
import { member, parsed, textOf } from '../texts.ts';

/** Remedies by what the platform says; its messages are its codes (contract 1.4). */
const REMEDIES: Readonly<Record<string, Words>> = {
  密钥无效: {
    en: 'Check app_key and app_security: both are on the page of the open interface, for this very environment.',
    zh: '请核对接入账号与接入密码，并确认属于同一环境。',
  },
  未授权: {
    en: 'The token was not taken although it is new: check that the key is still enabled.',
    zh: '新令牌未被接受，请确认接入账号仍启用。',
  },
  '未开通功能，无权访问': {
    en: 'Ask Hose to open this module (开放接口, 通讯录) for the corporation, or to prolong its licence.',
    zh: '请联系合思为企业开通或续期该功能（开放接口、通讯录）。',
  },
  请求的接口不存在: {
    en: 'The address answers, but not to this call: base_url must be what 地址前缀 shows, without a path.',
    zh: '地址可达但无此接口，请按“地址前缀”填写 base_url，不带路径。',
  },
  不允许调用此接口: {
    en: 'This environment does not open the call; ask Hose which one does.',
    zh: '当前环境不开放此接口，请联系合思。',
  },
};

/** Judges an answer of Hose (contract 1.3–1.5). */
export function judge(answer: Answered): Verdict {
  const { status, body } = answer;
  const json = parsed(body);
  // One failure is inside `value`, with the third key in the singular (contract 1.1).
  const failure = member(json, 'errorCode') === undefined ? member(json, 'value') : json;
  // A gateway, too, has an `errorMessage`, but no number beside it (contract 1.4).
  const isOwn = typeof member(failure, 'errorCode') === 'number';
  const text = (isOwn ? textOf(member(failure, 'errorMessage')) : '') || bareText(body);
  const message = text.replaceAll('\n', ' ');
  const remedy = REMEDIES[message];
  const refused = { code: String(status), message, ...(remedy === undefined ? {} : { remedy }) };
  if (status === 429) {
    return message === '' ? tooManyRequests(answer) : { ...refused, kind: 'limit', ...limitWait(answer) };
  }
  if (status >= 500) {
    return message === '' ? serverTrouble(answer) : { ...refused, kind: 'trouble', ...askedWait(answer) };
  }
  if (status === 403 && message === '未授权') return { ...refused, kind: 'token' };
  if (status >= 300 && status < 400) return foreign(status);
  if (status >= 400) return text === '' ? foreign(status) : { ...refused, kind: 'refused' };
  // What is asked for is in one of the two (contract 2.7, 5.1); a portal answers with HTTP 200 and an object of its own.
  const isAnswer = member(json, 'value') !== undefined || member(json, 'items') !== undefined;
  return isAnswer ? { kind: 'ok', code: null, message: '' } : foreign(status);
}

/** Returns the platform's own words where they are the whole body (contract 1.1); a proxy, too, refuses in a few words. */
function bareText(body: string): string {
  const text = body.trim();
  return Object.hasOwn(REMEDIES, text) ? text : '';
}

/** Reads the token out of an answer; its end is an instant in milliseconds (contract 1.1). */
export function tokenOf({ body }: Answered, now: number): LiveToken | Verdict {
  const value = member(parsed(body), 'value');
  const token = textOf(member(value, 'accessToken'));
  if (token === '') return foreign(200);
  const end = Number(member(value, 'expireTime'));
  // Renewed ten minutes early; an end that is no instant counts as soon.
  return { token, until: Math.max(Number.isFinite(end) ? end - 600_000 : 0, now + 60_000) };
}

/** Returns the judgement of an answer that another server gave. */
export function foreign(status: number): Verdict {
  return {
    kind: 'foreign',
    code: String(status),
    message: 'not an answer of Hose',
    remedy: {
      en: 'Another server answered: check base_url, and whether a proxy or a portal is in between.',
      zh: '应答并非来自合思，请检查 base_url 以及中间的代理或登录页。',
    },
  };
}
