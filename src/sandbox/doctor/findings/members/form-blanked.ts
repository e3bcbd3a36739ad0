import type { Finding } from '../../finding.ts';
import { byField } from '../../occurrences.ts';

/** Finds updates that clear members which they did not send. */
export const formBlanked: Finding = {
  id: 'form-blanked',
  severity: 'error',
  message: { en: 'Clears form fields that were not sent', zh: '未发送的自定义字段被清空' },
  remedy: { en: 'Use v1.1, which keeps what is not sent', zh: '改用 v1.1 接口，未发送的字段会保留' },
  look: (calls) =>
    byField(
      calls,
      ({ field, verdict }, { text, path }) =>
        verdict === 'cleared' &&
        /\/v1\/|\/v1\.0\//.test(path) &&
        !text.includes(`"${field.slice(field.lastIndexOf('.') + 1)}"`),
    ),
};
