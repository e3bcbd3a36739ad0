import { isObject } from '../../../../lib/json-equal.ts';
import type { Finding, SeenCall } from '../../finding.ts';

/** Finds roster items whose value is under a key of another type: the field is cleared and the result is 1. */
export const valueKeyWrong: Finding = {
  id: 'value-key-wrong',
  severity: 'error',
  message: { en: 'Clears a field: its value is under the key of another type', zh: '值放在其他类型的键下，字段被清空' },
  remedy: { en: 'Use the key of the field’s type', zh: '使用字段类型对应的值键' },
  look: (calls) =>
    calls.flatMap((call) => {
      const wrong = itemsOf(call).flatMap((item, index) => {
        const hasValue = Object.entries(item).some(
          ([name, value]) => name.startsWith('value_') && value !== '' && value !== null && value !== undefined,
        );
        const id = JSON.stringify(item['fieldid'] ?? null);
        const result = call.fields.find(({ field }) => field.startsWith(`update_items[${String(index)}]`));
        return hasValue && result?.verdict === 'cleared' ? [id] : [];
      });
      return wrong.length === 0 ? [] : [{ calls: [call], about: wrong.join(', ') }];
    }),
};

function itemsOf({ body }: SeenCall): readonly Readonly<Record<string, unknown>>[] {
  const items: unknown = isObject(body) ? body['update_items'] : undefined;
  return Array.isArray(items) ? items.filter((item: unknown) => isObject(item)) : [];
}
