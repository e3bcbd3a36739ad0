import { expect, test } from 'vitest';
import { errorFields, logTo } from './log.ts';

test('only lines of the level and above are written, each one JSON object', () => {
  const lines: string[] = [];
  const log = logTo((line) => lines.push(line), 'warn');
  log.info('quiet');
  log.warn('heard', { count: 2 });
  expect(log.tells('info')).toBe(false);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'warn', event: 'heard', count: 2 });
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
});

test('an error is told with its stack and without what it quotes', () => {
  const cause = new Error(`Unexpected token 'x', "{"mobile":"+86138"..." is not valid JSON`);
  const fields = errorFields(new Error('no row for 13800000000 or zhang.san@example.com', { cause }));
  const told = JSON.stringify(fields);
  expect(fields['stack']).toContain('log.test.ts');
  expect(fields['message']).toContain('no row for');
  for (const secret of ['13800000000', 'zhang.san', 'mobile', '86138']) expect(told).not.toContain(secret);
});
