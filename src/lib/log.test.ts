import { expect, test } from 'vitest';
import { errorFields, logTo } from './log.ts';

test('only lines of the level and above are written, each one JSON object', () => {
  const lines: string[] = [];
  const log = logTo((line) => lines.push(line), 'warn');
  log.info('quiet');
  log.warn('heard', { count: 2 });
  expect(log.isEnabled('info')).toBe(false);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'warn', event: 'heard', count: 2 });
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
});

/** The fields as text, without the time of its start that Vitest adds to the name of a test's file: any digits may be in it. */
function textOf(fields: object): string {
  return JSON.stringify(fields).replaceAll(/\?vitest=\d+/g, '');
}

test('an error is logged with its stack and without what it quotes', () => {
  const cause = new Error(`Unexpected token 'x', "{"mobile":"+86138"..." is not valid JSON`);
  const fields = errorFields(new Error('no row for 13800000000 or zhang.san@example.com', { cause }));
  const logged = textOf(fields);
  expect(fields['stack']).toContain('log.test.ts');
  expect(fields['message']).toContain('no row for');
  for (const secret of ['13800000000', 'zhang.san', 'mobile', '86138']) expect(logged).not.toContain(secret);
});

test('what a message quotes without quotation marks is not logged either', () => {
  const logged = (message: string): string => textOf(errorFields(new Error(message)));
  const secrets: Readonly<Record<string, string>> = {
    'Key (mobile)=(+8613800000000) already exists.': '138',
    'no employee 张三 here': '张',
    'no token t-g1044abcdefgh1234': 'g1044',
    'broken\n    at 13800000000 (zhang:1:2)': '(zhang',
  };
  for (const [message, secret] of Object.entries(secrets)) expect(logged(message), message).not.toContain(secret);
});

test('the codes of systems and databases are logged, any other value in their place is not', () => {
  expect(errorFields(Object.assign(new Error('x'), { code: '23505' }))['code']).toBe('23505');
  expect(errorFields(Object.assign(new Error('x'), { code: 'ERR_SQLITE_ERROR', errcode: 2067 }))['code']).toBe(2067);
  expect(errorFields(Object.assign(new Error('x'), { code: 'zhang san' }))['code']).toBeUndefined();
});
