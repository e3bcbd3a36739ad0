import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportRows, ImportView } from '../../src/company/tables/contract.ts';
import { startMingce, type Mingce } from '../../src/index.ts';

const COMPANY = `mingce: 1
key: demo
name: Demo
departments:
  - { id: root, name: Demo }
employees:
  - { id: wide, name: 张三, departments: [root], mobile: "+8613800000001", job_number: Ｚ９ }
  - { id: narrow, name: 李四, departments: [root], mobile: "+8613800000002", job_number: Z9 }
`;

let mingce: Mingce;
beforeEach(async () => {
  mingce = await startMingce({ listen: false, demo: true });
});
afterEach(async () => {
  await mingce.close();
});

async function asked<Answer>(method: string, path: string, body?: string): Promise<Answer> {
  const answer = await mingce.fetch(`http://mingce.test/mingce/v1/companies/demo${path}`, {
    method,
    headers: { Authorization: `Bearer ${mingce.adminKey ?? 'sesame'}` },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  expect([200, 201], text).toContain(answer.status);
  return (text.startsWith('{') ? JSON.parse(text) : text) as Answer;
}

async function settled(id: string): Promise<ImportView> {
  for (;;) {
    const view = await asked<ImportView>('GET', `/imports/${id}`);
    if (!['checking', 'applying'].includes(view.state)) return view;
    await setTimeout(5);
  }
}

async function planned(table: string): Promise<{ readonly view: ImportView; readonly rows: ImportRows['rows'] }> {
  const { id } = await asked<ImportView>('POST', '/imports?name=t.csv', table);
  await asked('POST', `/imports/${id}/check`);
  const view = await settled(id);
  const { rows } = await asked<ImportRows>('GET', `/imports/${id}/rows`);
  return { view, rows };
}

test('a key with full-width or unseen signs finds the same person as without, and is shown as it is read', async () => {
  const [first] = (await asked<string>('GET', '/export?format=csv&columns=id,job_number')).split('\r\n').slice(1);
  const [id = '', number = ''] = (first ?? '').split(',');
  expect(number).toMatch(/^[!-~]+$/);
  const wide = number.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
  const spellings = [wide, `\u200B${number}`, `${number}\u00A0`, `\uFEFF${number}\t`, `'${number}`, `"=""${number}"""`];
  const shown: unknown[] = [];
  for (const one of spellings) {
    const { view, rows } = await planned(`\uFEFF\u200B工号,备注\n${one},新\n`);
    expect(rows.map(({ action, employee }) => [action, employee])).toEqual([['change', id]]);
    shown.push(view.columns[0]?.read_as);
  }
  // Of unseen signs around a value nothing is left to show.
  expect(shown).toEqual([number, null, null, null, number, number]);
});

test('a person who is added gets half-width keys, and a later row finds them as leader however the key is written', async () => {
  const { view, rows } = await planned(
    '姓名,手机,工号,邮箱,直属上级\n' +
      '王强,\u202D１３８０００１９９９１\u202C,ＸＡ－９１,ｗａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ,\n' +
      "李芳,'13800019992,XA-92,,ＸＡ－９１\n",
  );
  expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
  expect(rows[0]?.fields).toMatchObject({
    mobile: ['', '+8613800019991'],
    job_number: ['', 'XA-91'],
    email: ['', 'wang@example.com'],
  });
  expect(rows[1]?.fields).toMatchObject({ mobile: ['', '+8613800019992'], leader: ['', rows[0]?.employee] });
  expect(view.counts).toMatchObject({ add: 2, refused: 0 });
});

test('a job number that an employee has with full-width signs finds that employee, and stays', async () => {
  await mingce.close();
  mingce = await startMingce({ listen: false, adminKey: 'sesame', companies: [COMPANY] });
  const { rows, view } = await planned('工号,备注\nＺ９,新\nZ9,新\n');
  expect(view.counts).toMatchObject({ change: 2 });
  expect(rows.map(({ employee, fields }) => [employee, Object.keys(fields)])).toEqual([
    ['wide', ['note']],
    ['narrow', ['note']],
  ]);
});
