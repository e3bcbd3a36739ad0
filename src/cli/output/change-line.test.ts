import { expect, test } from 'vitest';
import { changeText, fieldsText, withField } from './change-line.ts';
import { colors } from './colors.ts';

const change = {
  number: 7,
  at: '2026-01-05T00:00:00.000Z',
  kind: 'employee',
  employee: 'li',
  subject: null,
  platform: 'wecom',
  operation: 'user.update',
  app: null,
  request: 'r',
  undoes: null,
  fields: {
    mobile: { before: null, after: '1' },
    'extensions.wecom.mobile': { before: null, after: '2' },
    jobNumber: { before: null, after: '3' },
  },
} as const;

test('a history of one field shows no other field of the same change', () => {
  const text = changeText(withField(change, 'mobile'), colors(false));
  expect(text).toContain('mobile: – → 1');
  expect(text).toContain('extensions.wecom.mobile: – → 2');
  expect(text).not.toContain('jobNumber');
});

test('what is no employee is named by its kind and what it is', () => {
  const text = changeText({ ...change, kind: 'department', employee: null, subject: 'sales' }, colors(false));
  expect(text).toContain('department sales');
});

test('phones, names and departments are written as people write them, so that what differs is not cut off', () => {
  const name = (value: string): object => ({ value, i18n: { 'zh-CN': value, 'en-US': 'Zhang San' } });
  const member = (department: string, rank: number | null = null): object => ({ department, rank });
  const fields = {
    name: { before: name('张三'), after: name('张三丰') },
    mobile: { before: null, after: { country: '86', number: '13800010001' } },
    departments: { before: [member('rnd'), member('sales')], after: [member('sales', 1)] },
    account: { before: {}, after: [] },
  };
  expect(fieldsText(fields)).toEqual([
    'name: 张三 (en-US: Zhang San) → 张三丰 (en-US: Zhang San)',
    'mobile: – → +86 13800010001',
    'departments: rnd; sales → [{"department":"sales","rank":1}]',
    'account: {} → []',
  ]);
});
