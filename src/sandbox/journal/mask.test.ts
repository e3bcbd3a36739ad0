import { expect, test } from 'vitest';
import { maskFor, noMask } from './mask.ts';

const mask = maskFor({ name: 'name', phone: 'mobile', mail: 'email', card: 'number', note: 'text' });

test('personal data is masked by the names of members, in maps and lists', () => {
  const value = {
    name: '张三',
    phone: '+8613800010001',
    list: [{ mail: 'zhangsan@hengda.example' }],
    card: '6222020200112233445',
    note: 'asks for a window',
    code: 'A1',
    count: 3,
  };
  expect(mask.value(value)).toEqual({
    name: expect.stringMatching(/^张\*#[0-9a-f]{4}$/) as string,
    phone: expect.stringMatching(/^\+86138\*\*\*\*0001#[0-9a-f]{4}$/) as string,
    list: [{ mail: expect.stringMatching(/^z\*\*\*@hengda\.example#[0-9a-f]{4}$/) as string }],
    card: expect.stringMatching(/^622\*\*\*45#[0-9a-f]{4}$/) as string,
    note: expect.stringMatching(/^\[text, 17 characters\]#[0-9a-f]{4}$/) as string,
    code: 'A1',
    count: 3,
  });
});

test('what a member contains is masked as the member is', () => {
  const text = JSON.stringify(
    mask.value({ phone: { before: { country: '852', number: '61234567' } }, name: { zh: '周敏' } }),
  );
  expect(text).not.toMatch(/61234567|周敏/);
});

test('a value is masked as the field that is named beside or above it', () => {
  const row = { field: 'employee.phone', record: '+852 61234567', cells: [{ platform: 'p', value: '(852)61234567' }] };
  const shown = mask.value(row) as typeof row;
  expect(JSON.stringify(shown)).not.toContain('61234567');
  expect([shown.field, shown.cells[0]?.platform]).toEqual(['employee.phone', 'p']);
});

test('members of other names, paths and sentences are masked where they look like it', () => {
  for (const text of ['13800010001', '/users?mobile=13800010001', 'mail zhangsan@hengda.example', '11010519491231002X'])
    expect(mask.text(text)).not.toContain(/13800010001|zhangsan|11010519491231002X/.exec(text)?.[0]);
  expect(mask.text('order 20261127, change 1234567890')).toBe('order 20261127, change 1234567890');
});

test('equal values stay recognisable as equal, and people who do not exist are shown', () => {
  expect(mask.value({ name: '张三' })).toEqual(mask.value({ name: '张三' }));
  expect(mask.value({ name: '张三' })).not.toEqual(mask.value({ name: '张四' }));
  expect(noMask.value({ name: '张三' })).toEqual({ name: '张三' });
});

test('each of two mail addresses without anything between is masked, and a word before none stays', () => {
  expect(mask.text('a@b.co_c@d.com word x@y')).toMatch(
    /^a\*\*\*@b\.co#[0-9a-f]{4}_\*\*\*@d\.com#[0-9a-f]{4} word x@y$/,
  );
});

/** Each of as many characters as are kept of a body: a mask that looks from every one of them to the end takes minutes. */
test.each(['x', '1', 'a.', '%3', 'a@', '+86138', 'a@b.'])('a long text of %j is gone through in no time', (piece) => {
  const text = piece.repeat(65_536 / piece.length);
  for (let n = 0; n < 20; n++) expect(mask.text(text).length).toBeGreaterThan(0);
});

test('why a field waits is no value of it, and a value in its place is masked', () => {
  const why = {
    phone: 'still-of zhouhao',
    mail: 'refused 40003 still-of pengtao',
    card: 'incomplete',
    note: 'not-linked',
  };
  expect(mask.value({ waits_for: why })).toEqual({ waits_for: why });
  const forged = { phone: '61234567', note: 'asks for a window', mail: 'still-of zhangsan@hengda.example' };
  const text = JSON.stringify(mask.value({ waits_for: forged }));
  expect(text).not.toMatch(/61234567|window|zhangsan@/);
});
