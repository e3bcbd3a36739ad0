import type { LiveValue } from '../../connectors/connector.ts';
import { maskedValue } from '../../delivery/targets/mask.ts';

/** Words for values that are numbers or codes, by field. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  gender: { '0': 'not set 未设置', '1': 'male 男', '2': 'female 女', '3': 'other 其他' },
  employmentType: {
    '1': 'regular 正式',
    '2': 'intern 实习',
    '3': 'outsourced 外包',
    '4': 'contractor 劳务',
    '5': 'consultant 顾问',
  },
  frozen: { true: 'frozen 已停用', false: 'not frozen 未停用' },
  status: { 'in service': 'in service 在职', left: 'left 已离职' },
};

/** Shows a value as it is compared: numbers in words, none as a dash, mobiles and mail addresses masked unless asked. */
export function valueText(field: string, value: LiveValue, unmasked: boolean): string {
  const seen = unmasked ? value : maskedValue(field, value);
  if (seen === null) return '–';
  if (typeof seen === 'object') return seen.join(', ');
  const text = String(seen);
  return WORDS[field]?.[text] ?? text;
}
