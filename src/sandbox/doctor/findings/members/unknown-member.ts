import type { Finding } from '../../finding.ts';
import { byField } from '../../occurrences.ts';

/** Finds members that the operation does not have. */
export const unknownMember: Finding = {
  id: 'unknown-member',
  severity: 'error',
  message: { en: 'Sends a member that the operation does not have', zh: '发送了接口没有的字段' },
  remedy: { en: 'Use the suggested name', zh: '字段名有误，请使用建议的名称' },
  look: (calls) => byField(calls, ({ verdict }) => verdict === 'unknown'),
};
