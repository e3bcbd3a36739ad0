// Tests fake time for the code that they test. What runs beside it, in the same process, must not wait for that time.

import { mock } from 'node:test';
import { afterEach, expect, test, vi } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { TestCompanies } from '../../src/testing/test-companies.ts';

const company = `
mingce: 1
key: acme
name: Acme
feishu: { apps: [{ app_id: cli_acme, app_secret: secret-of-acme }] }
employees: [{ id: li, name: 李四, mobile: "+8613800000001" }]
`;

afterEach(() => {
  vi.useRealTimers();
  mock.timers.reset();
});

test.each([
  { runner: 'Vitest', fake: () => vi.useFakeTimers() },
  {
    runner: 'node:test',
    fake: () => mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'setImmediate', 'Date'] }),
  },
])('a company answers, is copied and ends while the timers of $runner are faked', async ({ fake }) => {
  const companies = new TestCompanies({ company, log: silentLog });
  await companies.start();
  fake();
  const { company: one, end } = await companies.next();
  const answer = await one.fetch(`${one.url}/open-apis/directory/v1/employees/li?employee_id_type=employee_id`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${await one.tokens.feishu()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ employee: { mobile: '+8613800000003' } }),
  });
  expect(await answer.json()).toMatchObject({ code: 0 });
  await one.reset();
  await end();
  await companies.stop();
});
