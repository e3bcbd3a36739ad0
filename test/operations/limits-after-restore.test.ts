import { expect, test } from 'vitest';
import { silentLog, startMingce } from '../../src/index.ts';
import { scratchFolder } from '../support/program.ts';
import { command } from '../support/command.ts';

const company = (key: string): string =>
  `mingce: 1\nkey: ${key}\nname: 恒信\nhose: { corporation_id: c_${key}, rate_limit: 1, apps: [{ id: app, app_key: k_${key}, app_security: h }] }\n`;

test('a company made after a restore begins without the limits of one that was made, and used up, before it', async () => {
  using folder = scratchFolder();
  const [data, out] = [folder.file('data'), folder.file('copy.db')];
  const server = await startMingce({
    data,
    companies: [company('kept')],
    adminKey: 'sesame',
    log: silentLog,
    clock: { now: () => Date.parse('2026-01-05T00:00:00Z') },
  });
  const isTooMany = async (key: string): Promise<boolean> => {
    const issued = await fetch(`${server.url}/api/openapi/v1/auth/getAccessToken`, {
      method: 'POST',
      body: JSON.stringify({ appKey: `k_${key}`, appSecurity: 'h' }),
    });
    const { value } = (await issued.json()) as { value: { accessToken: string } };
    const query = `accessToken=${encodeURIComponent(value.accessToken)}&start=0&count=1`;
    return (await fetch(`${server.url}/api/openapi/v1/staffs?${query}`)).status === 429;
  };
  const options = ['--server', server.url, '--admin-key', 'sesame'];
  expect(await command('backup', '--out', out, ...options)).toMatchObject({ code: 0 });
  await server.companies.apply('lost', company('lost'), { plan: false, request: 'r' });
  expect([await isTooMany('lost'), await isTooMany('lost')]).toEqual([false, true]);
  expect(await command('restore', out, '--force', ...options)).toMatchObject({ code: 0 });
  expect(await server.companies.keys()).toEqual(['kept']);
  await server.companies.apply('next', company('next'), { plan: false, request: 'r' });
  expect(await isTooMany('next')).toBe(false);
  await server.close();
});
