import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import type { Mingce } from '../../src/index.ts';
import { accessibilityFaults, sharedBrowser, visit, type Look } from '../support/browser.ts';
import { serveConsole } from '../support/serve-console.ts';

/* The five journeys of the console's design, from the first page to what was wanted, in both languages. */

const LOOKS: readonly Look[] = [
  { language: 'zh', theme: 'light' },
  { language: 'en', theme: 'dark' },
];

let browser: Browser;

beforeAll(async () => {
  browser = await sharedBrowser();
});

describe.each(LOOKS)('in $language', (look) => {
  let mingce: Mingce;
  const say = (zh: string, en: string): string => (look.language === 'zh' ? zh : en);

  beforeAll(async () => {
    mingce = await serveConsole({ demo: true });
  });

  afterAll(async () => {
    await mingce.close();
  });

  const admin = async (path: string, method = 'GET', body?: object): Promise<unknown> => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { authorization: `Bearer ${mingce.adminKey ?? ''}`, 'content-type': 'application/json' };
    return (await fetch(`${mingce.url}/mingce/v1${path}`, { method, headers, ...init })).json();
  };
  const recordOf = async (id: string): Promise<Readonly<Record<string, unknown>>> =>
    ((await admin(`/companies/demo/employees/${id}`)) as { readonly record: Readonly<Record<string, unknown>> }).record;

  /** Opens the overview, and shows it to what is done; nothing may have gone wrong in the page by the end. */
  async function fromOverview(act: (page: Page) => Promise<void>): Promise<void> {
    await using visitor = await visit(browser, look, mingce);
    const { page, complaints } = visitor;
    await page.goto(`${mingce.url}/console/c/demo`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await act(page);
    expect(complaints).toEqual([]);
  }

  /** Presses `/`, types, and opens the first thing that is found. */
  async function search(page: Page, text: string, first: string): Promise<void> {
    await page.keyboard.press('/');
    await page.keyboard.type(text);
    await page.getByRole('option', { selected: true }).filter({ hasText: first }).waitFor();
    await page.keyboard.press('Enter');
  }

  test('a call that answered success and lost the mobile is found in the live list, explained, and sent as it was meant', () =>
    fromOverview(async (page) => {
      await page.getByRole('button', { name: say('发送三个示例', 'Send three samples') }).click();
      const lost = page.getByRole('link', { name: /hr\.update_staff_info/ });
      await lost.filter({ hasText: say('静默丢失', 'lost silently') }).click();
      await page
        .getByText(say('平台返回成功，但有 1 处没有按请求写入', 'Answered success, but 1 part was not written as sent'))
        .waitFor();
      await page.locator('.line-chosen').getByText(say('已清空', 'cleared')).waitFor();
      const first = page.url();
      const { employee } = (await admin(`/requests/${first.split('/').at(-1) ?? ''}`)) as { readonly employee: string };
      const { name, mobile } = (await recordOf(employee)) as {
        readonly name: { readonly value: string };
        readonly mobile: unknown;
      };
      await page.getByRole('heading', { level: 1 }).getByText(name.value, { exact: true }).waitFor();
      expect(mobile).toBeNull();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole('button', { name: say('按此发送', 'Send this version') }).click();
      await page.waitForURL((url) => url.href !== first);
      await page
        .getByRole('list', { name: say('请求', 'Request') })
        .getByText(say('已应用', 'applied'))
        .waitFor();
      expect((await recordOf(employee))['mobile']).not.toBeNull();
    }));

  test('Enter that is pressed before anything was found opens what is found then', () =>
    fromOverview(async (page) => {
      const { promise: isPressed, resolve: pressed } = Promise.withResolvers<undefined>();
      await page.route('**/mingce/v1/**/search?*', async (route) => {
        await isPressed;
        await route.continue();
      });
      await page.keyboard.press('/');
      await page.keyboard.type('2221103');
      await page.keyboard.press('Enter');
      pressed(undefined);
      await page.waitForURL(/errors/);
      expect(page.url()).toContain('2221103');
    }));

  test('a code that a test needs is found, provoked, copied as a fixture, and injected into the next calls', () =>
    fromOverview(async (page) => {
      await search(page, '2221103', '2221103');
      await page.getByRole('button', { name: say('触发', 'Provoke') }).click();
      await page.getByText(say('与文档一致', 'as documented')).waitFor();
      await page.getByRole('button', { name: say('复制 测试夹具', 'Copy fixture') }).click();
      await page.getByRole('button', { name: say('已复制', 'Copied') }).waitFor();
      const fixture = JSON.parse(String(await page.evaluate('navigator.clipboard.readText()'))) as {
        readonly response: { readonly body: unknown };
      };
      expect(fixture.response.body).toMatchObject({ code: 2221103 });
      await page.getByRole('button', { name: /注入故障|Inject into/ }).click();
      await page.getByText(say('1 条故障规则生效中', '1 fault rule is on')).waitFor();
      const token = await mingce.company('demo').tokens.feishu();
      const codes: unknown[] = [];
      for (let call = 0; call < 4; call++) {
        const answer = await fetch(
          `${mingce.url}/open-apis/directory/v1/employees/songyan?employee_id_type=employee_id`,
          {
            method: 'PATCH',
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            body: JSON.stringify({ employee: { description: `call ${String(call)}` } }),
          },
        );
        codes.push(((await answer.json()) as { readonly code: unknown }).code);
      }
      expect(codes).toEqual([2221103, 2221103, 2221103, 0]);
    }));

  test('a person who is not the same on each platform is found, the rule is shown, and an edit is judged and saved', () =>
    fromOverview(async (page) => {
      await search(page, 'zhoum', '周敏');
      await page.getByText(say('只看差异', 'Differences'), { exact: true }).click();
      await page.getByText(say('只看已填', 'Filled'), { exact: true }).click();
      const views = page.getByRole('region', { name: say('各平台所见', 'As each platform shows it') });
      await views.getByRole('button', { name: /\(852\)61234567/ }).click();
      await page.getByRole('status').getByText(say('写法不同，含义相同', 'other form, same meaning')).waitFor();
      await page.getByRole('link', { name: say('编辑', 'Edit'), exact: true }).click();
      await page.getByRole('textbox', { name: say('别名', 'Alias') }).fill('小敏');
      const verdicts = page.getByRole('region', { name: /各平台的判定|each platform's verdict/ });
      await verdicts.getByText(say('会被接受', 'Would be accepted')).nth(2).waitFor();
      await page.getByRole('button', { name: say('保存', 'Save'), exact: true }).press('Enter');
      const seen = page.getByRole('link', { name: say('查看这次调用', 'See the call') });
      await seen.waitFor();
      expect((await recordOf('zhoumin'))['alias']).toBe('小敏');
      // Who has no mouse goes on from what the saving came to.
      await page.locator('[role=status]:focus').filter({ has: seen }).waitFor();
      await page.keyboard.press('Tab');
      await page.locator('a:focus', { hasText: say('查看这次调用', 'See the call') }).waitFor();
      await page.getByRole('textbox', { name: say('别名', 'Alias') }).fill('敏');
      await page.getByRole('button', { name: say('放弃改动', 'Discard'), exact: true }).press('Enter');
      await page.locator('form input:focus').waitFor();
    }));

  test('a company is put back, its clock turned, and the network made bad, from one page', async () => {
    await admin('/companies/demo/snapshots', 'POST', { name: 'before-import' });
    const before = await recordOf('liangchen');
    await admin('/companies/demo/calls', 'POST', {
      platform: 'feishu',
      app: 'cli_mingce_demo',
      operation: 'employee.patch',
      params: { employee_id: 'liangchen' },
      query: { employee_id_type: 'employee_id' },
      body: { employee: { job_number: '90001' } },
    });
    expect((await recordOf('liangchen'))['jobNumber']).toBe('90001');
    await fromOverview(async (page) => {
      await page.getByRole('link', { name: say('工作台', 'Workbench') }).click();
      await page
        .getByRole('button', { name: say('与现在比较 before-import', 'Compare with now before-import') })
        .click();
      const difference = page.getByRole('listitem').filter({ hasText: say('员工 梁晨', 'Employee 梁晨') });
      await difference.getByText(say('工号', 'Job number')).waitFor();
      await page.getByRole('textbox', { name: say('快照名', 'Name') }).fill('again');
      await page.getByRole('button', { name: say('创建快照', 'Take a snapshot') }).click();
      await page.getByText(say('已创建快照 again。', 'Snapshot again taken.')).waitFor();
      await page.getByRole('button', { name: say('恢复 before-import', 'Restore before-import') }).click();
      await page.getByRole('button', { name: say('恢复', 'Restore'), exact: true }).click();
      await page.getByText(say('已恢复，1 名员工有变化。', 'Restored; 1 employee had changed.')).waitFor();
      expect((await recordOf('liangchen'))['jobNumber']).toBe(before['jobNumber']);
      await page.getByRole('button', { name: say('+2 小时', '+2 hours') }).click();
      await page.getByRole('heading', { name: say('到期的事', 'What came due') }).waitFor();
      await page.getByText(say('已快进', 'ahead')).first().waitFor();
      await page.getByRole('combobox', { name: say('预设', 'Preset') }).fill('feishu-rate-limit');
      await page.locator('.ant-select-item-option-active').waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: say('添加', 'Add') }).click();
      await page.getByText(/条故障规则生效中|fault rules? (is|are) on/).waitFor();
      const rule = page.getByRole('row').filter({ hasText: 'feishu-rate-limit' });
      await rule.getByText(say('超过频率限制，持续 52 秒', 'over the rate limit for 52 s')).waitFor();
      expect(await rule.innerText()).not.toContain('{');
      expect(await accessibilityFaults(page)).toEqual([]);
    });
  });
});
