import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import type { Mingce } from '../../src/index.ts';
import { accessibilityFaults, addChineseFace, sharedBrowser, visit } from '../support/browser.ts';
import { serveConsole } from '../support/serve-console.ts';
import { LOOKS } from './every-page.ts';

let mingce: Mingce;
let browser: Browser;
beforeAll(async () => {
  mingce = await serveConsole({ demo: true });
  browser = await sharedBrowser();
});
afterAll(async () => {
  await mingce.close();
});

test.each(LOOKS)(
  'calls are chosen together, exported, examined and sent again, and the dock follows them on every page, in $language',
  async (look) => {
    await using visitor = await visit(browser, look, mingce);
    const { page, complaints } = visitor;
    const isZh = look.language === 'zh';
    const say = (zh: string, en: string): string => (isZh ? zh : en);
    const picture = async (name: string): Promise<void> => {
      const pictures = process.env['MINGCE_PICTURES'];
      if (pictures === undefined) return;
      await addChineseFace(page);
      await page.screenshot({ path: `${pictures}/calls-${name}-${look.language}.png` });
    };
    const demo = `${mingce.url}/console/c/demo`;
    await page.goto(demo);
    const call = async (name: string): Promise<void> => {
      await fetch(`${mingce.url}/mingce/v1/companies/demo/calls`, {
        method: 'POST',
        headers: { authorization: `Bearer ${mingce.adminKey ?? ''}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          platform: 'feishu',
          app: 'cli_mingce_demo',
          operation: 'employee.patch',
          params: { employee_id: 'zhangsan' },
          query: { employee_id_type: 'employee_id' },
          body: { employee: { name: { another_name: name } } },
        }),
      });
    };
    for (let sent = 0; sent < 3; sent++) await call(`${look.language}${String(sent)}`);

    // The line at the foot names the last call; the key opens the list, whose rows are stepped through.
    const dock = page.getByRole('complementary', { name: say('最近调用', 'Latest calls') });
    await dock.getByText('employee.patch').waitFor();
    await page.keyboard.press('`');
    const links = dock.getByRole('link');
    await links.nth(2).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await links.nth(1).and(page.locator(':focus')).waitFor();
    await picture('dock');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/calls\/[0-9a-f-]{36}$/);
    // On the page of a person it has only calls about that person.
    await page.goto(`${demo}/people/zhouhao`);
    await dock.getByText(say('还没有关于这名员工的调用', 'No calls about this employee yet')).first().waitFor();
    await page.keyboard.press('`');
    expect(await links.count()).toBe(0);

    await page.goto(`${demo}/calls`);
    const boxes = page.getByRole('checkbox', { name: say('选择 employee.patch', 'Choose employee.patch') });
    await boxes.first().check();
    await page.getByText(say('已选 1 次调用', '1 call chosen')).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByText(say('已选 2 次调用', '2 calls chosen')).waitFor();
    await picture('chosen');
    expect(await accessibilityFaults(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: say('导出 HAR', 'Export HAR') }).click(),
    ]);
    const har = JSON.parse(readFileSync(await download.path(), 'utf8')) as { log: { entries: unknown[] } };
    expect(har.log.entries).toHaveLength(2);
    await page.getByRole('button', { name: say('重放', 'Send again') }).click();
    await page.getByRole('button', { name: say('重放', 'Send again') }).click();
    await page.getByText(say('已重放 2 次，其中', '2 sent again; ')).waitFor();

    // A row is stepped to: what comes waits for a key, and none moves.
    const came = page.getByRole('button', { name: '▲' });
    const stepped = page.getByRole('row', { selected: true });
    const shown = await stepped.textContent();
    await came.filter({ hasText: say('▲ 2 个新调用 (t)', '▲ 2 new calls (t)') }).waitFor();
    expect(await stepped.textContent()).toBe(shown);
    await picture('came');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('t');
    await came.waitFor({ state: 'detached' });
    await stepped.waitFor({ state: 'detached' });

    // A call that comes while the pointer moves over the list does not move the row under it.
    const rows = page.getByRole('row');
    await rows.nth(2).hover();
    const under = await rows.nth(2).textContent();
    await call('pointed');
    for (let moves = 0; (await came.count()) === 0; moves++)
      await rows.nth(2).hover({ position: { x: 200 + (moves % 2), y: 10 } });
    expect(await rows.nth(2).textContent()).toBe(under);
    await boxes.nth(3).check();
    await page
      .getByRole('link', { name: say('诊断', 'Doctor') })
      .last()
      .click();
    await page.getByText(say('只检查选中的 1 次调用。', 'Only the 1 chosen call.')).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);
