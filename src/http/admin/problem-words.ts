import { inChinese } from '../../sandbox/journal/reasons.ts';
import { setUp } from '../../directory/targets/set-up.ts';
import type { Reply } from '../../dialects/dialect.ts';
import type { ProblemDetails } from './contract.ts';

/**
 * What the admin API says most often where something is not done, in Chinese, where the refusal does not say it itself; `{}` is a part that varies. Each is true for
 * every caller: what a page says besides, e.g. where to choose another, is the console's.
 */
const SENTENCES: Readonly<Record<string, string>> = {
  'There is no such employee in this company.': '这家公司没有这名员工。',
  'There is no company "{}".': '没有公司「{}」。',
  'The journal has no such request; it may have been made room for newer ones.':
    '没有这次调用的记录：可能已为更新的调用让出位置。',
  'No journal of calls is kept here; start with MINGCE_SANDBOX=on.':
    '这里不保存调用记录；以 MINGCE_SANDBOX=on 启动即可。',
  'No journal is kept, so nothing can be judged; start with MINGCE_SANDBOX=on.':
    '没有调用记录，无法诊断；以 MINGCE_SANDBOX=on 启动即可。',
  'This needs MINGCE_SANDBOX=on; it is {} here.': '需要以 MINGCE_SANDBOX=on 启动；这里是 {}。',
  'This needs MINGCE_SANDBOX=on or read-only; it is off here.':
    '需要以 MINGCE_SANDBOX=on 或 read-only 启动；这里是 off。',
  'No platform has such an operation; GET /mingce/v1/operations lists them.':
    '没有平台有这个接口；全部接口见 GET /mingce/v1/operations。',
  [`The company has no targets.{}; ${setUp('{}').en}`]: `没有 targets.{}：${setUp('{}').zh}`,
  'A snapshot’s name is 1 to 64 letters, digits, ".", "_" and "-"; the first is a letter or a digit.':
    '快照名为 1 至 64 个字母、数字、「.」「_」「-」，以字母或数字开头。',
  'Send the header "Authorization: Bearer <admin key>".': '请带上请求头「Authorization: Bearer <管理密钥>」。',
  'The session is over; sign in again.': '会话已结束，请重新登录。',
  'There is no session; sign in.': '没有会话，请登录。',
  'This is not the admin key of the server, which is MINGCE_ADMIN_KEY at its start.':
    '这不是服务器的管理密钥，即启动时的 MINGCE_ADMIN_KEY。',
  'Too many wrong admin keys came from there or in all; try again in {} s.':
    '来自该地址或全部来源的错误管理密钥过多，请在 {} 秒后重试。',
  '{} of {} employees would be removed; nothing was changed. If that is meant, confirm the number: {"confirm": {}}, or mingce with --yes.':
    '将删除 {} 名员工，公司共 {} 名；未更改。如确需如此，请确认人数：{"confirm": {}}，或在 mingce 命令中加 --yes。',
  'The read-only key cannot change anything.': '只读密钥不能更改。',
  'The read-only key does not read this: it holds secrets or contact data.':
    '只读密钥不能读取此内容：其中含有密钥或联系方式。',
};

/** Returns a refusal with its sentence in Chinese where there is one; every other answer as it is. */
export function problemInChinese(reply: Reply): Reply {
  const { status, body } = reply;
  if (status < 400 || typeof body !== 'string' || !body.startsWith('{')) return reply;
  const { detail_zh: own, ...details } = JSON.parse(body) as Partial<ProblemDetails>;
  const chinese = own ?? inChinese(details.detail ?? '', SENTENCES);
  return chinese === undefined ? reply : { ...reply, body: JSON.stringify({ ...details, detail: chinese }) };
}
