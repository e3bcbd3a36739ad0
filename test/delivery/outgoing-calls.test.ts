import { afterEach, beforeAll, afterAll, describe, expect, test, vi } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';
import type { DeliveryList } from '../../src/http/admin/targets/plan-contract.ts';
import type { RequestView, WholeRequestView } from '../../src/sandbox/journal/contract.ts';
import { silentLog } from '../../src/lib/log.ts';
import { startLive } from '../connectors/live.ts';
import { smallDemo } from '../support/small-demo.ts';

/** Secrets of the live tenant, and the contacts of the person who is written. */
const SECRETS = { OUT_APP: 'out-app-51d2', OUT_CONTACT: 'out-contact-8c1f', OUT_HOSE: 'out-hose-77aa' } as const;
const [MOBILE, MAIL] = ['13977700001', 'out.zhangsan@hengda.example'];
const PEOPLE = smallDemo.replace('+8613800010001', `+86${MOBILE}`).replaceAll('zhangsan@hengda.example', MAIL);
const THERE = PEOPLE.replaceAll('mingce-demo-secret', SECRETS.OUT_APP)
  .replaceAll('mingce-demo-contact-secret', SECRETS.OUT_CONTACT)
  .replaceAll('mingce-demo-security', SECRETS.OUT_HOSE);
const CREDENTIALS: Readonly<Record<string, string>> = {
  feishu: '{ app_id: cli_mingce_demo, app_secret: { env: OUT_APP } }',
  wecom: '{ corpid: ww_mingce_demo, contact: { env: OUT_CONTACT }, hr: { env: OUT_APP }, reading: { env: OUT_APP } }',
  hose: '{ app_key: mingce-demo-key, app_security: { env: OUT_HOSE } }',
};
const BASE = '/mingce/v1/companies/demo';

const open: Mingce[] = [];
beforeAll(() => {
  for (const [name, value] of Object.entries(SECRETS)) vi.stubEnv(name, value);
});
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});
afterAll(() => {
  vi.unstubAllEnvs();
});

describe.each(['feishu', 'wecom', 'hose'])('what goes out to %s', (platform) => {
  test('is in the journal without a secret or a contact, is found by direction alone, and from the delivery it was for', async () => {
    const live = await startLive(THERE);
    open.push(live);
    const { host } = new URL(live.url);
    const file = (alias: string): string => `${PEOPLE.replace('alias: 小张', `alias: ${alias}`)}
targets:
  ${platform}:
    base_url: ${live.url}
    continuous: true
    credentials: ${CREDENTIALS[platform] ?? ''}
    authority: { alias: ours, mobile: ours }
`;
    const own = await startMingce({
      log: silentLog,
      adminKey: 'sesame',
      sandbox: 'on',
      companies: [file('小张')],
      listen: false,
      journal: { in: 'store' },
    });
    open.push(own);
    const ask = async (method: string, path: string): Promise<{ readonly status: number; readonly text: string }> => {
      const answer = await own.fetch(`${own.url}${path}`, { method, headers: { Authorization: 'Bearer sesame' } });
      return { status: answer.status, text: await answer.text() };
    };
    const listed = async (query: string): Promise<readonly RequestView[]> =>
      (JSON.parse((await ask('GET', `/mingce/v1/requests?${query}`)).text) as { requests: RequestView[] }).requests;
    await ask('POST', `${BASE}/targets/${platform}/probe`);
    await ask('POST', `${BASE}/targets/${platform}/enable`);
    const probed = await listed('limit=1000&q=direction:out');
    expect(probed.length).toBeGreaterThan(1);
    expect(new Set(probed.map(({ direction, company, host: to }) => [direction, company, to].join(' ')))).toEqual(
      new Set([`out demo ${host}`]),
    );
    // The token itself is not kept.
    const token = probed.at(-1);
    const whole = JSON.parse((await ask('GET', `/mingce/v1/requests/${token?.id ?? ''}`)).text) as WholeRequestView;
    expect(whole).toMatchObject({ status: 200, response: { body: null } });

    await own.companies.apply('demo', file('大张'), { plan: false, request: 'r' });
    const [delivery] = await vi.waitFor(
      async () => {
        const { deliveries } = JSON.parse((await ask('GET', `${BASE}/deliveries`)).text) as DeliveryList;
        expect(deliveries).toMatchObject([{ subject: 'zhangsan', state: 'verified' }]);
        return deliveries;
      },
      { timeout: 60_000, interval: 50 },
    );
    const id = delivery?.attempts.at(-1)?.request ?? '';
    const call = JSON.parse((await ask('GET', `/mingce/v1/requests/${id}`)).text) as WholeRequestView;
    expect(call).toMatchObject({ id, direction: 'out', platform, company: 'demo', host, status: 200, fields: [] });
    expect(JSON.stringify(call.request.body)).toContain('大*#');

    // Calls that came in are listed as before; of one that went out no program is made, and it is not sent again.
    expect(await listed('limit=1000')).toEqual([]);
    expect(
      (await listed(`limit=1000&q=direction:out,in operation:${call.operation ?? ''}`)).map((one) => one.id),
    ).toContain(id);
    expect((await ask('GET', `/mingce/v1/requests/${id}?as=curl`)).status).toBe(422);
    expect((await ask('POST', `/mingce/v1/requests/${id}/replay`)).status).toBe(422);
    const everything = await Promise.all(
      (await listed('limit=1000&q=direction:out')).map(
        async (one) => (await ask('GET', `/mingce/v1/requests/${one.id}`)).text,
      ),
    );
    const text = everything.join('\n');
    expect(text).toContain('zhangsan');
    for (const secret of [...Object.values(SECRETS), MOBILE, MAIL]) expect(text.includes(secret), secret).toBe(false);
  }, 120_000);
});
