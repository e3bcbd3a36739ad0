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
  'people are chosen, planned with each verdict, changed and changed back; leaving is braked, in $language',
  async (look) => {
    await using visitor = await visit(browser, look, mingce);
    const { page, complaints } = visitor;
    const isZh = look.language === 'zh';
    const say = (zh: string, en: string): string => (isZh ? zh : en);
    const picture = async (name: string): Promise<void> => {
      const pictures = process.env['MINGCE_PICTURES'];
      if (pictures === undefined) return;
      await addChineseFace(page);
      await page.screenshot({ path: `${pictures}/bulk-${name}-${look.language}.png` });
    };
    await page.goto(`${mingce.url}/console/c/demo/people?q=zhang`);
    await page.getByRole('checkbox', { name: say('选择 张三', 'Choose 张三'), exact: true }).check();
    await page.getByText(say('已选 1 人', '1 person chosen')).waitFor();
    await page.getByRole('button', { name: say('更改部门', 'Change department') }).click();
    const plan = page.getByRole('button', { name: say('查看计划', 'Show the plan') });
    expect(await plan.isDisabled()).toBe(true);
    await page.getByRole('combobox', { name: say('部门的新值', 'New value of Departments') }).fill('前端组');
    await page.locator('.ant-select-item-option', { hasText: '前端组' }).click();
    await page.getByRole('button', { name: say('再加一个字段', 'Add a field') }).click();
    expect(await plan.isDisabled()).toBe(true);
    await page
      .getByRole('button', { name: say('不更改', 'Leave ') })
      .last()
      .click();
    await picture('form');
    expect(await accessibilityFaults(page)).toEqual([]);
    await plan.click();
    await page.getByRole('heading', { name: say('批量更改：部门', 'Change many: Departments') }).waitFor();
    await page.getByRole('rowheader', { name: '张三' }).waitFor();
    await page.getByText(/后端组 → .*前端组/).waitFor();
    await picture('plan');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: say('更改 1 人', 'Change 1 person') }).click();
    await page.getByRole('button', { name: say('撤销全部更改', 'Take all of it back') }).click();
    await page.getByText(say('已撤销。', 'Taken back.')).waitFor();

    // Everyone that the filter finds, on all pages.
    await page.goto(`${mingce.url}/console/c/demo/people?status=regular&size=20`);
    await page.getByRole('checkbox', { name: say('选择本页全部员工', 'Choose all people of the page') }).check();
    await page.getByText(say('已选 20 人', '20 people chosen')).waitFor();
    await page.getByRole('button', { name: say('选择符合条件的全部', 'Choose all ') }).click();
    await page.getByRole('button', { name: say('更改状态', 'Change status') }).click();
    await page.getByRole('combobox', { name: say('状态的新值', 'New value of Status') }).click();
    await page.getByTitle(say('已离职', 'resigned'), { exact: true }).click();
    await plan.click();
    const apply = page.getByRole('button', { name: isZh ? /^更改 \d+ 人$/ : /^Change \d+ people$/ });
    const brake = page.getByLabel(say('将离职', 'would leave'));
    await brake.waitFor();
    // A table has Chinese words; a page has those of its language.
    await page
      .getByText(isZh ? '状态 正式 → 已离职' : 'Status regular → resigned')
      .first()
      .waitFor();
    expect(await apply.isDisabled()).toBe(true);
    await picture('brake');
    expect(await accessibilityFaults(page)).toEqual([]);
    await brake.fill('1');
    await page.keyboard.press('Enter');
    expect(await apply.isDisabled()).toBe(true);
    expect(complaints).toEqual([]);
  },
);
