import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Browser } from 'playwright-core';
import { parse, stringify } from 'yaml';
import { DEMO_ADMIN_KEY, demoFile } from '../../src/demo.ts';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import { KEY, Receiver, TOKEN } from '../delivery/receiver.ts';
import { accessibilityFaults, sharedBrowser, visit, type Look } from '../support/browser.ts';
import { serveConsole } from '../support/serve-console.ts';
import { connect, enable, makeLinks, SECRET } from './connected.ts';

/* The pages of what a company has besides people: apps, events, lists of choices, own fields and live tenants. */

let browser: Browser;

beforeAll(async () => {
  vi.stubEnv(...SECRET);
  browser = await sharedBrowser();
  return () => vi.unstubAllEnvs();
});

const LOOKS: readonly Look[] = [
  { language: 'zh', theme: 'light' },
  { language: 'en', theme: 'dark', viewport: { width: 820, height: 1180 } },
];

/** The demo company's file as a value, to be changed and applied. */
interface DemoFile {
  readonly wecom: { readonly apps: { receive?: object }[] };
  readonly employees: { id: string; name: unknown }[];
}

/** An address that was saved before August 2022 gets whole events. (wecom-more 10.5) */
const OLD_STYLE = '2022-01-01T00:00:00+08:00';

async function changeFile(mingce: Mingce, change: (file: DemoFile) => void): Promise<void> {
  const file = parse((await mingce.companies.export('demo')) ?? '') as DemoFile;
  change(file);
  await mingce.companies.apply('demo', stringify(file));
}

