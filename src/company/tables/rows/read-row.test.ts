import { expect, test } from 'vitest';
import { FIELDS } from '../columns/fields.ts';
import type { FieldContext } from '../columns/field.ts';
import { NO_RESULT } from '../formats/cell-text.ts';
import { readRow } from './read-row.ts';

function problemOf(name: string, cell: string): string | undefined {
  const field = FIELDS.find((one) => one.name === name) ?? null;
  const context = {} as unknown as FieldContext;
  return readRow([cell], [field], context, false).problems[0]?.zh;
}

test.each([
  ['mobile', '1.38E+10', '科学计数法'],
  ['job_number', '1.10101E+17', '科学计数法'],
  ['join_date', '########', '列太窄'],
  ['note', NO_RESULT, '公式的结果'],
  ['email', '#GETTING_DATA', '公式出错'],
  ['name', 'Err:502', '公式出错'],
  ['name', '王强\n李芳', '多行'],
  ['job_number', '001\r\n002', '多行'],
])('in %s, %j is refused with what to do', (name, cell, words) => {
  expect(problemOf(name, cell)).toContain(words);
});

test.each([
  ['note', '两行\n备注'],
  ['job_number', '1E5'],
  ['name', '#1'],
  ['join_date', '２０２４－０３－０１'],
  ['mobile', '138‑0001‑0001'],
  ['mobile', '13800010001\n'],
])('in %s, %j is read', (name, cell) => {
  expect(problemOf(name, cell)).toBeUndefined();
});
