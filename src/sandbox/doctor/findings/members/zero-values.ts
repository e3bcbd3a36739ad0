import { isObject } from '../../../../lib/json-equal.ts';
import type { Finding, SeenCall } from '../../finding.ts';

/** Finds clients that send the zero values of their structs, and so clear what is stored. */
export const zeroValues: Finding = {
  id: 'zero-values',
  severity: 'error',
  message: { en: 'Clears stored values with zeros and empty texts', zh: '用零值和空值清空了已有数据' },
  remedy: { en: 'Send only members that were set', zh: '未赋值的字段不要发送' },
  look: (calls) => {
    const writes = calls.filter(({ fields, isSuccess }) => isSuccess && fields.some(({ verdict }) => isWrite(verdict)));
    const clearing = writes.filter(
      (call) => call.fields.filter(({ verdict, field }) => verdict === 'cleared' && isZero(call, field)).length >= 2,
    );
    if (writes.length < 4 || clearing.length * 2 < writes.length) return [];
    const names = new Set(
      clearing.flatMap(({ fields }) =>
        fields.filter(({ verdict }) => verdict === 'cleared').map(({ field }) => field.replaceAll(/\[\d+\]/g, '[]')),
      ),
    );
    return [{ calls: clearing, about: [...names].join(', ') }];
  },
};

function isWrite(verdict: string): boolean {
  return verdict === 'applied' || verdict === 'cleared' || verdict === 'normalised' || verdict === 'unchanged';
}

/** Whether the member was sent as a zero value. */
function isZero({ body }: SeenCall, field: string): boolean {
  let value: unknown = body;
  for (const name of field.split('.')) value = isObject(value) ? value[name] : undefined;
  return value === 0 || value === '' || value === false || (Array.isArray(value) && value.length === 0);
}
