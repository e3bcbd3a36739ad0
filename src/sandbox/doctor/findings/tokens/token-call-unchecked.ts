import type { Finding } from '../../finding.ts';

/** Finds clients that use what a failed token call did not return. */
export const tokenCallUnchecked: Finding = {
  id: 'token-call-unchecked',
  severity: 'error',
  message: {
    en: 'Goes on without a token after the token call failed',
    zh: '获取令牌失败后仍继续调用',
  },
  remedy: { en: 'Check the code of the token call: its status is 200', zh: '令牌接口须判断 code，其状态码为 200' },
  look: (calls, { noTokens }) =>
    calls.flatMap((failed, index) => {
      if (!failed.isTokenCall || failed.isSuccess) return [];
      const next = calls[index + 1];
      if (next === undefined || next.isTokenCall) return [];
      const isUseless = next.token === null || noTokens.includes(next.token);
      return isUseless ? [{ calls: [failed, next], about: failed.code ?? '' }] : [];
    }),
};