// Each language beside the other; its own tests leave their page to each other.
describe.concurrent.each(LOOKS)('in $language', (look) => {
  const isZh = look.language === 'zh';
  const say = (zh: string, en: string): string => (isZh ? zh : en);

  describe('a company', { concurrent: false }, () => {
    let mingce: Mingce;
    beforeEach(async () => {
      mingce = await serveConsole({ demo: true }, look.language);
    });
    afterEach(async () => {
      await mingce.close();
    });

    test('an app that cannot be reached is checked again, and an event is sent again', async () => {
      const receiver = await Receiver.open();
      receiver.passes = false;
      await using visitor = await visit(browser, look);
      const { page, complaints } = visitor;
      await page.goto(`${mingce.url}/console/c/demo/events`);
      await page.getByRole('button', { name: /演示公司|demo company/ }).click();
      await page.getByText(isZh ? '接收中' : 'receives events').waitFor();
      await page.getByText(isZh ? '还没有事件' : 'No events yet').waitFor();
      const resendAll = page.getByRole('button', { name: isZh ? '重发全部已放弃的' : 'Send again all given up' });
      expect(await resendAll.isDisabled()).toBe(true);
      expect(await accessibilityFaults(page)).toEqual([]);
      await changeFile(mingce, ({ wecom }) => {
        const [, contacts] = wecom.apps;
        if (contacts !== undefined)
          contacts.receive = { url: receiver.url, token: TOKEN, encodingaeskey: KEY, saved_at: OLD_STYLE };
      });
      await page.reload();
      await page.getByText(isZh ? '地址未验证，不发送' : 'address not verified, nothing is sent').waitFor();
      receiver.passes = true;
      await page
        .getByRole('button', { name: isZh ? /^验证地址 .*1000002/ : /^Check the address of .*1000002/ })
        .click();
      await page
        .getByRole('status')
        .getByText(isZh ? '地址已通过验证' : 'the address passed the check')
        .waitFor();
      await changeFile(mingce, ({ employees }) => {
        const [first] = employees;
        if (first !== undefined) first.name = `改名 ${look.language}`;
      });
      await receiver.until(1, 10_000);
      const row = page.getByRole('row').filter({ hasText: 'update_user' }).first();
      await row.getByText(isZh ? '已接收' : 'taken').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await row.getByRole('button').click();
      await receiver.until(2, 10_000);
      await page.getByText(isZh ? '已排队重发 1 个事件' : '1 event is queued again').waitFor();
      await row.getByText(isZh ? '2 次 · 200' : '2 · 200', { exact: true }).waitFor();
      await page.getByLabel(isZh ? '事件类型，按回车' : 'Event type, then Enter').fill('create_user');
      await page.keyboard.press('Enter');
      await page.getByText(isZh ? '没有符合条件的事件' : 'No event matches').waitFor();
      expect(new URL(page.url()).search).toBe('?type=create_user');
      // The filter hides events, and does not choose which are sent again.
      expect(await resendAll.isEnabled()).toBe(true);
      await page.reload();
      await page.getByRole('button', { name: isZh ? '清除条件' : 'Clear the filters' }).click();
      await row.waitFor();
      expect(complaints).toEqual([]);
      await receiver.close();
    });

    test('an app is switched off and on, and gets a secret that is shown once and works', async () => {
      await using visitor = await visit(browser, look);
      const { page, complaints } = visitor;
      await page.goto(`${mingce.url}/console/c/demo/apps`);
      await page.getByRole('button', { name: /演示公司|demo company/ }).click();
      const app = page.getByRole('article', { name: 'cli_mingce_demo' });
      const tokenCode = async (secret: string): Promise<unknown> => {
        const answer = await fetch(`${mingce.url}/open-apis/auth/v3/tenant_access_token/internal`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ app_id: 'cli_mingce_demo', app_secret: secret }),
        });
        return ((await answer.json()) as { readonly code: unknown }).code;
      };
      expect(await tokenCode('mingce-demo-secret')).toBe(0);
      await app.getByRole('switch').click();
      await app.getByText(isZh ? '– 停用' : '– off').waitFor();
      expect(await tokenCode('mingce-demo-secret')).not.toBe(0);
      // While the change before is on its way it takes no key.
      await expect.poll(() => app.getByRole('switch').isEnabled()).toBe(true);
      await app.getByRole('switch').press('Space');
      await app.getByText(isZh ? '✓ 启用' : '✓ on').waitFor();
      const rotate = app.getByRole('button', { name: isZh ? '换密钥' : 'New secret' });
      await rotate.click();
      await rotate.click();
      const secret = (await app.locator('.apps-secret-text').textContent()) ?? '';
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await tokenCode('mingce-demo-secret')).not.toBe(0);
      expect(await tokenCode(secret)).toBe(0);
      await app.getByRole('button', { name: isZh ? '已保存，不再显示' : 'I have it, hide it' }).click();
      await app.locator('.apps-secret-text').waitFor({ state: 'detached' });
      await page.reload();
      await app.waitFor();
      expect(await page.content()).not.toContain(secret);
      expect(complaints).toEqual([]);
    });

    test('an entry of a list and a field are added, renamed, switched off and removed, and who has one is seen', async () => {
      await using visitor = await visit(browser, look);
      const { page, complaints } = visitor;
      await page.goto(`${mingce.url}/console/c/demo/catalogues`);
      await page.getByRole('button', { name: /演示公司|demo company/ }).click();
      const add = page.getByRole('form', { name: say('添加到「职务」', 'Add to Job titles') });
      await add.getByLabel(say('名称', 'Name'), { exact: true }).fill('培训师');
      await add.getByLabel(say('编码', 'Code')).fill('TR');
      await page.keyboard.press('Enter');
      const row = page.getByRole('row').filter({ hasText: '培训师' });
      await row.getByRole('button', { name: say('改名 培训师', 'Rename 培训师') }).click();
      await page.getByRole('row').getByLabel(say('英文名称', 'English name')).fill('Trainer');
      await page.keyboard.press('Enter');
      await row.getByText('Trainer').waitFor();
      await row.getByRole('switch').click();
      await row.getByText(say('停用', 'off'), { exact: true }).waitFor();
      await row.getByRole('button', { name: say('谁在用 培训师', 'Used by: 培训师') }).click();
      await row.getByText(say('没有员工使用', 'No employee has it')).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      const remove = row.getByRole('button', { name: say('删除', 'Remove'), exact: true });
      await remove.click();
      await remove.click();
      await row.waitFor({ state: 'detached' });
      expect(complaints).toEqual([]);
      // What employees have stays, and the server says why.
      const used = page.getByRole('row').filter({ hasText: '软件工程师' });
      const removeUsed = used.getByRole('button', { name: say('删除', 'Remove'), exact: true });
      await removeUsed.click();
      await removeUsed.click();
      await page.getByRole('alert').getByText('It is in use').waitFor();
      await page.getByRole('link', { name: say('自定义字段', 'Custom fields') }).click();
      // The page before has a name, too; only this one has the key.
      await page.getByLabel(say('飞书字段 key，如 C-1000004', 'Feishu field key, e.g. C-1000004')).fill('C-1000009');
      await page.getByLabel(say('名称', 'Name'), { exact: true }).fill('工牌');
      await page.keyboard.press('Enter');
      const field = page.getByRole('row').filter({ hasText: '工牌' });
      await field.getByText('C-1000009').waitFor();
      expect(new URL(page.url()).search).toBe('?list=fields');
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(complaints.filter((one) => !one.includes('409'))).toEqual([]);
    });

    test('a live tenant is probed, switched on and paused, a difference is taken over, and a link decided', async () => {
      const file = parse(demoFile('demo')) as DemoFile;
      const first = file.employees.find(({ id }) => id === 'zhouhao');
      if (first !== undefined) first.name = '周浩在平台上改名';
      await using live = await startMingce({ companies: [stringify(file)], adminKey: 'sesame', log: silentLog });
      await connect({ mingce, adminKey: DEMO_ADMIN_KEY }, demoFile('demo'), live.url);
      await using visitor = await visit(browser, look, mingce);
      const { page, complaints } = visitor;
      await page.goto(`${mingce.url}/console/c/demo/targets`);
      const card = page.getByRole('article', { name: say('飞书', 'Feishu') });
      await card.getByRole('button', { name: say('探测', 'Probe') }).click();
      await card.getByText(say('已探测，不写入', 'probed, nothing is written')).waitFor();
      await card.getByText(say('探测结果', 'What the probe found')).click();
      await card.getByText(say('通过', 'passed')).first().waitFor();
      const press = async (name: string): Promise<void> => {
        const button = card.getByRole('button', { name, exact: true });
        await button.click();
        await button.click();
      };
      await press(say('启用', 'Switch on'));
      await card.getByText(say('✓ 已启用', '✓ on')).waitFor();
      await press(say('暂停', 'Pause'));
      await card.getByText(say('由管理员暂停。', 'An operator paused it.')).waitFor();
      await press(say('继续', 'Resume'));
      await card.getByText(say('✓ 已启用', '✓ on')).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await card.getByRole('link', { name: say('查看差异', 'See differences') }).click();
      await page.getByRole('button', { name: say('现在读取', 'Read now') }).click();
      const row = page.getByRole('row').filter({ hasText: '周浩在平台上改名' });
      await row.waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await row.getByRole('button', { name: say('采用平台的 姓名', 'Take theirs: name') }).click();
      await page
        .getByRole('status')
        .getByText(say('已采用 1 人的 1 个字段', '1 field of 1 person was taken over'))
        .waitFor();
      expect(await mingce.companies.export('demo')).toContain('周浩在平台上改名');
      await makeLinks({ mingce, adminKey: DEMO_ADMIN_KEY });
      await page.getByRole('link', { name: say('对应关系', 'Links') }).click();
      const undecided = page.getByRole('row').filter({ hasText: say('待决定', 'to decide') });
      const id = say('周浩在平台上改名 在平台上的编号', 'Id there of 周浩在平台上改名');
      await undecided.getByLabel(id).fill('zhouhao');
      await page.keyboard.press('Enter');
      const decided = page.getByRole('row').filter({ hasText: '周浩在平台上改名' });
      await decided.getByText(say('✓ 已对应', '✓ linked')).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });

    test('a plan for a live tenant is made, looked at and applied, its delivery and the employee there are seen', async () => {
      await using live = await startMingce({ companies: [demoFile('demo')], adminKey: 'sesame', log: silentLog });
      const owned = { mingce, adminKey: DEMO_ADMIN_KEY };
      const renamed = demoFile('demo').replace('alias: 小张', 'alias: 大张');
      await connect(owned, renamed, live.url, '    authority: { alias: ours }\n');
      await enable(owned);
      await using visitor = await visit(browser, look, mingce);
      const { page, complaints } = visitor;
      await page.goto(`${mingce.url}/console/c/demo/targets/feishu/plans`);
      await page.getByLabel(say('只为这些员工', 'Only for these employees')).fill('zhangsan');
      await page.locator('.ant-select-item-option', { hasText: '张三' }).click();
      await page.getByRole('button', { name: say('生成计划', 'Make a plan') }).click();
      await page.getByText(say('○ 可以应用', '○ ready')).waitFor();
      await page.getByRole('listitem').getByText('大张').first().waitFor();
      await page.getByText(say('还没有发送', 'not sent yet')).first().waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      const apply = page.getByRole('button', { name: say('应用计划', 'Apply the plan'), exact: true });
      await apply.click();
      await page.getByText(say('向真实租户发送', 'to the live tenant')).waitFor();
      await apply.click();
      await page.getByText(say('✓ 已应用', '✓ applied')).waitFor();
      expect(await live.companies.export('demo')).toContain('大张');
      await page.goto(`${mingce.url}/console/c/demo/deliveries`);
      const row = page.getByRole('row').filter({ hasText: '张三' }).first();
      await row.getByText('大张').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await row.getByRole('link', { name: '张三' }).click();
      const card = page.getByRole('article', { name: say('飞书', 'Feishu') });
      await card.getByText(say('已对应', 'linked'), { exact: true }).waitFor();
      await card.getByRole('button', { name: say('试算这个人', 'Rehearse this person') }).click();
      await card.getByText(say('✓ 匹配', '✓ Match')).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });
  });
});
