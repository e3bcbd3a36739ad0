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

/** Returns a reason in Chinese; in the tables each `{}` is a part that varies, in the same order. */
export function inChinese(reason: string, reasons: Readonly<Record<string, string>>): string | undefined {
  const known = own(reasons, reason) ?? own(COMMON, reason);
  if (known !== undefined) return known;
  for (const [pattern, chinese] of Object.entries(reasons)) {
    const varying = varyingIn(reason, pattern.split('{}'));
    if (varying === null) continue;
    let at = 0;
    return chinese.replaceAll('{}', () => varying[at++] ?? '');
  }
  return undefined;
}

/** Returns what is between the fixed parts of a pattern, in their order; null where a text has not these parts. */
function varyingIn(text: string, fixed: readonly string[]): readonly string[] | null {
  const [front = '', ...others] = fixed;
  const back = others.pop();
  if (back === undefined || text.length < front.length + back.length) return null;
  if (!text.startsWith(front) || !text.endsWith(back)) return null;
  const end = text.length - back.length;
  const found: string[] = [];
  let from = front.length;
  for (const part of others) {
    const to = text.indexOf(part, from);
    if (to === -1 || to + part.length > end) return null;
    found.push(text.slice(from, to));
    from = to + part.length;
  }
  return [...found, text.slice(from, end)];
}

function own(table: Readonly<Record<string, string>>, reason: string): string | undefined {
  return Object.hasOwn(table, reason) ? table[reason] : undefined;
}
