// Why a member was passed over or refused is said in both languages.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dialects } from '../../src/dialects/registry.ts';
import { silentLog, startMingce } from '../../src/index.ts';
import { inChinese } from '../../src/sandbox/journal/reasons.ts';

const ROOT = new URL('../../src/dialects/', import.meta.url);

/** Sources of a platform without tests and tables. */
function sourcesOf(name: string): string {
  return readdirSync(new URL(`${name}/`, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.test|\.suite|protocol\/reasons)\.ts$/.test(path))
    .map((path) => readFileSync(new URL(`${name}/${path}`, ROOT), 'utf8'))
    .join('\n');
}

test.each(dialects.map(({ name, memberNames }) => [name, memberNames.reasons] as const))(
  'each reason that %s gives is there in Chinese, and none that it does not give',
  (name, reasons) => {
    const sources = sourcesOf(name);
    const given = [...sources.matchAll(/\b(?:reason|ignored): '((?:[^'\\\n]|\\.)+)'/g)].map(
      ([, reason = '']) => reason,
    );
    expect(given.filter((reason) => inChinese(reason, reasons) === undefined)).toEqual([]);
    const unused = Object.keys(reasons).filter((reason) => !reason.split('{}').every((part) => sources.includes(part)));
    expect(unused).toEqual([]);
    for (const chinese of Object.values(reasons)) expect(chinese).toMatch(/\p{Script=Han}/u);
  },
);

test('the part of a reason that varies is in the Chinese one, too', () => {
  const reasons = { 'a department has no {}': '部门没有 {} 这一属性' };
  expect(inChinese('a department has no $& name', reasons)).toBe('部门没有 $& name 这一属性');
  expect(inChinese('a person has no name', reasons)).toBeUndefined();
  expect(inChinese('constructor', {})).toBeUndefined();
});

test('a call that the journal shows has both', async () => {
  await using mingce = await startMingce({ demo: true, adminKey: 'reasons-test-key', log: silentLog });
  const answer = await mingce.fetch(`${mingce.url}/mingce/v1/companies/demo/check`, {
    method: 'POST',
    headers: { authorization: 'Bearer reasons-test-key', 'content-type': 'application/json' },
    body: JSON.stringify({
      platform: 'wecom',
      app: 'ww_mingce_demo/1000001',
      operation: 'hr.update_staff_info',
      body: { userid: 'zhangsan', update_items: [{ fieldid: 99_999, value_string: 'x' }] },
    }),
  });
  expect(await answer.json()).toMatchObject({
    fields: expect.arrayContaining([
      expect.objectContaining({ reason: 'no such field in the roster', reason_zh: '花名册中没有这个字段' }),
    ]) as unknown,
  });
});
