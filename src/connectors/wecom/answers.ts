import type { Answered, LiveToken, Verdict, VerdictKind, Words } from '../connector.ts';
import { serverTrouble, tooManyRequests } from '../no-answer.ts';
import { member, parsed, textOf } from '../texts.ts';

/** What a code is, where it is more than a refusal (contract wecom 1.6, wecom-more 2.5 and 12). */
const KINDS: Readonly<Record<number, VerdictKind>> = {
  '-1': 'trouble',
  6000: 'trouble',
  45035: 'trouble',
  40014: 'token',
  42001: 'token',
  45009: 'limit',
  45033: 'limit',
};
/** A minute's limit blocks for a minute; it is not said which one was reached. */
const WAIT_MS: Readonly<Record<number, number>> = { 45009: 60_000, 45033: 2_000 };

const REMEDIES: Readonly<Record<number, Words>> = {
  40001: {
    en: 'Check the secret: it belongs to this corpid, its app is enabled, and it was not reset since.',
    zh: '请核对 secret：须属于该 corpid，应用已启用，且之后未被重置。',
  },
  40013: {
    en: 'Check corpid, on the page 我的企业 of the administration.',
    zh: '请在管理后台“我的企业”核对企业 ID。',
  },
  45009: {
    en: 'The limit of calls is reached, or this address sent wrong secrets too often; wait an hour.',
    zh: '调用频率超限，或该地址多次使用错误的 secret；请等待一小时。',
  },
  48002: {
    en: 'This secret may not make the call: contacts are written with 通讯录同步, the roster is read by an app that 人事助手 lists under 可调用接口的应用, and the sync interface must be on.',
    zh: '该 secret 无权调用：通讯录写入须使用“通讯录同步”，花名册须由“人事助手 - 可调用接口的应用”中的应用读取，且已开启接口同步。',
  },
  48009: {
    en: 'The contact secret no longer reads details from an address that was added since August 2022; use a self-built app for reading. Ids and writes still work.',
    zh: '通讯录 secret 自 2022 年 8 月起不再向新增地址提供详情，请用自建应用读取；读取 ID 与写入不受影响。',
  },
  50003: { en: 'The app is disabled; enable it in the administration.', zh: '应用已停用，请在管理后台启用。' },
  60011: {
    en: 'Outside the visible range of the app; add the department or member to 可见范围.',
    zh: '不在应用可见范围内，请将部门或成员加入“可见范围”。',
  },
  60111: { en: 'No such member, or the member left.', zh: '成员不存在或已离职。' },
  301007: { en: 'The company was dissolved or disabled.', zh: '企业已解散或停用。' },
};

/** Judges an answer of WeCom: always HTTP 200, `errcode` says the rest (contract wecom 1.3). */
export function judge(answer: Answered): Verdict {
  const { status, body } = answer;
  const json = parsed(body);
  const code = member(json, 'errcode');
  const said = member(json, 'errmsg');
  if (status >= 500) return serverTrouble(answer);
  if (status === 429) return tooManyRequests(answer);
  if (status !== 200 || typeof code !== 'number') return foreign(status);
  if (code === 0) return { kind: 'ok', code: null, message: '' };
  // A code without its text is none of WeCom's (contract wecom 1.3).
  if (typeof said !== 'string') return foreign(status);
  const message = said.replace(/, more info at .*$/, '');
  const remedy = code === 60020 ? addressRemedy(message) : REMEDIES[code];
  const waitMs = WAIT_MS[code];
  return {
    kind: KINDS[code] ?? 'refused',
    code: String(code),
    message,
    ...(remedy === undefined ? {} : { remedy }),
    ...(waitMs === undefined ? {} : { waitMs }),
  };
}

/** Reads the token out of an answer; it lasts so many seconds from now (contract wecom 1.1). */
export function tokenOf({ body }: Answered, now: number): LiveToken | Verdict {
  const json = parsed(body);
  const token = textOf(member(json, 'access_token'));
  if (token === '') return foreign(200);
  const seconds = Number(member(json, 'expires_in')) || 0;
  // The platform gives the same token until its end, so one cannot be renewed early; half a minute is for the way.
  return { token, until: now + Math.max(1, seconds - 30) * 1_000 };
}

/** The platform says which address it saw (contract wecom-more 1.3). */
function addressRemedy(message: string): Words {
  const [, address] = /from ip: ([0-9a-fA-F.:]+)/.exec(message) ?? [];
  const seen = address ?? 'of this machine';
  return {
    en: `Add the address ${seen} to 企业可信IP of the app; it counts after a minute.`,
    zh: `请将地址 ${address ?? '（本机出口）'} 加入应用的“企业可信IP”，约一分钟后生效。`,
  };
}

/** Returns the judgement of an answer that another server gave. */
export function foreign(status: number): Verdict {
  return {
    kind: 'foreign',
    code: String(status),
    message: 'not an answer of WeCom',
    remedy: {
      en: 'Another server answered, or there is no such call: check base_url, and any proxy or portal in between.',
      zh: '应答并非来自企业微信，或无此接口，请检查 base_url 以及中间的代理或登录页。',
    },
  };
}
