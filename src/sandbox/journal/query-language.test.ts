import { expect, test } from 'vitest';
import { NO_NAMES, type JournalEntry } from './entry.ts';
import { QueryLanguageError, readQuery } from './query-language.ts';

const NOW = Date.UTC(2026, 10, 27, 12);

const part = { headers: {}, bytes: 0, body: Buffer.from('{"name":"张三"}'), held: 17 };
const entry: JournalEntry = {
  seq: 1,
  id: 'one',
  at: NOW - 60_000,
  durationMs: 12.5,
  company: 'demo',
  platform: 'feishu',
  operation: 'employee.patch',
  app: null,
  client: { userAgent: 'axios/1.7', address: '127.0.0.1' },
  method: 'PATCH',
  target: '/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id',
  status: 400,
  ended: 'sent',
  injected: null,
  resentFrom: 'zero',
  companyAt: null,
  code: '2221103',
  request: part,
  response: { ...part, body: null },
  outcome: { records: [{ employee: 'zhangsan', verdicts: [] }] },
  schema: undefined,
  names: NO_NAMES,
};
const searched = {
  entry,
  fields: () => [{ field: 'employee.job_levl_id', verdict: 'unknown', silent: true } as const],
};

test.each([
  ['', true],
  ['platform:feishu', true],
  ['repeats:zero', true],
  ['repeats:one', false],
  ['platform:wecom', false],
  ['platform:wecom,feishu', true],
  ['-platform:feishu', false],
  ['platform:feishu code:2221103', true],
  ['platform:feishu AND code:0', false],
  ['code:0 OR code:2221103', true],
  ['(code:0 OR platform:wecom) status:400', false],
  ['-(code:0 OR platform:wecom) status:400', true],
  ['status:>=400', true],
  ['status:<400', false],
  ['duration:>10', true],
  ['operation:employee.*', true],
  ['operation:department.*', false],
  ['verdict:unknown', true],
  ['field:job_levl_id', true],
  ['silent:true', true],
  // As the console's links say it.
  ['silent:yes', true],
  ['silent:no', false],
  ['app:none', true],
  ['client:axios*', true],
  ['employee:zhangsan', true],
  ['method:patch', true],
  ['path:*/employees/*', true],
  ['since:10m', true],
  ['since:10s', false],
  ['until:2026-11-27T11:59:30Z', true],
  ['张三', true],
  ['"zhangsan?employee"', true],
  ['nothing', false],
  ['client:"axios/1.7"', true],
])('%s finds it: %s', (text, isFound) => {
  expect(readQuery(text, NOW)(searched)).toBe(isFound);
});

test.each([
  ['colour:red', 0, 'one of the keys'],
  ['code:0 stauts:500', 7, '; did you mean status.'],
  ['platform:', 9, 'a value for platform'],
  ['status:many', 7, 'a number for status'],
  ['since:yesterday', 6, 'a time such as'],
  ['(platform:feishu', 16, '")"'],
  ['platform:feishu)', 15, 'the end of the search'],
  ['"open', 0, 'a closing quotation mark'],
  ['a OR', 4, 'a term'],
  [Array.from({ length: 21 }, () => 'a').join(' '), 40, 'at most 20 terms'],
])('%s is refused at character %i: expected %s', (text, position, expected) => {
  const read = (): unknown => readQuery(text, NOW);
  expect(read).toThrow(QueryLanguageError);
  expect(read).toThrow(expected);
  expect(read).toThrow(expect.objectContaining({ position }) as Error);
});

/** A caller without credentials chooses how its client is called, and a reader what is searched. */
test.each([`client:${'*a'.repeat(20)}*b`, `client:${','.repeat(15_000)}`, `client:${'"",'.repeat(5_000)}`])(
  'a long name of a client is searched in no time for %.20s…',
  (text) => {
    const long = { ...entry, client: { ...entry.client, userAgent: 'a'.repeat(16_000) } };
    const startedAt = performance.now();
    expect(readQuery(text, NOW)({ ...searched, entry: long })).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  },
);

test('commas in quotation marks part no values', () => {
  const named = { ...entry, client: { ...entry.client, userAgent: 'curl, 8' } };
  expect(readQuery('client:axios,"curl, 8"', NOW)({ ...searched, entry: named })).toBe(true);
  expect(readQuery('client:"curl, 8",axios', NOW)(searched)).toBe(false);
  expect(readQuery('client:"axios/1.7",curl', NOW)(searched)).toBe(true);
});
