import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import type { Mingce } from '../../src/index.ts';
import { accessibilityFaults, sharedBrowser, visit } from '../support/browser.ts';
import { serveConsole } from '../support/serve-console.ts';
import { LOOKS } from './every-page.ts';

/* The page of invitations and messages: what any platform would have sent, and whether an invitation was accepted. */

const KINDS = 'employee_id_type=employee_id&department_id_type=department_id';

let browser: Browser;
let mingce: Mingce;

beforeAll(async () => {
  [browser, mingce] = await Promise.all([sharedBrowser(), serveConsole({ demo: true })]);
});

afterAll(async () => {
  await mingce.close();
});

test.each(LOOKS)(
  'an invitation of Feishu and one of WeCom are counted, listed and traced to their calls, in $language',
  async (look) => {
    const say = (zh: string, en: string): string => (look.language === 'zh' ? zh : en);
    await mingce.company('demo').reset();
    await inviteOverFeishu();
    await inviteOverWecom();
    await using visitor = await visit(browser, look, mingce);
    const { page, complaints } = visitor;
    await page.goto(`${mingce.url}/console/c/demo`);
    await page.getByRole('link', { name: say('邀请 2 条，消息 0 条', '2 invitations, 0 messages') }).click();
    const items = page.getByRole('article');
    await items.filter({ hasText: '新同事' }).getByText('+8613911112222').waitFor();
    await items.filter({ hasText: '魏薇' }).waitFor();
    expect(await items.count()).toBe(2);
    expect(await accessibilityFaults(page)).toEqual([]);
    await items
      .filter({ hasText: '魏薇' })
      .getByRole('button', { name: say('标记已接受', 'Accept') })
      .click();
    await items.filter({ hasText: say('已加入', 'Joined') }).waitFor();
    await items
      .filter({ hasText: '新同事' })
      .getByRole('link', { name: say('查看这次调用', 'See the call') })
      .click();
    await page.getByText('/open-apis/directory/v1/employees').first().waitFor();
    expect(complaints).toEqual([]);
  },
);

async function inviteOverFeishu(): Promise<void> {
  const { tenant_access_token: token } = await asked('/open-apis/auth/v3/tenant_access_token/internal', {
    app_id: 'cli_mingce_demo',
    app_secret: 'mingce-demo-secret',
  });
  const created = await asked(
    `/open-apis/directory/v1/employees?${KINDS}`,
    { employee: { name: { name: { default_value: '新同事' } }, mobile: '+8613911112222', employment_type: 1 } },
    { Authorization: `Bearer ${String(token)}` },
  );
  expect(created).toMatchObject({ code: 0 });
}

async function inviteOverWecom(): Promise<void> {
  const { access_token: token } = await asked(
    '/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-contact-secret',
  );
  const invited = await asked(`/cgi-bin/batch/invite?access_token=${String(token)}`, { user: ['weiwei'] });
  expect(invited).toMatchObject({ errcode: 0 });
}

async function asked(path: string, body?: object, headers: object = {}): Promise<Record<string, unknown>> {
  const init =
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', ...headers },
          body: JSON.stringify(body),
        };
  return (await (await fetch(mingce.url + path, init)).json()) as Record<string, unknown>;
}
