import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');

async function patch(mingce: Mingce, employee: object): Promise<unknown> {
  const auth = await mingce.fetch(`${mingce.url}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    body: JSON.stringify({ app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' }),
  });
  const { tenant_access_token: token } = (await auth.json()) as { tenant_access_token: string };
  const answer = await mingce.fetch(
    new Request(`${mingce.url}/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ employee }),
    }),
  );
  return await answer.json();
}

test('calls are answered without a socket, and a test sees what became of each member', async () => {
  await using mingce = await startMingce({ companies: [demo] });
  expect(await patch(mingce, { mobile: '+8613711112222', job_levl_id: 'x' })).toMatchObject({ code: 0 });
  expect(await patch(mingce, { mobile: '+8613800010003' })).toMatchObject({ code: 2_221_103 });
  const { requests } = mingce;
  expect(requests?.last().code).toBe('2221103');
  const changed = requests?.last('employee:zhangsan code:0');
  expect(changed?.field('mobile')).toMatchObject({ verdict: 'applied' });
  expect(changed?.field('employee.job_levl_id')).toMatchObject({
    verdict: 'unknown',
    did_you_mean: ['employee.job_level_id'],
  });
  expect(changed?.request.body).toMatchObject({ employee: { mobile: '+8613711112222' } });
  expect(() => requests?.last('platform:wecom')).toThrow('No call was answered that "platform:wecom" finds.');
  expect(() => requests?.list('colour:red')).toThrow('one of the keys');
  requests?.clear();
  expect(requests?.list()).toEqual([]);
});

test('a call in process is answered as one over a socket, and goes nowhere else', async () => {
  await using mingce = await startMingce({ companies: [demo] });
  for (const path of ['/healthz', '/open-apis/nothing', '/cgi-bin/gettoken', '/api/openapi/v1/staffs?accessToken=x']) {
    const [here, there] = await Promise.all([mingce.fetch(mingce.url + path), fetch(mingce.url + path)]);
    expect([here.status, here.headers.get('content-type'), (await here.text()).length], path).toEqual([
      there.status,
      there.headers.get('content-type'),
      (await there.text()).length,
    ]);
  }
  await expect(mingce.fetch('https://example.com/open-apis/x')).rejects.toThrow(`Only ${mingce.url} is answered here`);
  const head = await mingce.fetch(`${mingce.url}/healthz`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('a dozen directories in one process do not touch each other', async () => {
  const all = await Promise.all(Array.from({ length: 12 }, () => startMingce({ companies: [demo] })));
  try {
    await Promise.all(all.map((mingce, index) => patch(mingce, { job_number: String(index) })));
    for (const [index, { requests }] of all.entries()) {
      expect(requests?.list('operation:employee.patch').map(({ request }) => request.body)).toEqual([
        { employee: { job_number: String(index) } },
      ]);
    }
  } finally {
    await Promise.all(all.map((mingce) => mingce.close()));
  }
}, 90_000);
