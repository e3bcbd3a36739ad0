import type { MemberResult } from './contract.ts';

/** The reasons that every platform may give, in Chinese. */
const COMMON: Readonly<Record<string, string>> = {
  'the operation has no such member': '该接口没有这个参数',
  'the operation has no such parameter': '该接口没有这个查询参数',
  'the request was refused': '整个请求被拒绝',
  'there is nothing in it': '其中没有内容',
  'no result was given': '平台没有给出结果',
};

/** Returns a result with its reason in Chinese as well; a reason that is none of ours, e.g. a platform's message, stays alone. */
export function alsoInChinese(result: MemberResult, reasons: Readonly<Record<string, string>>): MemberResult {
  if (result.reason === undefined) return result;
  const chinese = inChinese(result.reason, reasons);
  return chinese === undefined ? result : { ...result, reason_zh: chinese };
}

/** Returns a reason in Chinese; in the tables `{}` is a part that varies. */
export function inChinese(reason: string, reasons: Readonly<Record<string, string>>): string | undefined {
  const known = own(reasons, reason) ?? own(COMMON, reason);
  if (known !== undefined) return known;
  for (const [pattern, chinese] of Object.entries(reasons)) {
    const [front = '', back] = pattern.split('{}');
    if (back === undefined || reason.length < front.length + back.length) continue;
    if (!reason.startsWith(front) || !reason.endsWith(back)) continue;
    return chinese.replace('{}', () => reason.slice(front.length, reason.length - back.length));
  }
  return undefined;
}

function own(table: Readonly<Record<string, string>>, reason: string): string | undefined {
  return Object.hasOwn(table, reason) ? table[reason] : undefined;
}
