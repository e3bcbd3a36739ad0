import type { Finding } from '../../finding.ts';

/** Finds writes that are answered with success although every member was passed over. */
export const successWithoutChange: Finding = {
  id: 'success-without-change',
  severity: 'warning',
  message: { en: 'Takes a skipped write for a success', zh: '写入被跳过，响应仍为成功' },
  remedy: {
    en: 'See the rule of synchronisation of the company',
    zh: '员工被手工修改，同步被跳过；请查看企业的同步开关',
  },
  look: (calls) =>
    calls.flatMap((call) => {
      const data = call.fields.filter(({ verdict }) => verdict !== 'used' && verdict !== 'not-mapped');
      const isSkipped = call.isSuccess && data.length > 0 && data.every(({ verdict }) => verdict === 'ignored');
      return isSkipped && call.method !== 'GET' ? [{ calls: [call], about: call.operation ?? '' }] : [];
    }),
};
