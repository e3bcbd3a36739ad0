import type { Finding } from '../../finding.ts';

/** Finds clients that repeat a create whose outcome is not known, without a look. */
export const blindCreateRetry: Finding = {
  id: 'blind-create-retry',
  severity: 'error',
  message: { en: 'Repeats a create after a server error, without a look-up', zh: '新增请求失败后未查询即重试' },
  remedy: { en: 'Look up first whether it was made', zh: '重试新增前先查询是否已创建' },
  look: (calls) =>
    calls.flatMap((failed, index) => {
      const isCreate = failed.method === 'POST' && /create|add/.test(failed.operation ?? '');
      if (!isCreate || (failed.status < 500 && failed.kind !== 'server')) return [];
      const next = calls.slice(index + 1).find(({ isTokenCall }) => !isTokenCall);
      const isAgain = next?.operation === failed.operation && next.text === failed.text;
      return isAgain ? [{ calls: [failed, next], about: failed.operation ?? '' }] : [];
    }),
};
